"""Exports: ODK columns, typed cells, no formula, the same bytes, whole files or none."""

import asyncio
import csv
import io
import re
import resource
import tracemalloc
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bot.refusals import sentence_for
from forms.tabulation import FORMULA_LEADS
from handlers.summaries import in_each_language
from participation.exports import ExportFormat, ExportRefused, UnknownConsultation, export
from storage.audit import AuditEntry
from storage.base import SubmissionId
from storage.consultations import Consultation
from storage.database import Database
from storage.snapshots import PREFIX, remove_leftovers, snapshot
from storage.submissions import Submission
from tests.exports.answers import ARABIC, GIVEN, HARMFUL, NOW, PLUS, submission
from tests.exports.conftest import Goldens

FORMATS = list(ExportFormat)
WORDS = in_each_language()
Lines = list[dict[str, str]]


async def csv_lines(database: Database, out: Path, **options: Any) -> Lines:
    await export(database, "gardens", format="csv", out=out, words=WORDS, now=NOW, **options)
    text = exported_bytes(out).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(out: Path) -> list[list[Any]]:
    book = load_workbook(out)
    return [[cell.value for cell in row] for row in book.worksheets[-1].iter_rows()]


def begun_in(folder: Path) -> list[Path]:
    return list(folder.glob("*.csv*"))


def by_wish(lines: Lines, beginning: str) -> dict[str, str]:
    return next(line for line in lines if line["wish"].startswith(beginning))


@pytest.mark.parametrize(("separator", "labels"), [("-", None), ("/", None), ("-", "fr")])
async def test_a_csv_export_equals_its_golden_file(
    separator: str, labels: str | None, database: Database, tmp_path: Path, goldens: Goldens
) -> None:
    out = tmp_path / "gardens.csv"

    written = await export(
        database,
        "gardens",
        format="csv",
        separator=separator,
        labels=labels,
        out=out,
        words=WORDS,
        now=NOW,
    )

    name = f"gardens{'-group' if separator == '/' else ''}{f'-{labels}' if labels else ''}.csv"
    goldens.check(name, out.read_bytes())
    assert written.rows == len(GIVEN)
    assert written.out == out


async def test_an_xlsx_export_equals_its_golden_file(
    database: Database, tmp_path: Path, goldens: Goldens
) -> None:
    out = tmp_path / "gardens.xlsx"

    await export(database, "gardens", format="xlsx", labels="ar", out=out, words=WORDS, now=NOW)

    with ZipFile(out) as book:
        goldens.check("gardens-ar.xml", book.read("xl/worksheets/sheet2.xml"))


