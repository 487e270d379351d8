"""What compiling gives, and how it crosses from the child process to the bot; light to import."""

import json
from dataclasses import dataclass
from typing import Any

from forms.findings import Finding, WorkbookRefused
from forms.form import Form


@dataclass(frozen=True)
class Compiled:
    """A form that may be published, and what its author should still look at."""

    form: Form
    warnings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """The document that `python -m forms` writes."""
        return {
            "form": self.form.to_json(),
            "findings": [finding.to_json() for finding in self.warnings],
        }


def read_compiled(document: bytes | str) -> Compiled:
    """What the child process wrote: the form, or WorkbookRefused with its findings."""
    told = json.loads(document)
    findings = tuple(Finding.from_json(finding) for finding in told["findings"])
    if told.get("form") is None:
        raise WorkbookRefused(findings)
    return Compiled(Form.from_json(told["form"]), findings)
