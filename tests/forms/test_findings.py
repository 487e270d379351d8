"""Everything that can be wrong with a workbook is said with its place and what to do."""

from string import Formatter

import pytest

from forms.findings import Finding, Severity
from forms.identity import Identity
from forms.messages import ADVICE, MESSAGES, WARNINGS
from forms.xpath.closures import compiled
from forms.xpath.parser import BadExpression
from tests.forms.workbooks import findings, form_of, said

LONG = "x" * 3_600
DEEP = "(" * 70 + "1" + ")" * 70


def survey(*rows: str, header: str = "type | name | label | relevant") -> str:
    """A survey sheet; the first row is row 2."""
    lines = "\n".join(f"| {row} |" for row in rows)
    return f"survey\n| {header} |\n{lines}\n"


def constraint(expression: str, kind: str = "text") -> str:
    """A form whose second row has this constraint."""
    return survey(f"{kind} | a | A | {expression}", header="type | name | label | constraint")


CHOICES = """
choices
| list_name | name | label |
| yn | yes | Oui |
| yn | no | Non |
"""
SETTINGS = "settings\n| form_id | version | {} |\n| f | 1 | {} |\n"

CASES: list[tuple[str, str, str]] = [
    # code, workbook, sentence
    (
        "unknown_reference",
        survey("text | quartier | A |", "text | b | B | ${quarter} = 'x'"),
        'survey, row 3, relevant: there is no question named "quarter"; did you mean "quartier"?',
    ),
    (
        "unknown_reference",
        survey("text | a | Bonjour ${nobody} |"),
        'survey, row 2, label: there is no question named "nobody"; check the column name of the'
        " question you mean",
    ),
    (
        "ambiguous_reference",
        survey(
            "text | a | A |",
            "begin group | g | G |",
            "text | a | A |",
            "end group | | |",
            "text | b | B | ${a} = 1",
        ),
        'survey, row 6, relevant: more than one question is named "a"; give one of them another'
        " name",
    ),
    (
        "reference_to_group",
        survey(
            "begin group | g | G |", "text | a | A |", "end group | | |", "text | b | B | ${g} = 1"
        ),
        'survey, row 5, relevant: "g" is a group and has no answer; refer to a question inside the'
        " group",
    ),
    (
        "forward_reference",
        survey("text | a | A | ${b} = 1", "text | b | B |"),
        'survey, row 2, relevant: "b" is asked only after this row; move it up if the answer is'
        " needed here",
    ),
    (
        "circular",
        survey("text | a | A | ${b} = 1", "text | b | B | ${a} = 1"),
        "survey, row 2, relevant: these rows depend on each other in a circle: a → b → a; let one"
        " of them depend on something else",
    ),
    (
        "unbalanced",
        constraint("count-selected(. <= 3"),
        'survey, row 2, constraint: a bracket "(" has no counterpart; count the brackets',
    ),
    (
        "unknown_function",
        constraint("selectd(., 'x')"),
        'survey, row 2, constraint: there is no function named "selectd"; did you mean'
        ' "selected"?',
    ),
    (
        "expression_syntax",
        constraint(". ="),
        "survey, row 2, constraint: the expression cannot be read; write it like . >= 18 for this"
        " answer, or like ${age} >= 18 for that of another question",
    ),
    (
        "foreign_sign",
        constraint(". >= 3 && . < 5"),
        'survey, row 2, constraint: expressions do not know the sign "&&"; write "and"',
    ),
    (
        "unknown_choice",
        survey(
            "select_multiple yn | a | A | not(selected(., 'maybe'))",
            header="type | name | label | constraint",
        )
        + CHOICES,
        'survey, row 2, constraint: the question "a" has no choice named "maybe"; write the'
        " choice's name, not its label",
    ),
    (
        "expression_too_long",
        constraint(" or ".join([". = 1"] * 900)),
        "survey, row 2, constraint: the expression is longer than 4000 characters; move parts of"
        " it into rows of type calculate",
    ),
    (
        "expression_too_deep",
        constraint(DEEP),
        "survey, row 2, constraint: the expression is nested too deeply; move parts of it into"
        " rows of type calculate",
    ),
    (
        "unclosed_quote",
        constraint(". = 'x"),
        "survey, row 2, constraint: a quotation mark is never closed; close it, and use straight"
        " quotation marks",
    ),
    (
        "reference_syntax",
        constraint("${a b} = 1"),
        'survey, row 2, constraint: "${a b}" is not a reference to a question; write a name of'
        " the form in braces, like ${age}",
    ),
    (
        "quoted_reference",
        constraint("'${a}' = 1"),
        "survey, row 2, constraint: '${a}' stands in quotation marks and would be taken as a"
        " text; remove the quotation marks",
    ),
    (
        "reference_syntax",
        constraint("{age} = 1"),
        'survey, row 2, constraint: "{age}" is not a reference to a question; write a name of the'
        " form in braces, like ${age}",
    ),
    (
        "bare_word",
        constraint(". = never"),
        'survey, row 2, constraint: the word "never" stands alone; write it like ${age} for the'
        " answer to a question, or like 'yes' for a choice",
    ),
    (
        "not_yes_no",
        survey("text | a | A | نعم", header="type | name | label | required"),
        'survey, row 2, required: here stands "نعم", where only yes, no or a condition is read;'
        " write yes if an answer is needed, else leave the cell empty",
    ),
    (
        "path_expression",
        constraint("../b = 1"),
        'survey, row 2, constraint: the path "../b" is not read; refer to questions by name, like'
        " ${age}",
    ),
    (
        "regex_refused",
        constraint("regex(., '[0-9')"),
        'survey, row 2, constraint: the pattern cannot be read at "[0-9"; count its brackets;'
        " write a sign that is meant as such after a backslash",
    ),
    (
        "regex_looks_around",
        constraint("regex(., '(?=a)b')"),
        'survey, row 2, constraint: the pattern remembers or looks around with "(?="; write'
        " several conditions, joined by and",
    ),
    (
        "regex_looks_around",
        constraint("regex(., '(a)\\1')"),
        'survey, row 2, constraint: the pattern remembers or looks around with "\\1"; write'
        " several conditions, joined by and",
    ),
    (
        "regex_too_large",
        constraint("regex(., '.{0,900}')"),
        "survey, row 2, constraint: the pattern is too long or repeats too much; compare"
        " string-length(.) where only the length matters",
    ),
    (
        "unknown_choice",
        survey("select_one yn | a | A |", "text | b | B | ${a} = 'Oui'") + CHOICES,
        'survey, row 3, relevant: the question "a" has no choice named "Oui"; write the choice\'s'
        " name, not its label",
    ),
    (
        "number_as_text",
        survey("integer | a | A |", "text | b | B | ${a} = 'ten'"),
        'survey, row 3, relevant: the answer to "a" is a number, never the text "ten"; remove the'
        " quotation marks",
    ),
    (
        "duplicate_name",
        survey("text | a | A |", "text | a | B |"),
        'survey, row 3, name: the name "a" is already used in row 2; give every question of a'
        " group its own name",
    ),
    (
        "similar_name",
        survey("text | a | A |", "text | A | B |"),
        'survey, row 3, name: the names "A" and "a" differ only in capitals; give them names that'
        " cannot be confused",
    ),
    (
        "name_not_valid",
        survey("text | 1st | A |"),
        'survey, row 2, name: "1st" is not a valid name; begin with a letter; then letters,'
        " digits, underscores, hyphens or points",
    ),
    (
        "reserved_name",
        survey("text | _uuid | A |"),
        'survey, row 2, name: the name "_uuid" is kept for the export; choose another name',
    ),
    (
        "no_name",
        survey("text | | A |"),
        "survey, row 2, name: this row has no name; write a short name of letters, digits and"
        " underscores",
    ),
    (
        "no_label",
        survey("text | a | |"),
        "survey, row 2, label: there is nothing to ask: the label is empty; write the question in"
        " the column label",
    ),
    (
        "no_type",
        survey("| a | A |"),
        "survey, row 2, type: this row has no type; write a type, for example text or select_one",
    ),
    (
        "unknown_type",
        survey("txet | a | A |"),
        'survey, row 2, type: the type "txet" is not known; did you mean "text"?',
    ),
    (
        "unknown_type",
        survey("Select_One yn | a | A |") + CHOICES,
        'survey, row 2, type: the type "Select_One yn" is not known; did you mean "select_one'
        ' yn"?',
    ),
    (
        "unknown_type",
        survey("نص | a | A |"),
        'survey, row 2, type: the type "نص" is not known; write text, integer, decimal, date or'
        " note; or select_one or select_multiple, and then the name of a list",
    ),
    (
        "refused_type",
        survey("geopoint | a | A |"),
        'survey, row 2, type: the type "geopoint" is not asked in a chat yet; an exact place'
        " says who answers: ask for the neighbourhood with select_one",
    ),
    (
        "refused_type",
        survey("begin repeat | r | R |", "text | a | A |", "end repeat | | |"),
        'survey, row 2, type: the type "begin repeat" is not asked in a chat yet; ask the'
        " questions a fixed number of times, or fill the form once for each",
    ),
    (
        "left_out_type",
        survey("deviceid | d | |", "text | a | A |"),
        'survey, row 2, type: nothing is recorded for the type "deviceid"; the row can be deleted',
    ),
    (
        "day_only",
        survey("start | start | |", "text | a | A |"),
        'survey, row 2, type: of "start" only the day of sending is recorded, never the hour',
    ),
    (
        "or_other",
        survey("select_one yn or_other | a | A |") + CHOICES,
        'survey, row 2, type: "or_other" is not read; add a choice other, and a text question'
        " with relevant selected(${question}, 'other')",
    ),
    (
        "missing_list",
        survey("select_one yno | a | A |") + CHOICES,
        'survey, row 2, type: the sheet "choices" has no list named "yno"; did you mean "yn"?',
    ),
    (
        "no_list",
        survey("select_one | a | A |"),
        "survey, row 2, type: this row names no list of choices; write the list after the type,"
        " for example select_one yes_no",
    ),
    (
        "group_not_closed",
        survey("begin group | g | G |", "text | a | A |"),
        'survey, row 2: the group "g" is never closed; add a row end group',
    ),
    (
        "group_not_open",
        survey("text | a | A |", "end group | | |"),
        "survey, row 3, type: this row closes a group that is not open; remove it, or add the row"
        " begin group that belongs to it",
    ),
    (
        "empty_group",
        survey("text | a | A |", "begin group | g | G |", "end group | | |"),
        'survey, row 3: the group "g" has no questions; remove it, or put questions into it',
    ),
    (
        "readonly",
        survey("text | a | A | yes", header="type | name | label | readonly"),
        "survey, row 2, readonly: readonly questions are not asked in a chat; use a note to show"
        " something",
    ),
    (
        "calculated_question",
        survey("text | a | A | 1 + 1", header="type | name | label | calculation"),
        "survey, row 2, calculation: a question with a calculation cannot be asked; use a row of"
        " type calculate, and ${name} in a label to show it",
    ),
    (
        "no_calculation",
        survey("calculate | a | |", "text | b | B |"),
        "survey, row 2, calculation: this row has no calculation; write an expression in the"
        " column calculation",
    ),
    (
        "dynamic_default",
        survey("date | a | A | today()", header="type | name | label | default"),
        "survey, row 2, default: a default that is calculated is not read yet; write a fixed"
        " value, or leave the cell empty",
    ),
    (
        "default_not_valid",
        survey("integer | a | A | many", header="type | name | label | default"),
        'survey, row 2, default: the default "many" is not an answer to this question; write it'
        " as an answer would be stored: 2026-11-23, 3.5, a choice's name",
    ),
    (
        "empty_translation",
        survey(
            "text | a | A |", header="type | name | label::Français (fr) | label::العربية (ar)"
        ),
        'survey, row 2, label::العربية (ar): the text in "العربية (ar)" is missing; who reads that'
        " language would see the other one",
    ),
    (
        "empty_translation",
        survey("select_one yn | a | A | سؤال", header="type | name | label::fr | label::ar")
        + "choices\n| list_name | name | label::fr | label::ar |\n| yn | yes | Oui | |\n",
        'choices, row 2, label::ar: the text in "ar" is missing; who reads that language would'
        " see the other one",
    ),
    (
        "label_too_long",
        survey(f"text | a | {LONG} |"),
        "survey, row 2, label: the label has 3600 characters; 1500 are shown; shorten it, or put"
        " the explanation into a note before the question",
    ),
    (
        "label_too_long",
        survey(f"text | a | {'x' * 1500} |", f"note | b | {'x' * 1501} |"),
        "survey, row 3, label: the label has 1501 characters; 1500 are shown; shorten it, or put"
        " the explanation into a note before the question",
    ),
    (
        "too_many_questions",
        survey(*[f"text | q{i} | Q |" for i in range(501)]),
        "survey: this form asks 501 questions; at most 500 are possible; make several forms of it",
    ),
    (
        "too_many_rows",
        survey(*[f"calculate | q{i} | |" for i in range(2_001)]),
        "survey: the sheet has 2001 rows; at most 2000 are read; make several forms of it",
    ),
    (
        "more_findings",
        survey(*[f"txet | q{i} | |" for i in range(320)]),
        "there are 20 more remarks; repair these first, then check again",
    ),
    (
        "empty_survey",
        "survey\n",
        "survey: the sheet has no headers in its first row, or no rows below them; write the"
        " headers type, name and label into the first row, and one row per question below",
    ),
    (
        "dynamic_default",
        survey("text | a | A | today()", header="type | name | label | default"),
        "survey, row 2, default: a default that is calculated is not read yet; write a fixed"
        " value, or leave the cell empty",
    ),
    (
        "xlsform_failed",
        survey("text | a | A |") + SETTINGS.format("form_id::fr", "f"),
        "survey: pyxform cannot build this form (TypeError); compare the headers of all"
        " sheets with those in the guide",
    ),
    (
        "no_question",
        survey("calculate | a | | 1", header="type | name | label | calculation"),
        "survey: nothing in this form is asked; add at least one row that asks something",
    ),
    (
        "empty_survey",
        "survey\n| type | name | label |\n",
        "survey: the sheet has no headers in its first row, or no rows below them; write the"
        " headers type, name and label into the first row, and one row per question below",
    ),
    (
        "no_type_column",
        "survey\n| typ | name | label |\n| text | a | A |\n",
        'survey, row 1: there is no column "type"; did you mean "typ"?',
    ),
    (
        "missing_column",
        "survey\n| type | nom | label |\n| text | a | A |\n",
        'survey, row 1, name: there is no column "name"; write it into the first row of the sheet',
    ),
    (
        "missing_column",
        survey("select_one yn | a | A |") + CHOICES.replace("list_name", "liste"),
        'choices, row 1, list_name: there is no column "list_name"; write it into the first row'
        " of the sheet",
    ),
    (
        "no_survey_sheet",
        "surveys\n| type | name | label |\n| text | a | A |\n",
        'there is no sheet named "survey"; did you mean "surveys"?',
    ),
    (
        "refused_sheet",
        survey("text | a | A |") + "entities\n| dataset | label |\n| trees | a |\n",
        'entities: the sheet "entities" is not read yet; remove it from the workbook',
    ),
    (
        "broken_header",
        survey("text | a | A | 1 | 1", header="type | name | label | relevant | relevance"),
        'survey, row 1, relevance: the headers "relevant" and "relevance" mean the same column;'
        " keep one of them",
    ),
    (
        "unknown_column",
        survey("text | a | A | 1", header="type | name | label | relevent"),
        'survey, row 1, relevent: the column "relevent" is not known and is ignored; did you mean'
        ' "relevant"?',
    ),
    (
        "ignored_column",
        survey("text | a | A | 1", header="type | name | label | guidance_hint"),
        'survey, row 1, guidance_hint: the column "guidance_hint" has no meaning in a chat and is'
        " ignored",
    ),
    (
        "refused_column",
        survey("select_one yn | a | A | x = 1", header="type | name | label | choice_filter")
        + CHOICES,
        'survey, row 2, choice_filter: the column "choice_filter" is not read yet; ask one'
        " question per case, each with its relevant",
    ),
    (
        "unknown_setting",
        survey("text | a | A |") + SETTINGS.format("form_titel", "T"),
        'settings, row 1, form_titel: the setting "form_titel" is not known and is ignored; did'
        ' you mean "form_title"?',
    ),
    (
        "ignored_setting",
        survey("text | a | A |") + SETTINGS.format("style", "pages"),
        'settings, row 1, style: the setting "style" has no meaning here and is ignored',
    ),
    (
        "no_form_id",
        survey("text | a | A |") + "settings\n| version |\n| 1 |\n",
        "settings: the form has no form_id; write a short name under form_id in the sheet"
        " settings",
    ),
    (
        "no_version",
        survey("text | a | A |") + "settings\n| form_id |\n| f |\n",
        "settings: the form has no version; write a version in the sheet settings and raise it"
        " with every change",
    ),
    (
        "default_language_unknown",
        survey("text | a | A |", header="type | name | label::Français (fr)")
        + SETTINGS.format("default_language", "Deutsch (de)"),
        'settings, row 2, default_language: no column is written in the default language "Deutsch'
        ' (de)"; write it exactly as in the headers, for example Français (fr)',
    ),
    (
        "language_without_code",
        survey("text | a | A |", header="type | name | label::Our language"),
        'survey, row 1, label::Our language: the language "Our language" has no code;'
        " write it with its"
        " code, for example label::Français (fr)",
    ),
    (
        "language_twice",
        survey("text | a | A | B", header="type | name | label::Français (fr) | label::French"),
        'survey, row 1, label::French: the columns "Français (fr)" and "French" are the'
        " same language;"
        " write a language the same way in every header, and once for each column",
    ),
    (
        "choice_without_name",
        survey("select_one yn | a | A |") + CHOICES + "| yn | | Peut-être |\n",
        "choices, row 4, name: this choice has no name; write a short name in the column name",
    ),
    (
        "choice_without_list",
        survey("select_one yn | a | A |") + CHOICES + "| | maybe | Peut-être |\n",
        "choices, row 4, list_name: this choice belongs to no list; write the list in the column"
        " list_name",
    ),
    (
        "choice_without_label",
        survey("select_one yn | a | A |") + CHOICES + "| yn | maybe | |\n",
        "choices, row 4, label: this choice has no label; write what people should read",
    ),
    (
        "choice_name_not_valid",
        survey("select_one yn | a | A |") + CHOICES + "| yn | may be | Peut-être |\n",
        'choices, row 4, name: the choice name "may be" contains a space; use an underscore'
        " instead",
    ),
    (
        "list_name_not_valid",
        survey("select_multiple my own list | a | A |") + CHOICES,
        'survey, row 2, type: the name of a list "my own list" contains a space; use an underscore'
        " instead, here and in the sheet choices",
    ),
    (
        "same_label",
        survey("select_one yn | a | A |") + CHOICES + "| yn | perhaps | OUI  |\n",
        "choices, row 4, label: this reads like the choice in row 2; write what tells them apart",
    ),
    (
        "duplicate_choice",
        survey("select_one yn | a | A |") + CHOICES + "| yn | yes | Encore |\n",
        'choices, row 4, name: the list "yn" has two choices named "yes"; give every choice of a'
        " list its own name",
    ),
    (
        "too_many_choices",
        survey("select_one big | a | A |")
        + "choices\n| list_name | name | label |\n"
        + "".join(f"| big | c{i} | C |\n" for i in range(201)),
        'choices: the list "big" has 201 choices; at most 200 are possible; divide it, or ask for'
        " a text",
    ),
    (
        "choice_label_long",
        survey("select_one yn | a | A |") + CHOICES + f"| yn | maybe | {'x' * 61} |\n",
        "choices, row 4, label: this label has 61 characters; a button shows about 60; shorten it",
    ),
    (
        "excel_date",
        survey("select_one yn | a | A |") + CHOICES + "| yn | maybe | 2026-05-01 00:00:00 |\n",
        'choices, row 4, label: Excel has made a date or an hour of this cell: "2026-05-01'
        ' 00:00:00"; format the cell as text, then write the value again',
    ),
    (
        "excel_error",
        survey("select_one yn | a | A |") + CHOICES + "| yn | maybe | #REF! |\n",
        'choices, row 4, label: a formula of Excel failed in this cell: "#REF!"; write the text'
        " itself, without a formula",
    ),
    (
        "excel_truth",
        survey("select_one yn | a | A |") + CHOICES + "| yn | maybe | TRUE |\n",
        'choices, row 4, label: Excel has made true or false of this cell: "TRUE"; format the cell'
        " as text, then write the value again",
    ),
    (
        "long_form",
        survey(*(f"text | q{i} | A |" for i in range(16))),
        "survey: this form asks 16 questions and takes about 7 minutes; above 15 questions or 6"
        " minutes many people stop: keep what you will use",
    ),
]
OF_THE_FILE = {
    "file_too_large",
    "not_a_workbook",
    "other_format",
    "password",
    "unpacked_too_large",
    "too_many_parts",
    "document_type",
    "absurd_sheet",
    "too_heavy",
}
PYXFORMS_OWN = {"xlsform", "xlsform_warning"}
OF_TEST_IDENTIFYING = {f"identifying_{kind}" for kind in Identity}
OF_TEST_TRANSLATIONS = {"missing_language", "empty_column"}
OF_TEST_VERDICT = {"audit_name", "sheet_misspelt", "table_list"}