@pytest.mark.parametrize("wanted", FORMATS)
async def test_the_same_rows_give_the_same_bytes(
    wanted: ExportFormat, database: Database, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    await export(database, "gardens", format=wanted, out=first, words=WORDS, now=NOW)
    await export(database, "gardens", format=wanted, out=second, words=WORDS, now=NOW)

    assert first.read_bytes() == second.read_bytes()


async def test_rows_stand_in_the_order_of_random_ids_and_drafts_are_left_out(
    database: Database, tmp_path: Path
) -> None:
    lines = await csv_lines(database, tmp_path / "gardens.csv")

    ids = [line["_uuid"] for line in lines]
    assert [one[:2] for one in ids] == ["0e", "1b", "4a", "7d", "9c"]
    assert not any("not handed in" in str(line) for line in lines)


async def test_arabic_comes_back_and_the_file_begins_with_a_byte_order_mark(
    database: Database, tmp_path: Path
) -> None:
    out = tmp_path / "gardens.csv"

    lines = await csv_lines(database, out)

    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert by_wish(lines, ARABIC[:5])["wish"] == ARABIC


async def test_a_select_multiple_has_a_column_and_one_for_each_choice(
    database: Database, tmp_path: Path
) -> None:
    lines = await csv_lines(database, tmp_path / "gardens.csv")

    amina = by_wish(lines, "Des bancs")
    assert amina["uses"] == "read meet"
    split = [amina[f"uses/{choice}"] for choice in ("read", "learn", "meet")]
    assert split == ["1", "0", "1"]


async def test_what_is_not_relevant_any_more_is_not_exported(
    database: Database, tmp_path: Path
) -> None:
    lines = await csv_lines(database, tmp_path / "gardens.csv")

    changed_mind = by_wish(lines, "'=HYPERLINK")
    assert (changed_mind["goes"], changed_mind["uses"], changed_mind["uses/read"]) == (
        "no",
        "",
        "",
    )


async def test_labels_and_separator_are_chosen(database: Database, tmp_path: Path) -> None:
    names = await csv_lines(database, tmp_path / "names.csv", separator="/")
    labels = await csv_lines(database, tmp_path / "labels.csv", labels="ar")

    assert {"profile/age", "profile/since"} <= names[0].keys()
    assert {"السن", "أمنية"} <= labels[0].keys()
    assert {line["تذهبون؟"] for line in labels} == {"نعم", "لا"}


async def test_numbers_and_days_are_such_in_a_workbook(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "gardens.xlsx"

    await export(database, "gardens", format="xlsx", out=out, words=WORDS, now=NOW)

    header, *rows = xlsx_rows(out)
    by_id = {
        str(row[header.index("_uuid")])[:2]: dict(zip(header, row, strict=True)) for row in rows
    }
    assert by_id["4a"]["profile-age"] == 34
    assert by_id["4a"]["next_year"] == 35
    assert by_id["4a"]["profile-since"] == datetime(2019, 2, 28)  # noqa: DTZ001  (a cell's day)
    assert by_id["1b"]["budget"] == 1250.5
    assert by_id["7d"]["budget"] == -3
    assert by_id["4a"]["uses/read"] == 1


async def test_no_cell_of_a_workbook_is_a_formula_or_a_link(
    database: Database, tmp_path: Path
) -> None:
    out = tmp_path / "gardens.xlsx"

    await export(database, "gardens", format="xlsx", out=out, words=WORDS, now=NOW)

    assert live_parts(out) == []
    assert HARMFUL in {cell for row in xlsx_rows(out) for cell in row}


def test_a_planted_formula_and_a_planted_link_are_noticed(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = HARMFUL.replace(";", ",")
    sheet["A2"] = "x"
    sheet["A2"].hyperlink = "http://x.invalid"
    book.save(tmp_path / "planted.xlsx")

    assert live_parts(tmp_path / "planted.xlsx") == [b"<f>", b"<hyperlink"]


async def test_no_text_of_a_csv_file_is_a_formula(database: Database, tmp_path: Path) -> None:
    lines = await csv_lines(database, tmp_path / "gardens.csv")

    cells = [(key, cell) for line in lines for key, cell in line.items()]
    live = [
        (key, cell) for key, cell in cells if cell.startswith(FORMULA_LEADS) and key != "budget"
    ]
    assert len(cells) > 50
    assert live == []
    assert by_wish(lines, f"'{PLUS}212")["budget"] == "-3"


@pytest.mark.only("sqlite", reason="PostgreSQL reads a moment of itself, and copies nothing")
async def test_a_disk_without_room_for_the_copy_is_one_sentence(
    database: Database, tmp_path: Path
) -> None:
    out, (soft, hard) = tmp_path / "gardens.csv", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))

    try:
        with pytest.raises(DBAPIError) as refusal:
            await export(database, "gardens", format="csv", out=out, words=WORDS, now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert "the disk has room" in (sentence_for(refusal.value) or "")
    assert begun_in(tmp_path) == []


@pytest.mark.parametrize("wanted", FORMATS)
async def test_a_long_text_is_exported_whole(
    wanted: ExportFormat, database: Database, tmp_path: Path
) -> None:
    out, words = tmp_path / "long.xlsx", "كلمة " * 800
    await add(database, [{"wish": words}])

    await export(database, "gardens", format=wanted, out=out, words=WORDS, now=NOW)

    if wanted is ExportFormat.CSV:
        assert words in out.read_text(encoding="utf-8-sig")
    else:
        assert words in {cell for row in xlsx_rows(out) for cell in row}


async def test_an_export_of_nothing_has_headers(database: Database, tmp_path: Path) -> None:
    async with database.unit_of_work() as session:
        for row in await session.scalars(select(Submission)):
            await session.delete(row)

    out = tmp_path / "none.csv"
    written = await export(database, "gardens", format="csv", out=out, words=WORDS, now=NOW)

    assert written.rows == 0
    assert out.read_text(encoding="utf-8-sig").startswith("__version__,_uuid,")


async def test_an_export_is_in_the_audit(database: Database, tmp_path: Path) -> None:
    await export(
        database,
        "gardens",
        format="csv",
        labels="fr",
        out=tmp_path / "out.csv",
        words=WORDS,
        now=NOW,
    )

    async with database.reading() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.act, entry.subject, entry.at, entry.person_id) == (
        "export",
        "gardens",
        NOW,
        None,
    )
    assert entry.details == {
        "format": "csv",
        "separator": "-",
        "labels": "fr",
        "rows": len(GIVEN),
        "identified": False,
    }


async def test_an_unknown_consultation_is_refused_with_those_that_are(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(UnknownConsultation, match=r'no consultation "houses".*: gardens'):
        await export(
            database, "houses", format="csv", out=tmp_path / "out.csv", words=WORDS, now=NOW
        )

    assert not (tmp_path / "out.csv").exists()


async def test_places_that_cannot_be_written_are_refused(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    places = {
        tmp_path: "is a folder",
        tmp_path / "absent" / "out.csv": "There is no folder",
        tmp_path / "file" / "out.csv": "There is no folder",
        Path("/dev/null"): "is not a file that can be replaced",
        Path("/proc/out.csv"): "Nothing can be written into /proc",
    }

    for out, sentence in places.items():
        with pytest.raises(ExportRefused, match=sentence):
            await export(database, "gardens", format="csv", out=out, words=WORDS, now=NOW)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"format": "ods"}, "one of csv, xlsx"),
        ({"format": "csv", "separator": "."}, "one of - /"),
        ({"format": "csv", "labels": "en"}, "one of ar, fr"),
    ],
)
async def test_unknown_wishes_are_refused(
    options: dict[str, Any], sentence: str, database: Database, tmp_path: Path
) -> None:
    with pytest.raises(ExportRefused, match=sentence):
        await export(database, "gardens", out=tmp_path / "out", words=WORDS, now=NOW, **options)


