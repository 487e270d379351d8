"""pyxform has the last word on a workbook, and we say it in our words.

pyxform names what it found by `PyXFormError.code`, or only by the sentence made from a code; both
are read. A sentence that fits nothing we know is quoted as its own (`xlsform`).
"""

import re
from collections.abc import Mapping
from string import Formatter

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import ErrorCode, PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from forms.findings import Findings
from forms.near import nearest
from forms.reading import Sheet

Meaning = tuple[str, Mapping[str, str]]
"""A finding's code, and for each of its details what pyxform calls it."""

MEANINGS: Mapping[ErrorCode, Meaning] = {
    ErrorCode.HEADER_004: ("unknown_column", {"name": "column"}),
    ErrorCode.NAMES_001: ("duplicate_name", {"name": "value", "other": "twin_row"}),
    ErrorCode.NAMES_002: ("similar_name", {"name": "value", "other": "twin"}),
    ErrorCode.NAMES_005: ("reserved_name", {"name": "cell"}),
    ErrorCode.NAMES_008: ("name_not_valid", {"name": "cell"}),
    ErrorCode.NAMES_013: ("sheet_misspelt", {"name": "sheet", "written": "candidates"}),
    ErrorCode.PYREF_001: ("reference_syntax", {"written": "cell"}),
    ErrorCode.PYREF_003: ("unknown_reference", {"name": "q", "near": "near"}),
    ErrorCode.PYREF_004: ("ambiguous_reference", {"name": "q"}),
}
_WITHOUT_CODE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Audits must always be named"), "audit_name"),
    (re.compile(r"Question or group with no name"), "no_name"),
    (
        re.compile(r"Badly formatted table list, .*?: (?P<first>\S+) vs\. (?P<second>\S+)"),
        "table_list",
    ),
)
_SAID_BY_US = re.compile(
    r"Language '|The following language declarations|The 'disabled' column|Row without name"
    r"|When looking for a sheet named '(?!choices|settings)"
    r"|\w+ has no label:|\w+ is no longer supported on most devices"
)
"""Warnings that repeat ours, or mean nothing in a chat."""

_ROW = re.compile(r"^\s*\[row : (\d+)\]\s*")
_FACTS = (
    ("row", _ROW, ""),
    ("sheet", re.compile(r"(?:On the|for sheet:) '(\w+)'"), "survey"),
    ("column", re.compile(r"the '(\w+)' value"), ""),
)
"""What many sentences say of the place, and what is meant where they do not."""

_TITLE_IN_LANGUAGE = re.compile(r"^\s*(?:set[_ ])?form[_ ]title\s*:", re.IGNORECASE)


def ask_pyxform(data: DefinitionData, sheets: Mapping[str, Sheet], findings: Findings) -> None:
    """pyxform builds the whole XForm: what it refuses would not open in ODK or Kobo either."""
    _drop_titles_in_languages(data)
    warnings: list[str] = []
    said = _Said(sheets, findings)
    try:
        document = workbook_to_json(
            data, fallback_form_name=data.fallback_form_name, warnings=warnings
        )
        create_survey_element_from_dict(document).to_xml(validate=False, warnings=warnings)
    except PyXFormError as error:
        said.note(str(error), error.code, error.context)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # pyxform fails in its own ways on headers it did not expect
        findings.add("xlsform_failed", "survey", None, None, reason=type(error).__name__)
    for warning in warnings:
        if not _SAID_BY_US.match(_ROW.sub("", warning)):
            said.note(warning, is_warning=True)


def recognised(said: str) -> tuple[ErrorCode, dict[str, str]] | None:
    """The code whose sentence this is, and what was filled in; None if it is nobody's."""
    for code, pattern in _PATTERNS.items():
        if found := pattern.match(said):
            return code, found.groupdict()
    return None


class _Said:
    """What pyxform says, one finding each."""

    def __init__(self, sheets: Mapping[str, Sheet], findings: Findings) -> None:
        self._sheets = sheets
        self._findings = findings

    def note(
        self,
        said: str,
        code: ErrorCode | None = None,
        context: Mapping[str, object] | None = None,
        *,
        is_warning: bool = False,
    ) -> None:
        """Remember it under our code, or quoted."""
        facts = {name: str(value) for name, value in (context or {}).items()}
        if code is None and (known := recognised(said)):
            code, facts = known
        for name, pattern, otherwise in _FACTS:
            found = pattern.search(said)
            facts.setdefault(name, found[1] if found else otherwise)
        meaning, details = self._meaning(code, facts, _ROW.sub("", said).strip())
        row = int(facts["row"]) if facts["row"].isdecimal() else None
        sheet = None if code is ErrorCode.NAMES_013 else facts["sheet"]  # that names a missing one
        if not meaning and is_warning and self._findings.speaks_of(sheet, row):
            return
        quoted = "xlsform_warning" if is_warning else "xlsform"
        self._findings.add(meaning or quoted, sheet, row, facts["column"] or None, **details)

    def _meaning(
        self, code: ErrorCode | None, facts: dict[str, str], said: str
    ) -> tuple[str, dict[str, str]]:
        """Our code with its details; `""` where pyxform has to be quoted."""
        for pattern, meaning in _WITHOUT_CODE:
            if found := pattern.match(said):
                return meaning, found.groupdict()
        if code not in MEANINGS:
            return "", {"reason": said}
        meaning, named = MEANINGS[code]
        facts |= self._looked_up(facts)
        return meaning, {
            name: facts.get(fact, "").replace("'", "") for name, fact in named.items()
        }

    def _looked_up(self, facts: dict[str, str]) -> dict[str, str]:
        """What the sheets themselves say of the place that pyxform names."""
        sheet = self._sheets.get(facts["sheet"], Sheet(facts["sheet"]))
        if (sheet.name, facts["row"]) == ("settings", "1"):
            facts["row"] = "2"  # the header's row was meant to stand for the sheet
        found = {"near": nearest(facts.get("q", ""), list(self._names("survey").values()))}
        for number, name in self._names(sheet.name).items():
            if number != facts["row"] and name.lower() == facts.get("value", "").lower():
                found |= {"twin": name, "twin_row": number}
        for row in sheet.rows:
            for header, text in row.cells.items():
                is_here = facts["column"] in {header[0], sheet.headers[header]}
                if is_here and str(row.number) == facts["row"]:
                    found["cell"] = text[:60]
        return found

    def _names(self, sheet: str) -> dict[str, str]:
        """The names of a sheet by row, the last row first."""
        rows = reversed(self._sheets[sheet].rows) if sheet in self._sheets else ()
        return {str(row.number): row.get("name") for row in rows if row.get("name")}


def _drop_titles_in_languages(data: DefinitionData) -> None:
    """`form_title::Français (fr)` is ours; pyxform writes a title in one language only."""
    for part in (*(data.settings or ()), *(data.settings_header or ())):
        for header in [header for header in part if _TITLE_IN_LANGUAGE.match(header)]:
            del part[header]


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence with gaps as a pattern that finds what was filled in."""
    parts: list[str] = []
    seen: set[str] = set()
    for words, name, _, _ in Formatter().parse(sentence):
        parts.append(re.escape(words))
        if name:
            parts.append(".*?" if name in seen else f"(?P<{name}>.*?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


_PATTERNS = {code: _pattern(code.value.msg) for code in ErrorCode}
