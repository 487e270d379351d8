"""The window of a consultation, and the order of lists."""

from datetime import UTC, date, datetime, timedelta

import pytest

from participation.clock import start_of
from participation.consultations import (
    GRACE,
    ConsultationClosed,
    ConsultationNotOpenYet,
    Phase,
    ensure_answerable,
    ensure_open,
    phase_of,
)
from storage.consultations import Consultation, ConsultationState

OPENS, CLOSES = start_of(date(2024, 4, 3)), start_of(date(2024, 4, 16))
MOMENT = timedelta(seconds=1)


def charter(state: ConsultationState = ConsultationState.PUBLISHED) -> Consultation:
    """The consultation of April 2024, whose window holds a change of the clocks."""
    return Consultation(
        title={"fr": "Charte"},
        state=state,
        opens_on=date(2024, 4, 3),
        closes_on=date(2024, 4, 15),
        opens_at=OPENS,
        closes_at=CLOSES,
    )


def test_the_window_follows_the_communes_clocks() -> None:
    assert datetime(2024, 4, 3, tzinfo=UTC) == OPENS
    assert datetime(2024, 4, 15, 23, tzinfo=UTC) == CLOSES


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - MOMENT, Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (CLOSES - MOMENT, Phase.OPEN),
        (CLOSES, Phase.FINISHING),
        (CLOSES + GRACE - MOMENT, Phase.FINISHING),
        (CLOSES + GRACE, Phase.CLOSED),
    ],
)
def test_each_moment_has_its_phase(now: datetime, phase: Phase) -> None:
    assert phase_of(charter(), now) is phase


@pytest.mark.parametrize("state", [ConsultationState.SEALING, ConsultationState.SEALED])
def test_what_is_being_sealed_is_closed_whenever(state: ConsultationState) -> None:
    assert phase_of(charter(state), OPENS) is Phase.CLOSED


def test_beginning_is_refused_outside_the_window() -> None:
    ensure_open(charter(), OPENS)

    with pytest.raises(ConsultationNotOpenYet):
        ensure_open(charter(), OPENS - MOMENT)
    with pytest.raises(ConsultationClosed):
        ensure_open(charter(), CLOSES)


def test_finishing_is_allowed_for_a_day() -> None:
    ensure_answerable(charter(), CLOSES + GRACE - MOMENT)

    with pytest.raises(ConsultationClosed):
        ensure_answerable(charter(), CLOSES + GRACE)
    with pytest.raises(ConsultationNotOpenYet):
        ensure_answerable(charter(), OPENS - MOMENT)
