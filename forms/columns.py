"""Columns: which are read, which have no meaning in a chat, which are refused."""

from forms.findings import Findings
from forms.near import nearest
from forms.reading import Column, Row, Sheet
from forms.xpath.closures import compiled
from forms.xpath.parser import BadExpression

_YES_NO = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}

READ: dict[str, set[Column]] = {
    "survey": {
        ("type",),
        ("name",),
        ("label",),
        ("hint",),
        ("short_label",),
        ("chat",),
        ("default",),
        ("disabled",),
        ("bind", "relevant"),
        ("bind", "required"),
        ("bind", "jr:requiredMsg"),
        ("bind", "constraint"),
        ("bind", "jr:constraintMsg"),
        ("bind", "calculate"),
        ("bind", "readonly"),
        ("control", "appearance"),
    },
    "choices": {("list name",), ("name",), ("label",), ("short_label",), ("chat",)},
    "settings": {
        ("title",),
        ("id_string",),
        ("version",),
        ("default_language",),
        ("allow_choice_duplicates",),
        ("chat",),
    },
}
IGNORED: dict[str, set[Column]] = {
    "survey": {
        ("guidance_hint",),
        ("parameters", "rows"),
        ("control", "rows"),
        ("control", "autoplay"),
        ("sms_field",),
        ("compact_tag",),
        ("bind", "jr:noAppErrorString"),
    },
    "choices": {("sms_option",)},
    "settings": {
        ("instance_name",),
        ("public_key",),
        ("submission_url",),
        ("auto_send",),
        ("auto_delete",),
        ("style",),
        ("name",),
        ("clean_text_values",),
        ("sms_keyword",),
        ("client_editable",),
        ("omit_instanceID",),
    },
}
REFUSED: dict[str, dict[Column, str]] = {
    "survey": {
        ("choice_filter",): "relevant",
        ("parameters",): "whole",
        ("trigger",): "whole",
        ("control", "jr:count"): "repeat",
        ("media",): "media",
        ("instance",): "whole",
        ("bind", "entities:saveto"): "whole",
        ("save_to",): "whole",
    },
    "choices": {("media",): "media"},
    "settings": {},
}
_SPOKEN = {
    "survey": "type name label hint guidance_hint required required_message relevant constraint"
    " constraint_message calculation default appearance readonly parameters choice_filter"
    " repeat_count short_label",
    "choices": "list_name name label short_label",
    "settings": "form_title form_id version default_language allow_choice_duplicates style"
    " instance_name",
}


def check_columns(sheet: Sheet, findings: Findings) -> None:
    """Say which columns are not read, and refuse rows that fill a column we cannot follow."""
    for column, written in sheet.headers.items():
        if _among(column, READ[sheet.name]):
            continue
        instead = _advice(column, REFUSED[sheet.name])
        if instead:
            _refuse_filled(sheet, column, written, instead, findings)
        elif _among(column, IGNORED[sheet.name]):
            code = "ignored_setting" if sheet.name == "settings" else "ignored_column"
            findings.add(code, sheet.name, 1, written, name=written)
        elif sheet.name != "choices" or nearest(written, _SPOKEN["choices"].split()):
            code = "unknown_setting" if sheet.name == "settings" else "unknown_column"
            near = nearest(written.split(":")[0], _SPOKEN[sheet.name].split())
            findings.add(code, sheet.name, 1, written, name=written, near=near)


def read_expression(row: Row, sheet: Sheet, kind: str, findings: Findings) -> str:
    """An expression cell as XPath, `""` where there is none; what cannot be read is a finding."""
    written = row.get("bind", kind)
    source = _YES_NO.get(written.lower(), written)
    if not source or (kind, source) == ("required", "false()"):
        return ""
    if source == "true()":
        return source if kind == "required" else ""
    try:
        compiled(source)
    except BadExpression as error:
        code = "not_yes_no" if (kind, error.code) == ("required", "bare_word") else error.code
        column = sheet.written("bind", kind)
        findings.add(code, sheet.name, row.number, column, **error.details)
        return ""
    return source


def _refuse_filled(
    sheet: Sheet, column: Column, written: str, instead: str, findings: Findings
) -> None:
    for row in sheet.rows:
        if row.get(*column):
            findings.add(
                "refused_column", sheet.name, row.number, written, name=written, instead=instead
            )


def _among(column: Column, known: set[Column]) -> bool:
    return any(column[: len(each)] == each for each in known)


def _advice(column: Column, known: dict[Column, str]) -> str:
    return next((says for each, says in known.items() if column[: len(each)] == each), "")
