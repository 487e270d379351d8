"""The menu of one person: what is open, else what there is to see meanwhile."""

from handlers.views.start import menu
from handlers.views.view import View
from participation.consultations import Consultations
from participation.known import Known
from participation.quiet import quiet_time
from storage.people import Person


def menu_of(person: Person, known: Known, *, first: str = "") -> View:
    """``first`` is said instead of a welcome."""
    return menu(
        known.commune,
        Consultations(known, person).open(),
        first=first,
        role=known.roles.get(person.id),
        quiet=quiet_time(known, person),
    )
