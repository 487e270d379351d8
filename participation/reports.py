"""A report back: themes with their verdicts, a file in a language, what is said in which."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from participation.people import LANGUAGES
from storage.base import ConsultationId, Texts
from storage.reports import FileKind, Verdict

MOST_THEMES = 12
LONGEST_HEARD = 500
LONGEST_REASON = 800
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Theme:
    """What was heard, and the answer; a language that is absent has not been asked for yet."""

    heard: Texts = field(default_factory=dict)
    verdict: Verdict | None = None
    reason: Texts = field(default_factory=dict)

    @property
    def lacks_reason(self) -> bool:
        """Whether the verdict needs a reason that is not there in any language."""
        needed = self.verdict in {Verdict.PARTLY, Verdict.REFUSED}
        return needed and not any(self.reason.values())

    @property
    def is_whole(self) -> bool:
        """Whether it can be published."""
        return any(self.heard.values()) and self.verdict is not None and not self.lacks_reason

    def lacks(self, language: str) -> bool:
        """Whether something of it is said in another language only."""
        return any(
            any(texts.values()) and not texts.get(language) for texts in (self.heard, self.reason)
        )


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file or a voice message, by the channel's own name for it."""

    kind: FileKind
    file_id: str
    bot_id: int
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is being written, previewed or read."""

    consultation_id: ConsultationId
    title: Texts
    themes: tuple[Theme, ...] = ()
    files: Mapping[str, Enclosed] = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    version: int = 0
    """The published version that it is, or that it would replace; 0: none."""
    published_on: date | None = None
    corrected_on: date | None = None
    contributions: int = 0
    """How many were handed in."""

    def with_theme(self, place: int, theme: Theme) -> "Report":
        """With one theme changed, or added at the end."""
        themes = list(self.themes)
        themes[place : place + 1] = [theme]
        return replace(self, themes=tuple(themes))

    def file_for(self, language: str) -> Enclosed | None:
        """The file in this language, else in another."""
        return self.files.get(language) or next(iter(self.files.values()), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which something is not said."""
        return tuple(
            language
            for language in LANGUAGES
            if any(theme.lacks(language) for theme in self.themes)
            or (self.files and not self.themes and language not in self.files)
        )

    def to_document(self) -> dict[str, Any]:
        """The form in which a sketch keeps it."""
        return {
            "version": self.version,
            "note": dict(self.note),
            "themes": [
                {
                    "heard": dict(one.heard),
                    "verdict": one.verdict,
                    "reason": dict(one.reason),
                }
                for one in self.themes
            ],
            "files": {
                language: [one.kind, one.file_id, one.bot_id, one.name, one.media_type]
                for language, one in self.files.items()
            },
        }

    @classmethod
    def from_document(
        cls, consultation_id: ConsultationId, title: Texts, document: Mapping[str, Any]
    ) -> "Report":
        """What a sketch has kept."""
        return cls(
            consultation_id,
            title,
            tuple(
                Theme(one["heard"], one["verdict"] and Verdict(one["verdict"]), one["reason"])
                for one in document["themes"]
            ),
            {
                language: Enclosed(FileKind(kind), *rest)
                for language, (kind, *rest) in document["files"].items()
            },
            document["note"],
            document["version"],
        )
