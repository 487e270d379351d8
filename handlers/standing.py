"""Where a member of staff stands while writing: what is typed next belongs there."""

from aiogram.fsm.state import State

from participation.places import NOWHERE, Place
from participation.staff import Staff


def stand(staff: Staff, step: State, number: int) -> None:
    """What is typed or sent from now on is for this step, about this number."""
    staff.known.move(staff.person, Place(step.state, detail=number))


def leave(staff: Staff) -> None:
    """What is typed from now on answers nothing."""
    staff.known.move(staff.person, NOWHERE)
