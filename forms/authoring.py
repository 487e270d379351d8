"""A questionnaire written as an XLSForm workbook, ready to be read by a person and by ODK.

The same questionnaire gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.form import SELECTS, QuestionType, Texts

LANGUAGES = {"ar": "العربية (ar)", "fr": "Français (fr)"}
"""The languages of a workbook, as its headers write them."""
SUGGESTED = ("text", "integer", "decimal", "date", "note")

_TEXTS = ("label", "hint", "constraint_message")
_SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint")
_WIDTHS = {"type": 26, "name": 18, "list_name": 18, "form_title": 60, "default_language": 18}
_WIDE, _NARROW = 44, 16
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EMPTY_ROWS = 200
"""Rows below the examples that are formatted, and suggest types, too."""


@dataclass(frozen=True)
class Written:
    """A choice as its author wrote it."""

    name: str
    label: Texts


@dataclass(frozen=True)
class WrittenQuestion:
    """A question as its author wrote it; ``list_name`` where it is chosen from a list."""

    type: QuestionType
    name: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    choices: tuple[Written, ...] = ()
    list_name: str = ""
    is_required: bool = False
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Questionnaire:
    """All that a workbook says."""

    title: Texts
    form_id: str
    version: str
    questions: tuple[WrittenQuestion, ...]


def workbook_of(
    questionnaire: Questionnaire,
    notes: Mapping[str, str] | None = None,
    *,
    right_to_left: bool = False,
) -> bytes:
    """The workbook; ``notes`` says for each column what to write there (``label``)."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        sheets = _Sheets(book, notes or {}, right_to_left=right_to_left)
        sheets.write("survey", _columns(*_SURVEY, "constraint_message"), _survey(questionnaire))
        sheets.write("choices", _columns("list_name", "name", "label"), _choices(questionnaire))
        settings = ("form_title", "form_id", "version", "default_language")
        sheets.write("settings", settings, [_settings(questionnaire)])
        _suggest(sheets.made["survey"], questionnaire)
    return file.getvalue()


def _columns(*names: str) -> tuple[str, ...]:
    """The headers: a column of texts once for each language."""
    return tuple(
        header
        for name in names
        for header in (
            [f"{name}::{language}" for language in LANGUAGES.values()]
            if name in _TEXTS
            else [name]
        )
    )


Cells = Mapping[str, str]


def _in_each(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}::{header}": texts.get(code, "") for code, header in LANGUAGES.items()}


def _survey(questionnaire: Questionnaire) -> list[Cells]:
    return [
        {
            "type": f"{one.type} {one.list_name}" if one.type in SELECTS else str(one.type),
            "name": one.name,
            "required": "yes" if one.is_required else "",
            "constraint": one.constraint,
            **_in_each("label", one.label),
            **_in_each("hint", one.hint),
            **_in_each("constraint_message", one.constraint_message),
        }
        for one in questionnaire.questions
    ]


def _choices(questionnaire: Questionnaire) -> list[Cells]:
    lists = {one.list_name: one.choices for one in questionnaire.questions if one.choices}
    return [
        {"list_name": name, "name": choice.name, **_in_each("label", choice.label)}
        for name, choices in lists.items()
        for choice in choices
    ]


def _settings(questionnaire: Questionnaire) -> Cells:
    """One title cell for both languages: ODK knows no title in several."""
    titles = [questionnaire.title[code] for code in LANGUAGES if questionnaire.title.get(code)]
    return {
        "form_title": " · ".join(titles),
        "form_id": questionnaire.form_id,
        "version": questionnaire.version,
        "default_language": next(iter(LANGUAGES.values())),
    }


class _Sheets:
    """Sheets with a frozen header in one style, each header with its note."""

    def __init__(self, book: Workbook, notes: Mapping[str, str], *, right_to_left: bool) -> None:
        self._book = book
        self._notes = notes
        self._right_to_left = right_to_left
        self.made: dict[str, Worksheet] = {}
        shared = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self._header: Format = book.add_format(
            {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "text_wrap": True}
        )
        self._cell: Format = book.add_format(shared)
        self._arabic: Format = book.add_format({**shared, "reading_order": 2, "align": "right"})

    def write(self, name: str, headers: Sequence[str], rows: Sequence[Cells]) -> None:
        """A sheet; cells are texts, so that Excel makes no date of what is typed into them."""
        sheet: Worksheet = self._book.add_worksheet(name)
        self.made[name] = sheet
        sheet.freeze_panes(1, 0)
        if self._right_to_left:
            sheet.right_to_left()
        for column, header in enumerate(headers):
            style = self._arabic if header.endswith("(ar)") else self._cell
            sheet.set_column(column, column, _width(header), style)
            sheet.write_string(0, column, header, self._header)
            self._note(sheet, name, column, header)
            for number, row in enumerate(rows, start=1):
                if text := row.get(header, ""):
                    sheet.write_string(number, column, text, style)

    def _note(self, sheet: Worksheet, name: str, column: int, header: str) -> None:
        base = header.partition("::")[0]
        note = self._notes.get(f"{name}.{base}") or self._notes.get(base)
        if note:
            size = {"x_scale": 2.2, "y_scale": 1.6, "author": ""}
            sheet.write_comment(0, column, note, size)


def _width(header: str) -> int:
    return _WIDTHS.get(header, _WIDE if "::" in header else _NARROW)


def _suggest(survey: Worksheet, questionnaire: Questionnaire) -> None:
    """Types and yes or no, to be picked; others may be typed all the same."""
    lists = dict.fromkeys(one.list_name for one in questionnaire.questions if one.choices)
    selects = [f"select_one {name}" for name in lists]
    several = [f"select_multiple {name}" for name in lists]
    offered = _fitting([*SUGGESTED, *selects, *several])
    last = len(questionnaire.questions) + _EMPTY_ROWS
    survey.data_validation(
        1, 0, last, 0, {"validate": "list", "source": offered, "show_error": False}
    )
    required = list(_columns(*_SURVEY)).index("required")
    yes_no = {"validate": "list", "source": ["yes", "no"], "show_error": False}
    survey.data_validation(1, required, last, required, yes_no)


def _fitting(offered: Sequence[str]) -> list[str]:
    """As many as a list of Excel can hold: 255 characters."""
    kept: list[str] = []
    for one in offered:
        if len(",".join([*kept, one])) <= 255:
            kept.append(one)
    return kept
