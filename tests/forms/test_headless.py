"""Forms checked and answered without a chat."""

from datetime import date

from forms.headless import check, play, run
from tests.forms.workbooks import form_of, workbook

TABLES = """
survey
| type | name | label::Français (fr) | label::العربية (ar) | required | relevant | constraint | constraint_message::Français (fr) |
| note | welcome | Bienvenue | مرحبا |
| select_one yn | lives | Ici ? | هنا؟ | yes |
| begin group | you | Vous | أنتم | | ${lives} = 'yes' |
| integer | age | Âge ? | السن؟ | | | . >= 18 | 18 ans ou plus |
| end group |
| text | why | Pourquoi ? | لماذا؟ |
choices
| list_name | name | label::Français (fr) | label::العربية (ar) |
| yn | yes | Oui | نعم |
| yn | no | Non | لا |
"""  # noqa: E501 — one line of a table is one line of the sheet
TODAY = date(2026, 11, 23)


def test_a_good_workbook_is_accepted_in_one_line() -> None:
    checked = check(workbook(TABLES.replace("| constraint_message::Français (fr) |", "|")))

    assert checked.accepted
    assert checked.lines()[-1] == "accepted: 4 questions, languages fr, ar, 0 warnings"


def test_a_bad_workbook_is_refused_with_its_findings() -> None:
    checked = check(workbook(TABLES.replace("${lives}", "${live}")))

    assert not checked.accepted
    assert checked.lines()[0] == (
        'error: survey, row 4, relevant: there is no question named "live"; did you mean "lives"?'
    )
    assert checked.document()["accepted"] is False
    assert checked.document()["findings"][0]["row"] == 4


def test_questions_are_asked_in_order_and_the_record_is_whole() -> None:
    scripted = {"lives": "نعم", "you/age": "٣٤", "why": "Pour l'eau"}

    told = play(form_of(TABLES), scripted, "fr", TODAY)

    assert [each["path"] for each in told["asked"]] == ["welcome", "lives", "you/age", "why"]
    assert told["asked"][1]["label"] == "Ici ?"
    assert told["asked"][1]["choices"][0] == {"name": "yes", "label": "Oui"}
    assert told["record"] == {"lives": "yes", "you/age": 34, "why": "Pour l'eau"}
    assert told["complete"]


def test_an_irrelevant_question_is_not_asked() -> None:
    told = play(form_of(TABLES), {"lives": "no", "age": 34}, "ar", TODAY)

    assert [each["path"] for each in told["asked"]] == ["welcome", "lives", "why"]
    assert told["record"] == {"lives": "no", "why": None}


def test_refused_answers_are_told_and_passed_over() -> None:
    told = play(form_of(TABLES), {"lives": "yes", "age": 12}, "fr", TODAY)

    assert told["violations"] == [
        {"path": "you/age", "kind": "constraint", "message": "18 ans ou plus", "details": {}}
    ]
    assert not told["complete"]


def test_a_missing_required_answer_is_unfinished() -> None:
    told = play(form_of(TABLES), {}, "fr", TODAY)

    assert told["violations"][0]["kind"] == "required"
    assert told["unfinished"] == ["lives"]


def test_a_refused_workbook_cannot_be_run() -> None:
    assert run(b"Bonjour", {}, "fr")["accepted"] is False
