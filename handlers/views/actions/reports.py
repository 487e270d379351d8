"""The report as staff write and publish it."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


@dataclass(frozen=True)
class WriteReport(StaffAction):
    """The report as it is being written."""

    act = Act.REPORT
    consultation: int


@dataclass(frozen=True)
class OpenTheme(StaffAction):
    """``theme`` is its place, from 0."""

    act = Act.REPORT
    consultation: int
    theme: int


@dataclass(frozen=True)
class AskReportText(StaffAction):
    """``field`` numbers theme, text and language in one (``report_fields.Field``)."""

    act = Act.REPORT
    consultation: int
    field: int


@dataclass(frozen=True)
class SkipReportText(StaffAction):
    act = Act.REPORT
    consultation: int
    field: int


@dataclass(frozen=True)
class DecideTheme(StaffAction):
    act = Act.REPORT
    consultation: int
    theme: int
    verdict: str


@dataclass(frozen=True)
class RemoveTheme(StaffAction):
    """``count`` themes there were, so that a double tap has one effect."""

    act = Act.REPORT
    consultation: int
    theme: int
    count: int


@dataclass(frozen=True)
class AskReportFile(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str


@dataclass(frozen=True)
class RemoveReportFile(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str


@dataclass(frozen=True)
class PreviewReport(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str
    page: int


@dataclass(frozen=True)
class ConfirmReport(StaffAction):
    act = Act.REPORT
    consultation: int


@dataclass(frozen=True)
class PublishReport(StaffAction):
    """``telling``: whether those who wished it are told."""

    act = Act.REPORT
    consultation: int
    telling: bool


@dataclass(frozen=True)
class GiveUpReport(StaffAction):
    """Forget what was not published; ``sure``: asked already."""

    act = Act.REPORT
    consultation: int
    sure: bool