@pytest.mark.parametrize(("code", "tables", "sentence"), CASES, ids=[case[0] for case in CASES])
def test_a_mistake_is_said_with_its_place_and_advice(
    code: str, tables: str, sentence: str
) -> None:
    assert sentence in said(tables)
    assert code in {finding.code for finding in findings(tables)}


def test_every_finding_has_a_test() -> None:
    tested = {case[0] for case in CASES} | OF_THE_FILE | PYXFORMS_OWN | OF_TEST_VERDICT
    tested |= OF_TEST_IDENTIFYING | OF_TEST_TRANSLATIONS

    assert len(CASES) > 50
    assert tested == set(MESSAGES)


def test_messages_advice_and_warnings_belong_to_known_codes() -> None:
    others = {key for key in ADVICE if not key.startswith("instead_")} - {"did_you_mean"}

    assert others <= set(MESSAGES)
    assert set(MESSAGES) > WARNINGS


def test_every_sentence_can_be_filled() -> None:
    for source in (*MESSAGES.values(), *ADVICE.values()):
        assert all(
            name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(source)
        )


def test_all_mistakes_are_said_at_once() -> None:
    told = said(survey("text | a | A | ${x} = 1", "txet | b | B |", "text | a | A | foo(1)"))

    assert len(told) == 4


