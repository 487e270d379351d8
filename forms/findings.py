"""What is wrong with a workbook, in sentences that a clerk can act on.

A finding has a stable `code` and named `details`; message and advice are English sources, made
from `MESSAGES` and `ADVICE`, so that a translation needs the code and the details only.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from forms.messages import ADVICE, MESSAGES, WARNINGS

MOST_FINDINGS = 300


class Severity(StrEnum):
    """An error keeps a form from being published; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing to repair; `row` as Excel shows it (the header is 1), `column` as its header."""

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def message(self) -> str:
        """What is wrong."""
        return MESSAGES[self.code].format_map(_Named(self.details))

    @property
    def advice_key(self) -> str:
        """The key of `ADVICE` that fits; a translation of the advice is found by it."""
        if self.details.get("near"):
            return "did_you_mean"
        if "instead" in self.details:
            return f"instead_{self.details['instead']}"
        return self.code

    @property
    def advice(self) -> str:
        """What the author can do; `""` where the message says it all."""
        return ADVICE.get(self.advice_key, "").format_map(_Named(self.details))

    @property
    def place(self) -> str:
        """`survey, row 14, relevant`, as far as it is known."""
        row = f"row {self.row}" if self.row else None
        return ", ".join(part for part in (self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        said = f"{self.message}; {self.advice}" if self.advice else self.message
        return f"{self.place}: {said}" if self.place else said

    def to_json(self) -> dict[str, Any]:
        """All of it, sentences included."""
        return {
            "severity": self.severity.value,
            **asdict(self),
            "message": self.message,
            "advice": self.advice,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Finding":
        """What `to_json` wrote; the sentences are made anew."""
        named = ("code", "sheet", "row", "column", "details")
        return cls(**{name: document[name] for name in named})


class WorkbookRefused(Exception):
    """A workbook that cannot become a form; `findings` hold at least one error."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(sorted({finding.code for finding in findings})))
        self.findings = findings


class Findings:
    """Findings as they gather, in the order of the sheets and rows when asked for."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Finding] = {}
        self._settled: set[tuple[str | None, int | None, str | None]] = set()

    def add(
        self, code: str, sheet: str | None, row: int | None, column: str | None, **details: str
    ) -> None:
        """Remember a finding, once; of a settled cell nothing more is said."""
        if not self._settled.isdisjoint({(sheet, row, column), (sheet, None, column)}):
            return
        key = (code, sheet, row, column, *details.values())
        self._found.setdefault(key, Finding(code, sheet, row, column, details))

    def settle(self, sheet: str, row: int | None, column: str) -> None:
        """All has been said of a cell; row None: of a whole column."""
        self._settled.add((sheet, row, column))

    def speaks_of(self, sheet: str | None, row: int | None) -> bool:
        """Whether something has been said about this row."""
        return any((each.sheet, each.row) == (sheet, row) for each in self._found.values())

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self._found.values())

    def sorted(self) -> tuple[Finding, ...]:
        """By sheet and row; of very many, errors first and the rest as a number."""
        order = {"settings": 1, "survey": 2, "choices": 3}
        found = sorted(
            self._found.values(),
            key=lambda each: (order.get(each.sheet or "", 0), each.row or 0),
        )
        if len(found) > MOST_FINDINGS:
            errors = [each for each in found if each.severity is Severity.ERROR]
            warnings = [each for each in found if each.severity is Severity.WARNING]
            rest = str(len(found) - MOST_FINDINGS)
            found = [*errors, *warnings][:MOST_FINDINGS]
            found.append(Finding("more_findings", details={"count": rest}))
        return tuple(found)


def refused(code: str, sheet: str | None = None, **details: str) -> WorkbookRefused:
    """The refusal for a single finding about the file or a sheet as a whole."""
    return WorkbookRefused((Finding(code, sheet, details=details),))


class _Named(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
