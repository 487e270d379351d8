"""Whether a compiled form may be asked by the commune: its languages, and who would be known."""

from collections.abc import Iterator, Sequence

from forms.compiled import Compiled
from forms.findings import Finding
from forms.form import UNTRANSLATED, Form
from forms.identifying import Identity, identifying_questions

HEADERS = {"ar": "label::العربية (ar)", "fr": "label::Français (fr)"}
"""How the column of a language is headed."""


def refusals(
    compiled: Compiled, *, languages: Sequence[str] = (), anonymous: bool
) -> tuple[Finding, ...]:
    """The errors that keep a form from being asked so; none where all is well."""
    return (*_missing(compiled.form, languages), *_identifying(compiled.form, anonymous=anonymous))


def _missing(form: Form, languages: Sequence[str]) -> Iterator[Finding]:
    """A language of the commune in which no column is written."""
    spoken = set() if form.languages == (UNTRANSLATED,) else set(form.languages)
    for language in languages:
        if language not in spoken:
            header = HEADERS.get(language, f"label::{language}")
            yield Finding("missing_language", "survey", 1, header, {"name": header})


def _identifying(form: Form, *, anonymous: bool) -> Iterator[Finding]:
    for one in identifying_questions(form):
        if anonymous or one.kind is Identity.CNIE:
            yield Finding(f"identifying_{one.kind}", "survey", one.question.row, "label")
