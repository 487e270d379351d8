"""What is ordered when answers are exported: which table, in which words. Light to import."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table. ``labels`` is a language, or None for names; ``identified``: say who."""

    format: ExportFormat
    separator: str = "-"
    labels: str | None = None
    identified: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the sheets of one edition say, in its language."""

    summary: str
    answers: str
    day: str
    opens: str
    closes: str
    not_over: str
    took_part: str
    number: str
    share: str
    began: str
    sent: str
    began_shared: str
    sent_shared: str
    by_language: str
    languages: Mapping[str, str]
    who: str
    no_sample: str
    questions: str
    asked: str
    answered: str
    base: str
    few: str
    mean: str
    median: str
    least: str
    most: str
    earliest: str
    latest: str
    left_out: str
    names_nobody: str
    pseudonyms: str
    names_people: str
    other_people: str
    right_to_left: bool

    def document(self) -> dict[str, Any]:
        """As JSON carries it to another process; ``Words(**document)`` reads it."""
        return asdict(self)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        return cls(**document)
