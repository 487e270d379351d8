"""A published version never changes; people in mid-answer stay on theirs."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from participation.loading import load_directory
from simulator.phone import Phone
from storage.database import Database
from storage.keys import Keyring
from storage.questionnaires import FormVersion
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.conftest import EXAMPLE
from tests.conversations.walking import FRENCH, RECEIPT, REVIEW, begins, taps

WORKBOOK = Path("consultations") / HOUSES / "questionnaire.xlsx"


def changed_example(folder: Path) -> Path:
    """The example with another wording of its first question and a new version."""
    shutil.copytree(EXAMPLE, folder)
    book = openpyxl.load_workbook(folder / WORKBOOK)
    survey, settings = book["survey"], book["settings"]
    for row in survey.iter_rows(min_row=2):
        if row[1].value == "visits":
            row[3].value = "Passez-vous à la maison de quartier ?"
    version = next(cell.column for cell in settings[1] if cell.value == "version")
    settings.cell(2, version).value = "2099010101"
    book.save(folder / WORKBOOK)
    return folder


async def load(commune: Commune, folder: Path) -> None:
    database = Database(commune.database_url)
    try:
        await load_directory(database, Keyring(commune.key_file), folder, datetime.now(UTC))
    finally:
        await database.close()


async def versions(commune: Commune) -> int:
    return await commune.read(
        lambda session: session.scalar(select(func.count()).select_from(FormVersion))
    )


@pytest.mark.parametrize(
    "statement", ["UPDATE form_version SET version = 'x'", "DELETE FROM form_version"]
)
async def test_the_database_refuses_to_touch_a_published_version(
    commune: Commune, statement: str
) -> None:
    database = Database(commune.database_url)

    with pytest.raises(DBAPIError):
        async with database.unit_of_work() as session:
            await session.execute(text(statement))

    await database.close()


async def test_who_is_in_the_middle_stays_on_their_version_and_others_get_the_new_one(
    commune: Commune, amina: Phone, tmp_path: Path
) -> None:
    await begins(amina)
    changed = await asyncio.to_thread(changed_example, tmp_path / "changed")

    await load(commune, changed)
    tiziri = await commune.town.phone("Tiziri", "fr")
    newer = await begins(tiziri)
    await taps(amina, "Jamais", *[FRENCH.skip] * 11)
    review = await amina.waits_for(REVIEW)
    await amina.taps(review, FRENCH.send)
    await amina.waits_for(RECEIPT)

    assert "Allez-vous à la maison de quartier\u00a0?" in review.text
    assert "Passez-vous à la maison de quartier\u00a0?" in newer.text
    assert len({one.form_version_id for one in await commune.submissions()}) == 2


async def test_loading_the_same_again_doubles_nothing(commune: Commune) -> None:
    before = await versions(commune)

    await load(commune, EXAMPLE)

    assert await versions(commune) == before
