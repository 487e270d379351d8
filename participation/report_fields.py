"""The texts of a report, one in each language: which it is, how long, which is asked for next."""

from dataclasses import dataclass

from participation.people import LANGUAGES
from participation.reports import (
    LONGEST_HEARD,
    LONGEST_NOTE,
    LONGEST_REASON,
    Report,
    Theme,
)

NOTE = 90
"""Stands where the number of a theme stands, for the note on a correction."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a report in one language: the words or the reason of a theme, or the note."""

    theme: int
    is_reason: bool
    language: str

    @property
    def number(self) -> int:
        """All of it in one number, for a button or a place."""
        return self.theme * 4 + self.is_reason * 2 + LANGUAGES.index(self.language)

    @classmethod
    def numbered(cls, number: int) -> "Field":
        theme, rest = divmod(number, 4)
        return cls(theme, rest >= 2, LANGUAGES[rest % 2])

    @property
    def is_note(self) -> bool:
        return self.theme == NOTE

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        if self.is_note:
            return LONGEST_NOTE
        return LONGEST_REASON if self.is_reason else LONGEST_HEARD


def next_field(report: Report, place: int, first: str) -> Field | None:
    """The text of a theme that nobody has been asked for yet; the language ``first`` first."""
    theme = report.themes[place] if place < len(report.themes) else Theme()
    order = sorted(LANGUAGES, key=lambda language: language != first)
    for is_reason, texts in ((False, theme.heard), (True, theme.reason)):
        for language in order:
            if language not in texts:
                return Field(place, is_reason, language)
    return None


def next_note(report: Report, first: str) -> Field | None:
    """The language in which the note has not been asked for yet."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    missing = next((one for one in order if one not in report.note), None)
    return None if missing is None else Field(NOTE, is_reason=False, language=missing)