@pytest.mark.parametrize("column", ["type", "name", "list_name"])
def test_a_missing_column_is_not_said_again_of_every_row(column: str) -> None:
    tables = survey("select_one yn | a | A |", "text | b | B |") + CHOICES

    found = findings(tables.replace(column, "titre", 1))

    assert {one.row for one in found} == {1}
    assert {one.code for one in found} <= {"no_type_column", "missing_column", "unknown_column"}


@pytest.mark.parametrize("made", ["2026-05-01 00:00:00", "#N/A"])
def test_a_cell_that_excel_has_changed_is_said_once(made: str) -> None:
    tables = survey(f"text | {made} | A | {made}") + SETTINGS.format("form_title", made)

    found = findings(tables)

    assert [(one.sheet, one.column) for one in found] == [
        ("settings", "form_title"),
        ("survey", "name"),
        ("survey", "relevant"),
    ]
    assert len({one.code for one in found}) == 1


def test_signs_that_nobody_sees_change_nothing() -> None:
    tables = survey(
        "text\u200f | \u2068a\u2069 | A \u200f(1) |", "text | b | B | ${a\u200e} = 'x'"
    )

    form = form_of(tables.replace("relevant", "relevant\u200f"))

    assert [one.name for one in form.questions] == ["a", "b"]
    assert form.questions[0].label["default"] == "A \u200f(1)"