@pytest.mark.parametrize("wanted", FORMATS)
async def test_an_export_that_is_broken_off_leaves_what_stood_there_and_nothing_else(
    wanted: ExportFormat, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    out = folder / "out.xlsx"
    out.write_text("the export of yesterday")
    await add(database, [{"wish": "x" * 1000}] * 1500)
    before = files_below(tmp_path)

    writing = asyncio.create_task(
        export(database, "gardens", format=wanted, out=out, words=WORDS, now=NOW)
    )
    while files_below(folder) == {out}:  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    assert out.read_text() == "the export of yesterday"
    assert files_below(tmp_path) == before
    async with database.reading() as session:
        assert (await session.scalars(select(AuditEntry))).all() == []


async def test_a_success_leaves_the_file_alone_and_only_its_owner_reads_it(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()

    await export(database, "gardens", format="xlsx", out=folder / "out.xlsx", words=WORDS, now=NOW)

    assert [path.name for path in folder.iterdir()] == ["out.xlsx"]
    assert (folder / "out.xlsx").stat().st_mode & 0o777 == 0o600
    assert not [path for path in files_below(tmp_path) if PREFIX in str(path)]


@pytest.mark.only("sqlite", reason="PostgreSQL needs no copy")
async def test_a_copy_that_a_killed_export_left_is_removed(
    database: Database, tmp_path: Path
) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "lock").write_bytes(b"")
    (left / "snapshot.db").write_bytes(b"answers")

    await export(database, "gardens", format="csv", out=tmp_path / "out.csv", words=WORDS, now=NOW)

    assert not left.exists()
    assert database.path is not None
    assert remove_leftovers(database.path) == 0


async def test_answers_that_arrive_meanwhile_wait_for_the_next_export(database: Database) -> None:
    counting = select(func.count()).select_from(Submission)

    async with snapshot(database) as session:
        first = await session.scalar(counting)
        await add(database, [{"wish": "too late"}])
        second = await session.scalar(counting)
    async with snapshot(database) as session:
        later = await session.scalar(counting)

    assert first == second == len(GIVEN) + 1
    assert later == len(GIVEN) + 2


@pytest.mark.parametrize("wanted", FORMATS)
async def test_memory_does_not_grow_with_the_rows(
    wanted: ExportFormat, database: Database, tmp_path: Path
) -> None:
    few, many = 600, 1500
    words = "كلمة " * 300
    await add(database, [{"wish": words}] * few)
    await peak(database, wanted, tmp_path / "first")  # what is imported once
    small = await peak(database, wanted, tmp_path / "small")
    await add(database, [{"wish": words}] * (many - few), start=few)
    large = await peak(database, wanted, tmp_path / "large")

    assert large < small + (many - few) * len(words.encode()) / 4


def files_below(folder: Path) -> set[Path]:
    """All but what SQLite keeps beside its file."""
    found = {path for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if not path.name.endswith(("-wal", "-shm"))}


def live_parts(out: Path) -> list[bytes]:
    """Formulas and links in any sheet of a workbook."""
    with ZipFile(out) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        written = b"".join(book.read(name) for name in sheets)
    return re.findall(rb"<f[ >]|<f/>|<hyperlink\b", written)


def exported_bytes(out: Path) -> bytes:
    return out.read_bytes()


async def add(database: Database, answers: list[dict[str, object]], start: int = 0) -> None:
    """Further submissions to the newest version."""
    async with database.unit_of_work() as session:
        consultation = (await session.scalars(select(Consultation))).one()
        for number, given in enumerate(answers, start):
            row = submission(consultation.id, consultation.form_version_id, "5f", "fr", given)
            row.id = SubmissionId(UUID(int=0x5F << 120 | number))
            row.respondent_key = row.id.bytes + b"x" * 16
            session.add(row)


async def peak(database: Database, wanted: ExportFormat, out: Path) -> int:
    """The most memory that an export had at once, in bytes."""
    tracemalloc.start()
    try:
        await export(database, "gardens", format=wanted, out=out, words=WORDS, now=NOW)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
