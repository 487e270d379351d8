"""From a workbook to a form: pure, bytes in, form out.

It imports pyxform and its readers, so it only ever runs in the child process of
`participation/workbooks.py`, in the command line's, or in tests.
"""

import hashlib
import re

from pyxform.xls2json_backends import DefinitionData

from forms.admission import Demands, identifying
from forms.choices import read_choices
from forms.columns import check_columns
from forms.compiled import Compiled
from forms.excel import find_excel_cells
from forms.findings import Findings, WorkbookRefused, refused
from forms.form import UNTRANSLATED, Form
from forms.lint import lint
from forms.near import nearest
from forms.pace import asked_count, is_long, minutes
from forms.reading import Languages, Row, Sheet, code_of, sheet
from forms.survey import read_survey
from forms.translations import check_language
from forms.verdict import ask_pyxform
from forms.workbook import sheets_of

__all__ = ["Compiled", "WorkbookRefused", "compile_workbook"]

MOST_ROWS = 2_000
"""Rows of a survey sheet that are read: questions, groups, notes and calculations together."""

_REFUSED_SHEETS = ("external_choices", "entities", "osm")
_YES = frozenset({"yes", "true", "true()"})


def compile_workbook(workbook: bytes, demands: Demands | None = None) -> Compiled:
    """The form in a workbook; raises WorkbookRefused with everything that was found.

    With ``demands``, what they bar is found with the rest.
    """
    data = sheets_of(workbook)
    findings = Findings()
    survey, choices, settings = (sheet(data, name, findings) for name in _sheets(data))
    _check_sheets(data, survey, findings)
    if len(survey.rows) > MOST_ROWS:
        raise refused("too_many_rows", "survey", count=str(len(survey.rows)), limit=str(MOST_ROWS))
    for each in (settings, survey, choices):
        find_excel_cells(each, findings)
        check_columns(each, findings)
    if _lack_columns(survey, choices, findings):
        raise WorkbookRefused(findings.sorted())  # or every row would be said to lack something
    given = settings.rows[0] if settings.rows else Row(2, {})
    languages = _languages(given, settings, survey, choices, findings)
    for each in (survey, choices):
        for code in demands.languages if demands else ():
            check_language(each, languages, code, findings)
    duplicates = given.get("allow_choice_duplicates").lower() in _YES
    lists = read_choices(choices, languages, findings, duplicates_allowed=duplicates)
    read = read_survey(survey, languages, lists, findings)
    form_id = given.get("id_string") or "form"
    form = Form(
        form_id=form_id,
        version=given.get("version") or hashlib.sha256(workbook).hexdigest()[:10],
        title=languages.texts(given, "title") or {languages.default: form_id},
        default_language=languages.default,
        languages=languages.spoken(survey),
        questions=tuple(read.questions),
        groups=tuple(read.groups),
        calculates=tuple(read.calculates),
        order=tuple(read.order),
    )
    lint(form, survey, languages, findings)
    _lint_choices(choices, languages, findings)
    if is_long(form):
        count = asked_count(form)
        details = {"count": str(count), "minutes": str(minutes(count))}
        findings.add("long_form", "survey", None, None, **details)
    for one in identifying(form, anonymous=demands.anonymous) if demands else ():
        findings.add(one.code, one.sheet, one.row, one.column, **one.details)
    if not form.questions and not findings.has_errors:
        findings.add("no_question", "survey", None, None)
    if not findings.has_errors:
        sheets = {each.name: each for each in (survey, choices, settings)}
        ask_pyxform(data, sheets, findings)
    found = findings.sorted()
    if findings.has_errors:
        raise WorkbookRefused(found)
    return Compiled(form, found)


def _sheets(data: DefinitionData) -> tuple[str, str, str]:
    if not data.survey and not data.survey_header:
        names = list(data.sheet_names or ())
        if "survey" in (name.lower() for name in names):
            raise refused("empty_survey", "survey")
        raise refused("no_survey_sheet", near=nearest("survey", names))
    return "survey", "choices", "settings"


def _check_sheets(data: DefinitionData, survey: Sheet, findings: Findings) -> None:
    if not survey.rows and ("type",) in survey.headers:
        findings.add("empty_survey", "survey", None, None)
    for name in _REFUSED_SHEETS:
        if getattr(data, name):
            findings.add("refused_sheet", name, None, None, name=name)


def _lack_columns(survey: Sheet, choices: Sheet, findings: Findings) -> bool:
    """Whether a column is missing without which no row can be read."""
    lacking = [(survey, ("type",)), (survey, ("name",))]
    lacking += [(choices, ("list name",)), (choices, ("name",))] if choices.rows else []
    lacking = [(each, column) for each, column in lacking if column not in each.headers]
    for each, column in lacking:
        name = each.written(*column)
        if name == "type":
            near = nearest(name, list(each.headers.values()))
            findings.add("no_type_column", each.name, 1, None, near=near)
        else:
            findings.add("missing_column", each.name, 1, name, name=name)
    return bool(lacking)


def _languages(
    given: Row, settings: Sheet, survey: Sheet, choices: Sheet, findings: Findings
) -> Languages:
    """Every language that a header names, in the order of the columns."""
    columns = [
        *((survey, ("label",)), (survey, ("hint",)), (choices, ("label",))),
        *((survey, ("bind", "jr:constraintMsg")), (survey, ("bind", "jr:requiredMsg"))),
        *((survey, ("short_label",)), (settings, ("title",))),
    ]
    codes: dict[str, str] = {}
    for each, column in columns:
        for written in each.languages(*column):
            if not written or written in codes:
                continue
            header, code = each.written(*column, written), code_of(written)
            twin = next((other for other, known in codes.items() if known == code), "")
            if twin:
                findings.add("language_twice", each.name, 1, header, first=twin, second=written)
            elif not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", code):
                findings.add("language_without_code", each.name, 1, header, name=written)
            codes[written] = code
    wanted = given.get("default_language")
    default = code_of(wanted) if wanted else next(iter(codes.values()), UNTRANSLATED)
    spoken = {*codes.values(), default if ("label",) in survey.headers else ""}
    if wanted and codes and default not in spoken:
        said = settings.written("default_language")
        details = {"name": wanted, "near": nearest(wanted, list(codes))}
        findings.add("default_language_unknown", "settings", given.number, said, **details)
    if not given.get("id_string"):
        findings.add("no_form_id", "settings", None, None)
    if not given.get("version"):
        findings.add("no_version", "settings", None, None)
    return Languages(codes, default)


def _lint_choices(choices: Sheet, languages: Languages, findings: Findings) -> None:
    """Cells of a translation that were left empty."""
    for row in choices.rows:
        for column, language in languages.lacking(choices, row, "label"):
            details = {"language": language}
            findings.add("empty_translation", choices.name, row.number, column, **details)
