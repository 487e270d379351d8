"""The clerk makes a table in a child process: one file, whatever happens."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.clock import KEPT, Timekeeper
from bot.stopping import Hint, Stop
from bot.works import JOB
from bot.works.exporting import make_table
from handlers.summaries import in_each_language
from participation import tabling_child
from participation.export_process import zipped
from participation.ordering import ExportFormat, Wanted
from participation.tabling_child import TooLarge, table_in_child
from storage.consultations import Consultation, Mode
from storage.database import Database
from storage.keys import Keyring
from storage.people import Role
from storage.running import JobState
from storage.snapshots import PREFIX
from storage.submissions import Submission
from tests.exports.answers import GIVEN, NOW
from tests.exports.making import NAIMA, House, children, the_child
from tests.exports.test_exports import add, files_below

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[House]:
    """Naima is an officer of it."""
    house = House(database, Keyring.create(tmp_path / "keys"))
    await house.appoints()
    yield house
    await house.telegram.close()


async def test_a_job_gives_one_file_and_the_word(house: House) -> None:
    number = await house.orders()

    await house.clerk.work()

    (file,) = await house.files()
    assert (file.file_name, file.media_type.split(".")[-1]) == ("gardens-ar.xlsx", "sheet")
    assert load_workbook(BytesIO(file.content)).sheetnames == ["ملخص", "الأجوبة"]
    name, data = (await house.told())[-1]
    assert (name, data["rows"], data["attachment"]) == ("export.done", len(GIVEN), file.id)
    assert (await house.job(number)).state is JobState.DONE


async def test_the_same_rows_give_the_same_bytes_and_those_of_the_command(house: House) -> None:
    for _ in range(2):
        await house.orders()
        await house.clerk.work()

    first, second = await house.files()
    assert first.content == second.content


async def test_a_child_that_is_killed_is_told_of_and_the_job_repeated(house: House) -> None:
    await add(house.database, [{"wish": "x" * 200}] * 600)
    number = await house.orders()

    working = asyncio.create_task(house.clerk.work())
    os.kill(await the_child(), signal.SIGKILL)
    await working

    job = await house.job(number)
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert "export.failed" in [name for name, _data in await house.told()]
    assert await house.files() == []


async def test_a_clerk_that_ends_midway_leaves_nothing_and_its_next_one_makes_one_file(
    house: House, tmp_path: Path
) -> None:
    await add(house.database, [{"wish": "x" * 200}] * 600)
    number = await house.orders()

    working = asyncio.create_task(house.clerk.work())
    child = await the_child()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working

    assert child not in children()
    assert not [path for path in files_below(tmp_path) if PREFIX in str(path)]
    assert (await house.job(number)).state is JobState.WAITING
    await house.clerk.work()
    assert len(await house.files()) == 1


async def test_a_job_that_is_repeated_after_its_end_gives_nothing_more(house: House) -> None:
    number = await house.orders()
    await house.clerk.work()

    payload = (await house.job(number)).payload
    await make_table(house.office, {**payload, JOB: number})

    names = [name for name, _data in await house.told()]
    assert names.count("export.done") == 1
    assert len(await house.files()) == 1


async def test_a_role_that_was_withdrawn_meanwhile_gets_no_file(house: House) -> None:
    await house.orders()
    await house.changes(None)

    await house.clerk.work()

    assert [data["why"] for _name, data in await house.told()] == ["role"]
    assert await house.files() == []


async def test_an_analyst_gets_no_table_that_says_who_answered(house: House) -> None:
    await house.changes(Role.ANALYST)
    await house.orders(identified=True)

    await house.clerk.work()

    assert [data["why"] for _name, data in await house.told()] == ["role"]


async def test_answers_that_were_withdrawn_meanwhile_leave_nothing_to_export(
    house: House,
) -> None:
    await house.orders()
    async with house.database.unit_of_work() as session:
        for row in await session.scalars(select(Submission)):
            await session.delete(row)

    await house.clerk.work()

    assert (await house.told())[-1][1]["why"] == "empty"
    assert await house.files() == []


async def test_an_identified_table_says_who_and_is_handed_over_as_such(house: House) -> None:
    async with house.database.unit_of_work() as session:
        (await session.scalars(select(Consultation))).one().mode = Mode.IDENTIFIED
        rows_in_order = await session.scalars(select(Submission).order_by(Submission.id))
        for place, row in enumerate(rows_in_order):
            row.person_id, row.seat = NAIMA, 2 if place == 1 else 0
    await house.orders(identified=True, format="csv")

    await house.clerk.work()

    (file,) = await house.files()
    header, *rows = file.content.decode("utf-8-sig").splitlines()
    assert header.split(",")[5] == "_person_id"
    assert rows[0].split(",")[5] == str(NAIMA)
    assert rows[1].split(",")[4:6] == ["1", f"{NAIMA}_3"]  # her phone, and not her
    assert (await house.told())[-1][1]["identified"] is True


async def test_progress_is_told_in_steps_while_many_rows_are_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.works.exporting.TELL_SECONDS", 0)
    await add(house.database, [{"wish": "x" * 100}] * 2000)
    await house.orders()

    await house.clerk.work()

    *progress, (name, _data) = await house.told()
    assert name == "export.done"
    assert progress
    rows = [data["rows"] for _name, data in progress]
    assert rows == sorted(rows)
    assert {data["of"] for _name, data in progress} == {2000 + len(GIVEN)}


async def test_a_file_that_the_channel_does_not_carry_is_packed_and_then_refused(
    house: House, tmp_path: Path
) -> None:
    await add(house.database, [{"wish": "x" * 1000}] * 500)

    async def made(wanted: ExportFormat, largest: int) -> Path:
        async def progress(_rows: int, _of: int) -> None: ...

        async with house.database.reading() as session:
            consultation = (await session.scalars(select(Consultation))).one()
        table = await table_in_child(
            house.database,
            consultation.id,
            Wanted(wanted, labels="fr"),
            in_each_language(),
            tmp_path / f"table.{wanted}",
            NOW.date(),
            progress,
            largest=largest,
        )
        return table.path

    packed = await made(ExportFormat.CSV, 100_000)

    assert packed.name == "table.csv.zip"
    with ZipFile(packed) as archive:
        assert len(archive.read("table.csv")) > 500_000
    for wanted in ExportFormat:
        with pytest.raises(TooLarge):
            await made(wanted, 1000)


def test_an_archive_of_the_same_file_has_the_same_bytes(tmp_path: Path) -> None:
    packed = []
    for _ in range(2):
        (tmp_path / "table.csv").write_text("a,b\r\n")
        packed.append(zipped(tmp_path / "table.csv").read_bytes())

    assert packed[0] == packed[1]


def test_the_child_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")

    assert "1:secret" not in tabling_child._environment().values()


async def test_a_file_that_never_arrived_is_removed_by_the_clock(house: House) -> None:
    await house.orders()
    await house.clerk.work()

    await Timekeeper(house.database, lambda: NOW + KEPT - A_MINUTE, Hint(), Stop()).tidy()
    assert len(await house.files()) == 1

    await Timekeeper(house.database, lambda: NOW + KEPT + A_MINUTE, Hint(), Stop()).tidy()
    assert await house.files() == []
