"""Arriving: the languages, the menu, the help, being left in peace."""

from handlers.views.start import help_page, language_choice, menu, stopped
from handlers.views.view import View
from storage.people import Role
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import HOUSES, Visit


def _menu(visit: Visit) -> View:
    return menu(visit.commune, visit.consultations.open())


SCENES = (
    Scene(
        "language-choice",
        language_choice,
        "A person whose app speaks another language is asked for ours",
        lambda visit: language_choice(),
        app="en",
        bilingual=True,
    ),
    Scene("menu", menu, "The menu with one open consultation", _menu, dark=True),
    Scene("menu-many", menu, "Several are open", _menu, Place.BUSY),
    Scene(
        "menu-nothing-open",
        menu,
        "Nothing is open",
        lambda visit: _menu(visit.passes(days=40)),
    ),
    Scene("menu-empty", menu, "Before anything is loaded", _menu, Place.EMPTY),
    Scene(
        "menu-staff",
        menu,
        "The menu of somebody who works here",
        lambda visit: menu(visit.commune, visit.consultations.open(), role=Role.OFFICER),
    ),
    Scene("menu-begun", menu, "One is begun", lambda visit: _menu(visit.begins())),
    Scene(
        "menu-begun-two",
        menu,
        "Two are begun",
        lambda visit: _menu(visit.begins(HOUSES).begins(GARDENS)),
        Place.BUSY,
    ),
    Scene("help", help_page, "The help", lambda visit: help_page(visit.commune), said="/help"),
    Scene(
        "help-empty",
        help_page,
        "The help before a profile is loaded",
        lambda visit: help_page(visit.commune),
        Place.EMPTY,
        said="/help",
    ),
    Scene(
        "stopped",
        stopped,
        "Somebody wants to be left in peace",
        lambda visit: stopped(visit.consultations.begun()),
        said="/stop",
    ),
    Scene(
        "stopped-begun",
        stopped,
        "The same, with answers begun",
        lambda visit: stopped(visit.begins().consultations.begun()),
        said="/stop",
    ),
)
