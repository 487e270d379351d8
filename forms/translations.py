"""Whether people can read a sheet in a language: a column for it, and something in the column."""

from collections.abc import Sequence

from forms.findings import Findings
from forms.reading import Languages, Sheet

HEADERS = {"ar": "label::العربية (ar)", "fr": "label::Français (fr)"}
"""How the column of a language is headed."""


def check_language(sheet: Sheet, languages: Languages, code: str, findings: Findings) -> None:
    """Say once that the labels of a language are missing, not once a row."""
    rows = [row for row in sheet.rows if languages.texts(row, "label")]
    if not rows or any(code in languages.texts(row, "label") for row in rows):
        return
    columns = _columns(languages, code)
    if present := next((one for one in columns if one in sheet.headers), None):
        header = sheet.headers[present]
        details = {"name": header, "rows": _spans([row.number for row in rows])}
        findings.add("empty_column", sheet.name, rows[0].number, header, **details)
    else:
        named = next((one for one in columns if len(one) > 1), None)
        header = sheet.written(*named) if named else HEADERS.get(code, f"label::{code}")
        findings.add("missing_language", sheet.name, 1, header, name=header)
    findings.settle(sheet.name, None, header)


def _columns(languages: Languages, code: str) -> list[tuple[str, ...]]:
    """The columns of labels that this language may have; the plain one speaks the default."""
    named = [("label", written) for written, known in languages.codes.items() if known == code]
    return [*named, ("label",)] if code == languages.default else [*named]


def _spans(numbers: Sequence[int]) -> str:
    """Row numbers in order, those that follow each other in one: ``2–10, 12``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ", ".join("–".join(map(str, span)) for span in spans)
