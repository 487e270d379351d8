"""The workbooks that we write are forms without a finding, in ODK's eyes too."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from forms.authoring import Questionnaire, Written, WrittenQuestion, workbook_of
from forms.compiler import compile_workbook
from forms.form import QuestionType
from participation.templates import NO_ANSWER, NOTES, example, template

PROFILE = {
    "neighbourhoods": [
        {"slug": "hay-hassani", "name": {"ar": "الحي الحسني", "fr": "Hay Hassani"}},
        {"slug": "lost", "name": {"ar": "مجهول", "fr": "Inconnu"}, "enabled": False},
    ]
}


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("profile", [{}, PROFILE], ids=["no profile", "a profile"])
def test_the_template_is_a_form_without_a_finding(
    profile: dict[str, object], language: str
) -> None:
    compiled = compile_workbook(template(profile, language))

    assert compiled.warnings == ()
    assert compiled.form.languages == ("ar", "fr")
    assert len(compiled.form.questions) == (9 if profile else 8)


def test_the_template_opens_in_odk() -> None:
    converted = convert(template(PROFILE, "ar"), file_type=".xlsx")

    assert "<h:title>عنوان التشاور · Titre de la consultation</h:title>" in converted.xform


def test_its_five_examples_are_of_five_types() -> None:
    first = [one.type for one in example(PROFILE).questions[:5]]

    assert len(set(first)) == 5


def test_what_it_asks_about_people_is_optional_and_may_be_declined() -> None:
    about = example(PROFILE).questions[5:]

    assert [one.name for one in about] == ["age_group", "gender", "quarter", "capacity"]
    assert all(NO_ANSWER in one.choices and not one.is_required for one in about)
    assert [one.name for one in about[2].choices] == ["hay_hassani", "other", "no_answer"]


@pytest.mark.parametrize(("language", "turned"), [("ar", True), ("fr", False)])
def test_every_column_has_a_note_in_the_officers_language(language: str, *, turned: bool) -> None:
    book = load_workbook(BytesIO(template(PROFILE, language)))

    assert book.sheetnames == ["survey", "choices", "settings"]
    for sheet in book:
        assert bool(sheet.sheet_view.rightToLeft) is turned
        for cell in sheet[1]:
            assert cell.comment is not None, (sheet.title, cell.value)
            assert cell.comment.text.strip() in {text[language] for text in NOTES.values()}
    validations = book["survey"].data_validations.dataValidation
    assert any("select_one frequency" in str(one.formula1) for one in validations)


def test_notes_are_written_in_both_languages() -> None:
    assert all(set(texts) == {"ar", "fr"} for texts in NOTES.values())


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    assert template(PROFILE, "ar") == template(PROFILE, "ar")


def test_what_is_written_comes_back_from_the_workbook() -> None:
    question = WrittenQuestion(
        QuestionType.SELECT_MULTIPLE,
        "q1",
        {"ar": "ماذا؟", "fr": "=Quoi ?"},
        choices=(Written("c1", {"ar": "أ", "fr": "A"}), Written("c2", {"ar": "ب", "fr": "1.0"})),
        list_name="q1",
        is_required=True,
    )

    form = compile_workbook(
        workbook_of(Questionnaire({"ar": "عنوان", "fr": "Titre"}, "f", "1", (question,)))
    ).form

    (read,) = form.questions
    assert (read.type, read.label, read.required) == (question.type, question.label, "true()")
    assert [dict(one.label) for one in read.choices] == [
        {"ar": "أ", "fr": "A"},
        {"ar": "ب", "fr": "1.0"},
    ]
