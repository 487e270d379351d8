"""Submissions become a table whose columns are ODK's."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from forms.answers import Value
from forms.summing import Summing
from forms.tabulation import (
    FORMULA_LEADS,
    META,
    PERSON,
    PSEUDONYM,
    Meta,
    cells,
    columns,
    plain_text,
)
from tests.forms.workbooks import form_of

FIRST = form_of(
    """
    survey
    | type | name | label::fr | label::ar | calculation |
    | note | welcome | Bienvenue | مرحبا |
    | begin group | you | Vous | أنتم |
    | integer | age | Âge | السن |
    | select_one district | district | Quartier | الحي |
    | end group |
    | select_multiple topic | topics | Thèmes | المواضيع |
    | text | old | Ancien | قديم |
    | decimal | hours | Heures | ساعات |
    | date | day | Jour | يوم |
    | today | today |
    | calculate | third | | | ${you} div 3 |
    choices
    | list_name | name | label::fr | label::ar |
    | district | kasbah | Kasbah | القصبة |
    | topic | water | Eau | الماء |
    | topic | light | Éclairage | الإنارة |
    """.replace("${you}", "${age}")
)
SECOND = form_of(
    """
    survey
    | type | name | label::fr | label::ar |
    | begin group | you | Vous | أنتم |
    | integer | age | Votre âge | سنكم |
    | select_one district | district | Quartier | الحي |
    | end group |
    | select_multiple topic | topics | Thèmes | المواضيع |
    | text | new | Nouveau | جديد |
    | decimal | hours | Heures | ساعات |
    | text | day | Jour | يوم |
    choices
    | list_name | name | label::fr | label::ar |
    | district | kasbah | La Kasbah | القصبة |
    | topic | roads | Voirie | الطرق |
    | topic | water | Eau | الماء |
    """
)
META_ROW = Meta("7", "9f0c", date(2026, 11, 23), "ar", shared=True)
RECORD: dict[str, Value] = {
    "you/age": 34,
    "you/district": "kasbah",
    "topics": ["water"],
    "old": "=1+1",
    "hours": "3.5",
    "day": "2026-11-02",
    "today": "2026-11-03",
    "third": 11.25,
}


def headers(**options: object) -> list[str]:
    return [column.header for column in columns([FIRST], **options)][len(META) :]  # type: ignore[arg-type] # options are those of columns()


def test_groups_are_joined_and_choices_split() -> None:
    assert headers() == [
        "you-age",
        "you-district",
        "topics",
        "topics/water",
        "topics/light",
        "old",
        "hours",
        "day",
        "today",
        "third",
    ]


def test_the_separator_and_the_split_are_chosen() -> None:
    assert headers(separator="/", split=False)[:3] == ["you/age", "you/district", "topics"]


def test_metadata_lead_and_hold_a_day() -> None:
    table = columns([FIRST])

    assert [column.header for column in table[: len(META)]] == list(META)
    assert cells(table, META_ROW, RECORD)[: len(META)] == [
        "7",
        "9f0c",
        date(2026, 11, 23),
        "ar",
        1,
    ]


def test_cells_have_their_types() -> None:
    row = cells(columns([FIRST]), META_ROW, RECORD)[5:]

    assert row == [
        34,
        "kasbah",
        "water",
        1,
        0,
        "=1+1",
        Decimal("3.5"),
        date(2026, 11, 2),
        date(2026, 11, 3),
        Decimal("11.25"),
    ]


def test_what_was_not_answered_is_empty() -> None:
    row = cells(columns([FIRST]), META_ROW, {"topics": None})

    assert row[5:] == [None] * 10


def test_labels_take_the_place_of_names() -> None:
    table = columns([FIRST], labels="fr")

    assert [column.header for column in table][5:10] == [
        "Âge",
        "Quartier",
        "Thèmes",
        "Thèmes/Eau",
        "Thèmes/Éclairage",
    ]
    assert cells(table, META_ROW, RECORD)[6:8] == ["Kasbah", "Eau"]
    assert cells(columns([FIRST], labels="ar"), META_ROW, RECORD)[6] == "القصبة"


def test_versions_share_their_columns_and_keep_their_own() -> None:
    table = columns([FIRST, SECOND])

    assert [column.header for column in table][5:] == [
        "you-age",
        "you-district",
        "topics",
        "topics/roads",
        "topics/water",
        "topics/light",
        "old",
        "new",
        "hours",
        "day",
        "today",
        "third",
    ]
    assert cells(table, META_ROW, RECORD)[-3] == "2026-11-02"


def test_the_newest_words_head_the_columns() -> None:
    assert columns([FIRST, SECOND], labels="fr")[5].header == "Votre âge"


def test_no_two_columns_are_called_the_same() -> None:
    form = form_of(
        """
        survey
        | type | name | label |
        | text | a | Pourquoi ? |
        | text | b | Pourquoi ? |
        """
    )

    assert [column.header for column in columns([form], labels="fr")][5:] == [
        "Pourquoi ? (a)",
        "Pourquoi ? (b)",
    ]


def test_an_older_choice_that_exists_no_more_keeps_its_name() -> None:
    table = columns([SECOND], labels="fr")

    assert cells(table, META_ROW, {"you/district": "medina"})[6] == "medina"


CHANGED = [
    form_of(
        f"""
        survey
        | type | name | label |
        | {select} topic | topic | Quoi ? |
        | {number} | hours | Combien ? |
        choices
        | list_name | name | label |
        | topic | water | Eau |
        | topic | roads | Voirie |
        """
    )
    for select, number in (("select_one", "integer"), ("select_multiple", "decimal"))
]
"""One choice became several, a whole number any."""


def test_a_type_that_became_wider_is_read_for_all_versions() -> None:
    table = columns(CHANGED, labels="fr")
    summing = Summing(CHANGED, "fr")
    given: list[dict[str, Value]] = [
        {"topic": "water", "hours": 3},
        {"topic": ["water", "roads"], "hours": "4.5"},
    ]
    for record in given:
        summing.add("fr", record, shared=False)
    topic, hours = summing.questions()

    assert [one.header for one in table][5:] == [
        "Quoi ?",
        "Quoi ?/Eau",
        "Quoi ?/Voirie",
        "Combien ?",
    ]
    assert cells(table, META_ROW, given[0])[5:] == ["Eau", 1, 0, 3]
    assert cells(table, META_ROW, given[1])[5:] == ["Eau; Voirie", 1, 1, Decimal("4.5")]
    assert topic.choices == (("Eau", 2), ("Voirie", 1))
    assert hours.numbers is not None
    assert hours.numbers.mean == 3.75


@given(st.text())
def test_no_answer_becomes_a_formula_and_no_word_is_lost(answer: str) -> None:
    cell = plain_text(answer)

    assert not cell.startswith(FORMULA_LEADS)
    assert cell.removeprefix("'") == answer.removeprefix("'")


def test_a_formula_behind_spaces_is_none_either() -> None:
    for lead in FORMULA_LEADS:
        for before in ("", " ", "\u200f", "\ufeff ", "\u2003", "\x0b", "\u00ad", "\ufe0f"):
            assert plain_text(f"{before}{lead}1").startswith("'")


def test_what_says_who_answered_stands_only_where_it_is_wanted() -> None:
    meta = Meta("7", "9f0c", date(2026, 11, 23), "ar", pseudonym="K7", person=str(2**52))

    table = columns([FIRST], meta=(*META, PSEUDONYM, PERSON), without=["old", "you/age"])

    paths = [column.path for column in table]
    assert "topics" in paths
    assert not {"old", "you/age"} & set(paths)
    assert cells(table, meta, RECORD)[len(META) : len(META) + 2] == ["K7", str(2**52)]
