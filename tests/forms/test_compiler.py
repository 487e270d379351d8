"""A workbook becomes a form, whole."""

import json

from forms.answers import Value
from forms.compiled import read_compiled
from forms.compiler import compile_workbook
from forms.form import Form, QuestionType
from tests.forms.workbooks import compiled, form_of, workbook

CHARTER = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | hint::Français (fr) | hint::العربية (ar) | required | required_message::Français (fr) | required_message::العربية (ar) | relevant | constraint | constraint_message::Français (fr) | constraint_message::العربية (ar) | calculation | default | chat::weight |
| note | welcome | مرحبا | Bienvenue |
| begin group | profile | أنتم | Vous |
| select_one district | district | الحي | Quartier | Un seul | واحد | yes | Choisissez | المرجو الاختيار | | | | | | | 3 |
| integer | age | السن | Âge | | | | | | ${district} != 'other' | . >= 18 and . < 120 | 18 ans ou plus | 18 سنة فما فوق |
| end group |
| calculate | decade | | | | | | | | | | | | int(${age} div 10) |
| select_multiple topic | topics | المواضيع | Thèmes | | | | | | | count-selected(.) <= 2 | Deux au plus | اثنان على الأكثر |
| decimal | hours | الساعات | Heures | | | | | | | | | | | 2.5 |
| date | day | اليوم | Jour |
| text | words | كلمتكم | Votre mot |
| today | today |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| district | kasbah | القصبة | Kasbah |
| district | other | حي آخر | Autre |
| topic | water | الماء | Eau |
| topic | light | الإنارة | Éclairage |
settings
| form_title | form_title::Français (fr) | form_id | version | default_language |
| الميثاق | La charte | charter | 7 | العربية (ar) |
"""  # noqa: E501 — one line of a table is one line of the sheet


def test_a_form_holds_what_its_sheets_say() -> None:
    form = form_of(CHARTER)

    assert (form.form_id, form.version) == ("charter", "7")
    assert form.title == {"ar": "الميثاق", "fr": "La charte"}
    assert (form.default_language, form.languages) == ("ar", ("ar", "fr"))
    assert [question.path for question in form.questions] == [
        "welcome",
        "profile/district",
        "profile/age",
        "topics",
        "hours",
        "day",
        "words",
    ]
    assert [question.index for question in form.questions] == list(range(7))
    assert {question.type for question in form.questions} == set(QuestionType)


def test_a_question_holds_its_row() -> None:
    district = form_of(CHARTER).question("profile/district")

    assert district.label == {"ar": "الحي", "fr": "Quartier"}
    assert district.hint == {"fr": "Un seul", "ar": "واحد"}
    assert [choice.name for choice in district.choices] == ["kasbah", "other"]
    assert district.required == "true()"
    assert district.required_message["fr"] == "Choisissez"
    assert district.chat == {"weight": "3"}
    assert district.row == 4


def test_only_the_day_of_today_is_announced_as_a_day() -> None:
    assert [finding.code for finding in compiled(CHARTER).warnings] == ["day_only"]


def test_a_form_survives_its_document() -> None:
    form = form_of(CHARTER)

    document = json.loads(json.dumps(form.to_json()))

    assert Form.from_json(document) == form


def test_what_the_child_process_writes_is_read_back() -> None:
    whole = compiled(CHARTER)

    again = read_compiled(json.dumps(whole.to_json()))

    assert again == whole


def test_the_same_workbook_gives_the_same_form() -> None:
    file = workbook(CHARTER)

    assert compile_workbook(file) == compile_workbook(file)


def test_an_untranslated_form_speaks_its_only_language() -> None:
    form = form_of(
        """
        survey
        | type | name | label |
        | text | a | Votre mot |
        """
    )

    assert form.languages == ("default",)
    assert form.question("a").label == {"default": "Votre mot"}


def test_apostrophes_are_curved_in_words_and_straight_in_expressions() -> None:
    form = form_of(
        """
        survey
        | type | name | label | hint | constraint | constraint_message |
        | text | a | Aujourd’hui, qu'attendez-vous ? | 'x' | . != "l’eau" | L’eau n'est rien |
        """
    )

    question = form.question("a")

    assert question.label == {"default": "Aujourd’hui, qu’attendez-vous ?"}
    assert question.hint == {"default": "'x'"}
    assert question.constraint_message == {"default": "L’eau n’est rien"}
    assert question.constraint == '. != "l\'eau"'


def test_a_plain_column_speaks_the_default_language() -> None:
    form = form_of(
        """
        survey
        | type | name | label | label::العربية (ar) |
        | text | a | Votre mot | كلمتكم |
        settings
        | form_id | version | default_language |
        | f | 1 | fr |
        """
    )

    assert form.question("a").label == {"fr": "Votre mot", "ar": "كلمتكم"}


def test_a_language_by_its_name_alone_is_known() -> None:
    form = form_of(
        """
        survey
        | type | name | label::French | label::Arabic |
        | text | a | Votre mot | كلمتكم |
        """
    )

    assert form.languages == ("fr", "ar")


def test_a_version_is_made_where_none_is_written() -> None:
    tables = """
        survey
        | type | name | label |
        | text | a | A |
        settings
        | form_id |
        | f |
        """

    assert len(form_of(tables).version) == 10


def test_other_headers_of_the_same_meaning_are_read() -> None:
    form = form_of(
        """
        survey
        | type | name | caption | relevance |
        | text | a | A |
        | text | b | B | ${a} != '' |
        """
    )

    assert form.question("b").relevant == "${a} != ''"


def test_values_are_as_the_contract_says() -> None:
    values: list[Value] = ["text", 3, "3.5", ["a", "b"], None, 2.25]

    assert json.loads(json.dumps(values)) == values
