"""Tables of answers for staff."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


@dataclass(frozen=True)
class ListExports(StaffAction):
    """The consultations whose answers can be exported."""

    act = Act.EXPORT
    page: int


@dataclass(frozen=True)
class OfferExport(StaffAction):
    """``identified``: with who answered, where the mode and the role allow it."""

    act = Act.EXPORT
    consultation: int
    identified: bool


@dataclass(frozen=True)
class MakeExport(StaffAction):
    """``format`` is csv or xlsx, ``edition`` the language of the labels."""

    act = Act.EXPORT
    consultation: int
    format: str
    edition: str
    identified: bool
