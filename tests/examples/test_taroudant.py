"""The example commune's content is whole, in both languages, and claims no more than it knows."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pyxform.xls2xform import convert

from tests.examples.content import (
    LANGUAGES,
    TAROUDANT,
    consultations,
    every_text,
    faults,
    is_arabic,
    missing_sides,
    profile,
    rows,
    workbooks,
)

BUTTON_LENGTH = 30
QUESTION_LENGTH = 120
DOCUMENT_BYTES = 150_000
WORKBOOK_BYTES = 60_000
READ_TYPES = {
    "text",
    "integer",
    "decimal",
    "date",
    "note",
    "calculate",
    "begin_group",
    "end_group",
}
LONG_LISTS = {"quarter"}  # the neighbourhoods, shown on pages


def test_the_guards_catch_planted_faults() -> None:
    assert missing_sides({"ar": "نعم", "fr": ""}) == {"fr"}
    assert missing_sides({"fr": "Oui"}) == {"ar"}
    assert missing_sides({"ar": "", "fr": ""}) == set()
    assert faults("23 نوفمبر") == ["نوفمبر"]
    assert faults("٢٣ نونبر و يوليوز") == ["٢", "٣"]
    assert faults("المرجو تعبئة الاستمارة يوم 12 يوليوز") == []
    assert faults("abc\u202edef") == ["\u202e"]


def test_every_text_has_an_arabic_and_a_french_side() -> None:
    texts = every_text()

    assert len(texts) > 150
    assert {path: missing for path, sides in texts if (missing := missing_sides(sides))} == {}


def test_each_side_is_written_in_its_script() -> None:
    graded = {"A", "B", "C", "D"}
    words = [
        (path, sides)
        for path, sides in every_text()
        if any(sides.values()) and not path.endswith(".file") and sides["ar"] not in graded
    ]

    assert words
    assert [path for path, sides in words if not is_arabic(sides["ar"])] == []
    assert [path for path, sides in words if is_arabic(sides["fr"])] == []


def test_no_text_has_a_foreign_month_word_digit_or_hidden_control() -> None:
    pages = [*TAROUDANT.rglob("*.typ"), *TAROUDANT.rglob("*.toml")]
    written = {str(page): page.read_text(encoding="utf-8") for page in pages}
    shown = {
        f"{path} {side}": text for path, sides in every_text() for side, text in sides.items()
    }

    assert len(pages) >= 7
    assert {
        name: found for name, text in (written | shown).items() if (found := faults(text))
    } == {}


def test_the_profile_names_what_the_product_needs() -> None:
    document = profile()

    assert {"slug", "time_zone", "languages", "commune", "contacts", "bodies"} <= document.keys()
    assert {"ordinary_sessions", "laws", "figures", "neighbourhoods"} <= document.keys()
    assert {"personal_data", "certainty"} <= document.keys()
    assert document["contacts"]["toll_free"]["number"] == "0800008585"
    assert [session["month"] for session in document["ordinary_sessions"]] == [2, 5, 10]
    assert [str(body["founded_on"]) for body in document["bodies"]] == [
        "2022-02-11",
        "2022-03-11",
        "2024-12-05",
    ]


def test_every_fact_carries_an_explained_grade() -> None:
    document = profile()
    facts: list[dict[str, Any]] = [
        *document["figures"].values(),
        *document["ordinary_sessions"],
        *document["bodies"],
        *document["laws"].values(),
        *document["contacts"].values(),
    ]

    assert facts
    assert {fact["certainty"] for fact in facts} <= document["certainty"].keys()


def test_every_figure_has_value_unit_source_and_a_known_law() -> None:
    document = profile()
    figures = document["figures"]

    assert {"petition_signatures", "petition_reply_delay"} <= figures.keys()
    for name, figure in figures.items():
        assert isinstance(figure["value"], int), name
        assert figure["unit"], name
        assert figure["law"] in document["laws"], name
        assert figure["article"] >= 0, name
        assert figure["source"].keys() >= LANGUAGES, name
    assert all(session["law"] in document["laws"] for session in document["ordinary_sessions"])


def test_what_is_not_known_is_empty_and_what_is_unsure_is_not_shown() -> None:
    document = profile()

    assert document["personal_data"]["cndp_authorisation_number"] == ""
    assert document["contacts"]["opening_hours"]["shown"] is False
    assert [
        name
        for name, contact in document["contacts"].items()
        if contact["shown"] and contact["certainty"] in {"C", "D"}
    ] == []


def test_an_unsure_neighbourhood_is_disabled() -> None:
    neighbourhoods = profile()["neighbourhoods"]
    slugs = [place["slug"] for place in neighbourhoods]

    assert len(slugs) == len(set(slugs)) == 28
    assert [
        place["slug"] for place in neighbourhoods if place["enabled"] and not place["sure"]
    ] == []
    assert any(not place["sure"] for place in neighbourhoods)


def test_the_quarter_question_offers_the_enabled_neighbourhoods_and_three_ways_out() -> None:
    enabled = [place for place in profile()["neighbourhoods"] if place["enabled"]]
    book = TAROUDANT / "consultations" / "neighbourhood-houses" / "questionnaire.xlsx"
    quarters = [row for row in rows(book, "choices") if row["list_name"] == "quarter"]

    assert [row["name"] for row in quarters] == [
        *(place["slug"].replace("-", "_") for place in enabled),
        "other_quarter",
        "outside",
        "no_answer",
    ]
    for place, row in zip(enabled, quarters, strict=False):
        assert place["name"]["ar"] in row.values()
        assert place["name"]["fr"] in row.values()


def test_each_consultation_has_its_title_stake_window_form_and_documents() -> None:
    found = consultations()

    assert set(found) == {"charter-2024", "neighbourhood-houses"}
    for slug, document in found.items():
        assert document["slug"] == slug
        assert document["mode"] == "anonymous"
        assert (TAROUDANT / "consultations" / slug / document["form"]).is_file()
        assert {"title", "stake", "contact"} <= document.keys()
        assert len(document["window"]) == 2
        assert document["documents"]


def test_the_charter_window_spans_the_change_of_the_clocks() -> None:
    window = consultations()["charter-2024"]["window"]
    zone = ZoneInfo(profile()["time_zone"])

    opens = datetime.combine(window["opens_on"], time(), zone).astimezone(UTC)
    ends = datetime.combine(window["closes_on"] + timedelta(days=1), time(), zone).astimezone(UTC)

    assert opens == datetime(2024, 4, 3, 0, 0, tzinfo=UTC)
    assert ends == datetime(2024, 4, 15, 23, 0, tzinfo=UTC)


def test_the_other_consultation_is_open_on_the_day_of_loading() -> None:
    window = consultations()["neighbourhood-houses"]["window"]

    assert window == {"opens_in_days": 0, "closes_in_days": 21}


def test_every_document_is_a_small_file_with_its_source_beside_it() -> None:
    files = [
        TAROUDANT / "consultations" / slug / name
        for slug, document in consultations().items()
        for entry in document["documents"]
        for name in entry["file"].values()
    ]

    assert len(files) == 4
    assert sorted(files) == sorted(TAROUDANT.rglob("*.pdf"))
    for file in files:
        assert file.read_bytes().startswith(b"%PDF-"), file
        assert file.stat().st_size <= DOCUMENT_BYTES, file
        assert file.with_suffix(".typ").is_file(), file


def test_every_note_says_that_it_is_an_example() -> None:
    sources = sorted(TAROUDANT.glob("consultations/*/documents/*.typ"))

    assert sources
    for source in sources:
        badge = "نموذج" if source.stem.endswith("-ar") else "Exemple"
        assert f'badge: "{badge}"' in source.read_text(encoding="utf-8"), source


@pytest.mark.parametrize("workbook", workbooks(), ids=lambda book: book.parent.name)
class TestWorkbook:
    def test_pyxform_reads_it_without_a_warning(self, workbook: Path) -> None:
        warnings: list[str] = []

        convert(workbook.read_bytes(), warnings=warnings, file_type=".xlsx")

        assert warnings == []
        assert workbook.stat().st_size <= WORKBOOK_BYTES

    def test_every_shown_row_has_a_label_that_fits(self, workbook: Path) -> None:
        survey = rows(workbook, "survey")
        shown = [row for row in survey if row["type"] not in {"calculate", "end_group"}]
        questions = [row for row in shown if row["type"] != "note"]

        assert len(questions) > 8
        for row in shown:
            assert all(_labels(row)), row["name"]
        for row in questions:
            assert max(map(len, _labels(row))) <= QUESTION_LENGTH, row["name"]

    def test_every_choice_fits_its_button_and_lists_are_short(self, workbook: Path) -> None:
        choices = rows(workbook, "choices")
        sizes = {
            name: sum(row["list_name"] == name for row in choices)
            for name in {row["list_name"] for row in choices} - LONG_LISTS
        }

        assert choices
        for row in choices:
            assert all(_labels(row)), row["name"]
            assert max(map(len, _labels(row))) <= BUTTON_LENGTH, row["name"]
        assert {name: size for name, size in sizes.items() if size > 8} == {}

    def test_it_uses_only_types_that_are_read(self, workbook: Path) -> None:
        used = {row["type"].split()[0] for row in rows(workbook, "survey")}

        assert {"note", "text", "integer", "select_one", "select_multiple"} <= used
        assert used <= READ_TYPES | {"select_one", "select_multiple"}

    def test_a_constraint_and_a_requirement_explain_themselves(self, workbook: Path) -> None:
        survey = rows(workbook, "survey")
        ruled = [row for row in survey if row["constraint"] or row["required"]]

        assert ruled
        for row in ruled:
            if row["constraint"]:
                assert all(_sides(row, "constraint_message")), row["name"]
            if row["required"]:
                assert all(_sides(row, "required_message")), row["name"]

    def test_profile_questions_come_last_and_may_be_passed_over(self, workbook: Path) -> None:
        survey = rows(workbook, "survey")
        names = [row["name"] for row in survey]
        profile_rows = survey[names.index("profile") :]

        assert [row["type"] for row in profile_rows].count("end_group") == 1
        assert profile_rows[-1]["type"] == "end_group"
        for row in profile_rows:
            assert row["required"] == "", row["name"]
            if row["type"].startswith("select_one "):
                list_name = row["type"].split()[1]
                assert "no_answer" in _names(workbook, list_name), row["name"]


def _sides(row: dict[str, str], kind: str) -> list[str]:
    return [text for name, text in row.items() if name.startswith(f"{kind}::")]


def _labels(row: dict[str, str]) -> list[str]:
    labels = _sides(row, "label")
    assert len(labels) == len(LANGUAGES)
    return labels


def _names(workbook: Path, list_name: str) -> set[str]:
    return {row["name"] for row in rows(workbook, "choices") if row["list_name"] == list_name}
