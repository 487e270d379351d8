"""The sheet that a workbook opens on: counts that can be read in a council, and what they are."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from forms.identifying import identifying_questions
from forms.summing import Summing
from handlers.summaries import in_each_language, words_in
from participation.exports import export
from storage.consultations import Consultation, Mode
from storage.database import Database
from storage.people import Channel, Person
from storage.questionnaires import FormVersion
from storage.submissions import Submission
from tests.exports.answers import GIVEN, NOW
from tests.exports.conftest import Goldens
from tests.exports.test_exports import add
from tests.forms.workbooks import form_of

Rows = list[tuple[Any, ...]]
EVERY_KIND = form_of(
    """
    survey
    | type | name | label::fr | label::ar |
    | begin group | profile | Vous | أنتم |
    | select_one age | age | Âge | السن |
    | end group |
    | select_one way | way | Comment ? | كيف؟ |
    | select_multiple way | ways | Et encore ? | وماذا أيضا؟ |
    | integer | minutes | Minutes | دقائق |
    | decimal | km | Km | كم |
    | date | day | Jour | يوم |
    | text | wish | Souhait | أمنية |
    choices
    | list_name | name | label::fr | label::ar |
    | age | young | Moins de 30 ans | أقل من 30 سنة |
    | age | old | 30 ans et plus | 30 سنة فما فوق |
    | way | bus | Bus | حافلة |
    | way | foot | À pied | مشيا |
    """
)


async def workbook(database: Database, out: Path, labels: str | None = "fr", **other: Any) -> Any:
    await export(
        database,
        "gardens",
        format="xlsx",
        labels=labels,
        out=out,
        words=in_each_language(),
        now=NOW,
        **other,
    )
    return load_workbook(out)


async def rows_of(database: Database, out: Path, **other: Any) -> Rows:
    """The rows of the summary, without empty cells at their ends."""
    sheet = (await workbook(database, out, **other)).worksheets[0]
    return [tuple(cell for cell in row if cell is not None) for row in sheet.values]


def below(rows: Rows, heading: str) -> Rows:
    """The rows from a heading to the next empty one."""
    start = next(place for place, row in enumerate(rows) if row and row[0] == heading)
    rest = rows[start + 1 :]
    return rest[: rest.index(())] if () in rest else rest


@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_the_summary_equals_its_golden_file(
    language: str, database: Database, tmp_path: Path, goldens: Goldens
) -> None:
    rows = await rows_of(database, tmp_path / "out.xlsx", labels=language)

    lines = ["\t".join(str(cell) for cell in row) for row in rows]
    goldens.check(f"gardens-{language}-summary.txt", ("\n".join(lines) + "\n").encode())


async def test_both_sheets_of_the_arabic_edition_run_from_right_to_left(
    database: Database, tmp_path: Path
) -> None:
    arabic = await workbook(database, tmp_path / "ar.xlsx", "ar")
    french = await workbook(database, tmp_path / "fr.xlsx", "fr")

    assert arabic.sheetnames == ["ملخص", "الأجوبة"]
    assert arabic.active.title == "ملخص"
    assert [sheet.sheet_view.rightToLeft for sheet in arabic.worksheets] == [True, True]
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in french.worksheets] == [False, False]


async def test_the_data_have_frozen_wrapped_headers_a_filter_and_sensible_widths(
    database: Database, tmp_path: Path
) -> None:
    sheet = (await workbook(database, tmp_path / "out.xlsx")).worksheets[1]

    assert sheet.freeze_panes == "A2"
    assert all(cell.alignment.wrap_text for cell in sheet[1])
    assert sheet.auto_filter.ref == f"A1:O{1 + len(GIVEN)}"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    assert all(10 < width < 50 for width in widths)


async def test_shares_are_per_cent_and_days_are_days(database: Database, tmp_path: Path) -> None:
    sheet = (await workbook(database, tmp_path / "out.xlsx")).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    shares = [cell for cell in cells if cell.number_format == "0.0%"]
    days = [cell.value for cell in cells if isinstance(cell.value, datetime)]
    assert len(shares) > 5
    assert all(0 <= cell.value <= 1 for cell in shares)
    assert date(2026, 11, 20) in {day.date() for day in days}


async def test_started_finished_and_shared_phones_are_counted_apart(
    database: Database, tmp_path: Path
) -> None:
    async with database.unit_of_work() as session:
        first, *_rest, last = (
            await session.scalars(select(Submission).order_by(Submission.id))
        ).all()
        first.seat, last.seat = 1, 2

    took_part = below(await rows_of(database, tmp_path / "out.xlsx"), "Participation")

    assert [row[1] for row in took_part[1:]] == [6, 5, 2, 1]


async def test_who_answered_on_anothers_phone_is_told_from_the_accounts_holder(
    database: Database, tmp_path: Path
) -> None:
    async with database.unit_of_work() as session:
        (await session.scalars(select(Consultation))).one().mode = Mode.IDENTIFIED
        holder = Person(channel=Channel.TELEGRAM, channel_id=501, subscribed=False)
        session.add(holder)
        await session.flush()
        for row in await session.scalars(select(Submission)):
            row.person_id = holder.id

    alone = await rows_of(database, tmp_path / "alone.xlsx", identified=True)
    async with database.unit_of_work() as session:
        (await session.scalars(select(Submission))).all()[0].seat = 1
    named = await rows_of(database, tmp_path / "named.xlsx", identified=True)
    unnamed = await rows_of(database, tmp_path / "unnamed.xlsx")

    sentence = "ce n’est pas le titulaire du compte"
    assert [sentence in str(rows) for rows in (alone, named, unnamed)] == [False, True, False]


async def test_whatever_fewer_than_five_have_said_is_in_italics(
    database: Database, tmp_path: Path
) -> None:
    await add(database, [{"goes": "yes"}] * 5)
    sheet = (await workbook(database, tmp_path / "out.xlsx")).worksheets[0]

    italics: dict[str, list[bool]] = {}
    for row in sheet.iter_rows():
        if row[1].value is not None:
            italics.setdefault(row[0].value, []).append(bool(row[1].font.italic))
    assert (italics["Oui"], italics["Non"]) == ([False], [True])
    assert italics["Moyenne"] == italics["Le plus petit"] == [True, True]  # of one and of two
    assert italics["Ont répondu"] == [True, True, False, True, False, True]


async def test_a_table_made_before_the_last_day_says_that_its_figures_will_change(
    database: Database, tmp_path: Path
) -> None:
    early = await rows_of(database, tmp_path / "early.xlsx")
    async with database.unit_of_work() as session:
        one = (await session.scalars(select(Consultation))).one()
        one.opens_on, one.closes_on = date(2026, 11, 1), date(2026, 11, 21)
    late = await rows_of(database, tmp_path / "late.xlsx")

    sentence = "On peut encore répondre"
    assert [sentence in str(rows) for rows in (early, late)] == [True, False]


async def test_without_labels_the_words_are_those_of_the_forms_language(
    database: Database, tmp_path: Path
) -> None:
    book = await workbook(database, tmp_path / "out.xlsx", None)

    assert book.sheetnames == ["Résumé", "Réponses"]
    assert "goes" in [cell.value for cell in book.worksheets[1][1]]


async def test_an_answer_that_looks_like_rich_text_stays_a_text(
    database: Database, tmp_path: Path
) -> None:
    planted = "<r></t></is></c><c r='Z9'><f>1+1</f></c><c><is><t></r>"
    await add(database, [{"wish": planted}])
    out = tmp_path / "out.xlsx"

    book = await workbook(database, out)

    assert planted in {cell for row in book.worksheets[1].values for cell in row}
    with ZipFile(out) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet2.xml")


async def test_who_answered_is_left_out_and_the_summary_says_so(
    database: Database, tmp_path: Path
) -> None:
    form = form_of(
        """
        survey
        | type | name | label::fr | label::ar |
        | text | full_name | Votre nom | اسمكم |
        | text | wish | Souhait | أمنية |
        """
    )
    assert [one.question.name for one in identifying_questions(form)] == ["full_name"]
    async with database.unit_of_work() as session:
        consultation = (await session.scalars(select(Consultation))).one()
        consultation.mode = Mode.IDENTIFIED
        old = await session.get_one(FormVersion, consultation.form_version_id)
        version = FormVersion(
            form_id=old.form_id,
            version="v3",
            workbook=b"",
            workbook_hash="3",
            compiled=form.to_json(),
            published_at=NOW,
        )
        session.add(version)
        await session.flush()
        consultation.form_version_id = version.id
    await add(database, [{"full_name": "Amina", "wish": "Un banc"}])

    kept = await workbook(database, tmp_path / "out.xlsx")
    named = await workbook(database, tmp_path / "named.xlsx", identified=True)

    cells = [str(cell) for sheet in kept.worksheets for row in sheet.values for cell in row]
    assert "Amina" not in cells
    assert "Un banc" in cells
    assert "Votre nom" in cells  # among what the summary says is left out
    assert "Amina" in [cell for row in named.worksheets[1].values for cell in row]


def test_every_kind_of_question_is_counted() -> None:
    summing = Summing([EVERY_KIND], "fr")
    for number in range(1, 5):
        record: dict[str, Any] = {
            "profile/age": "young" if number < 4 else "old",
            "way": "bus",
            "ways": ["bus", "foot"] if number == 1 else ["foot"],
            "minutes": number * 10,
            "km": f"{number}.5",
            "day": f"2026-11-0{number}",
            "wish": "Un banc" if number == 1 else None,
        }
        summing.add("fr" if number == 1 else "ar", record, shared=number == 4)

    age, way, ways, minutes, km, day, wish = summing.questions()

    assert age.choices == (("Moins de 30 ans", 3), ("30 ans et plus", 1))
    assert way.choices == (("Bus", 4), ("À pied", 0))
    assert ways.choices == (("Bus", 1), ("À pied", 4))
    assert (ways.asked, ways.answered) == (4, 4)
    assert minutes.numbers is not None
    assert km.numbers is not None
    numbers = minutes.numbers
    assert (numbers.mean, numbers.median, numbers.least, numbers.most) == (25, 25, 10, 40)
    assert km.numbers.median == 3
    assert day.days == (date(2026, 11, 1), date(2026, 11, 4))
    assert (wish.asked, wish.answered) == (4, 1)
    assert (summing.count, summing.shared, summing.languages["ar"]) == (4, 1, 3)


def test_a_question_that_nobody_was_asked_has_no_numbers() -> None:
    summing = Summing([EVERY_KIND], "fr")

    assert [one.asked for one in summing.questions()] == [0] * 7
    assert all(one.numbers is None and one.days is None for one in summing.questions())


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_word_of_an_edition_is_in_its_language(language: str) -> None:
    document = words_in(language).document()
    source = words_in("").document()

    texts = {name: text for name, text in document.items() if isinstance(text, str)}
    assert len(texts) > 20
    assert {name for name, text in texts.items() if text == source[name]} == set()
