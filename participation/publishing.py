"""What opening, extending and closing a consultation have in common.

Each is shown, then confirmed. A confirmation carries the stamp of what was shown: where something
else would be shown now, the same screen comes back instead, marked ``again``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.announcing import announce
from participation.consultations import GRACE
from participation.errors import ParticipationError
from participation.managing import Managed, managed
from participation.roles import Act
from participation.staff import Staff
from storage.announcements import AnnouncementKind
from storage.audiences import Audience
from storage.base import Texts
from storage.consultations import Consultation, ConsultationState

Requests = Mapping[str, dict[str, Any]]
"""By language, what is sent to many: the parameters of a ``sendMessage`` without the chat."""
Say = Callable[["Notice"], Requests]
"""Puts a notice into words, in each language."""


class NotOpenYet(ParticipationError):
    """It is a draft: there is nothing to share, extend or close."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to many of a consultation."""

    managed: Managed
    stake: Texts
    finish_by: datetime
    """Until when what was begun can be finished."""


class Publishing:
    """What staff do with the window of a consultation, inside the caller's unit of work."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._now = staff.known.now

    async def _published(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._staff.consultation(Act.PUBLISH, consultation_id, change=change)
        if row.state is ConsultationState.DRAFT:
            raise NotOpenYet
        return row

    def _managed(self, row: Consultation) -> Managed:
        return managed(row, self._now)

    async def _announce(
        self, row: Consultation, kind: AnnouncementKind, audience: Audience, say: Say
    ) -> int:
        """Have it told; to how many."""
        announced = await announce(
            self._staff.session,
            kind,
            say(Notice(self._managed(row), row.stake, row.closes_at + GRACE)),
            audience,
            consultation_id=row.id,
            created_by=self._staff.person_id,
            now=self._now,
        )
        return announced.count

    def _note(self, row: Consultation, act: str, **details: object) -> None:
        self._staff.note(act, f"consultation:{row.id}", **details)


def window_facts(row: Consultation) -> tuple[object, ...]:
    """What of its window is shown, and could have changed since."""
    return row.id, row.closes_at, row.extended_from


def set_window(row: Consultation, values: Mapping[str, Any]) -> None:
    """Write the columns that ``instants`` gives."""
    for name, value in values.items():
        setattr(row, name, value)