def test_a_finding_survives_its_document() -> None:
    finding = Finding("unknown_reference", "survey", 3, "relevant", {"name": "x", "near": "y"})

    document = finding.to_json()

    assert Finding.from_json(document) == finding
    assert document["severity"] == Severity.ERROR
    assert document["advice"] == 'did you mean "y"?'


@pytest.mark.parametrize(
    ("sign", "ours"),
    [
        ("==", "="),
        ("<>", "!="),
        ("&&", "and"),
        ("||", "or"),
        ("AND", "and"),
        ("OR", "or"),
        ("≥", ">="),
        ("≤", "<="),
        ("≠", "!="),
        ("÷", "div"),
        ("×", "*"),
        ("،", ","),
        ("«", "'"),
        ("et", "and"),
        ("أو", "or"),
    ],
)
def test_a_sign_of_another_language_is_named_with_ours(sign: str, ours: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        compiled(f". {sign} 1")

    assert refusal.value.details == {"written": sign, "ours": ours}


def test_lists_share_words_and_a_name_that_is_there_twice_is_said_once() -> None:
    other = "| maybe | yes | Oui |\n| maybe | no | Non |\n"

    assert findings(survey("select_one yn | a | A |") + CHOICES + other) == ()
    twice = findings(survey("select_one yn | a | A |") + CHOICES + "| yn | yes | Oui |\n")
    assert [one.code for one in twice] == ["duplicate_choice"]
