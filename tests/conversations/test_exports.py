"""Naima takes the council's table from her chat, while others answer and whatever happens."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from benchmarks.answered import fill
from simulator.chat_message import ChatMessage
from simulator.phone import Phone
from storage.attachments import Attachment
from storage.audit import AuditEntry
from storage.running import Job, JobState
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.staffing import arrives_as
from tests.conversations.walking import TIMES, reaches_minutes, taps

FILE = "contributions envoyées"


@pytest.fixture
async def naima(commune: Commune) -> Phone:
    """An officer who reads French."""
    phone = await commune.town.phone("Naima", "fr")
    return await arrives_as(commune, phone)


async def orders(naima: Phone, table: str = "Excel · Français") -> None:
    """From the workspace to a table being made."""
    await naima.sends("/export")
    for label in ("Maisons de quartier", table):
        await taps(naima, label)


async def count(commune: Commune, kind: Any) -> int:
    async def ask(session: Any) -> int:
        return int(await session.scalar(select(func.count()).select_from(kind)))

    return await commune.read(ask)


async def audit(commune: Commune) -> list[AuditEntry]:
    """What was noted of exports."""

    async def ask(session: Any) -> list[AuditEntry]:
        found = await session.scalars(select(AuditEntry).where(AuditEntry.act == "export"))
        return list(found)

    return await commune.read(ask)


async def files(naima: Phone) -> list[ChatMessage]:
    return [message for message in await naima.chat() if message.file]


async def test_the_table_comes_as_a_file_that_opens_on_its_summary(
    commune: Commune, naima: Phone
) -> None:
    await fill(commune.database_url, HOUSES, 0, 30)
    since = await commune.town.forget_requests()

    await orders(naima)
    message = await naima.waits_for(FILE, timeout=120)

    book = load_workbook(BytesIO(await naima.downloads(message)))
    assert book.sheetnames == ["Résumé", "Réponses"]
    assert book["Réponses"].max_row == 31
    assert "30" in message.text
    await commune.settled()
    sent = await commune.town.requests(since, chat_id=naima.chat_id)
    (upload,) = [one for one in sent if one.method == "sendDocument"]
    assert "protect_content" not in upload.params
    assert await count(commune, Attachment) == 0
    assert [entry.details["rows"] for entry in await audit(commune)] == [30]


async def test_nobody_waits_while_tens_of_thousands_of_rows_are_written(
    commune: Commune, naima: Phone, amina: Phone
) -> None:
    await fill(commune.database_url, HOUSES, 0, 20_000)
    colleague = await arrives_as(commune, await commune.town.phone("Said", "fr"))

    await orders(naima)
    await reaches_minutes(amina)
    await amina.sends("12")
    await amina.waits_for(TIMES)
    await colleague.sends("/staff")
    await taps(colleague, "Nouvelle consultation", "Remplir un classeur Excel")
    await colleague.waits_for("Ouvrez-le dans Excel")

    assert await waiting(commune) == 1  # neither Amina nor the workbook has waited for it
    message = await naima.waits_for(FILE, timeout=300)
    assert load_workbook(BytesIO(await naima.downloads(message)), read_only=True)
    told = [one for one in await naima.chat() if one.text.startswith("Le tableau est")]
    assert len(told) == 1
    assert "le fichier est ci-dessous" in told[0].text


async def waiting(commune: Commune) -> int:
    """How many exports are not done."""

    async def ask(session: Any) -> int:
        found = await session.scalars(
            select(Job).where(Job.kind == "export", Job.state == JobState.WAITING)
        )
        return len(found.all())

    return await commune.read(ask)


async def test_a_bot_that_ends_midway_begins_anew_and_one_file_comes(
    commune: Commune, naima: Phone
) -> None:
    await fill(commune.database_url, HOUSES, 0, 2000)
    await orders(naima)
    await commune.settled()

    await commune.restart()
    await naima.waits_for(FILE, timeout=120)
    await commune.settled()

    assert len(await files(naima)) == 1
    assert await waiting(commune) == 0


async def test_two_tables_are_two_files_and_the_words_of_each_language(
    commune: Commune, naima: Phone
) -> None:
    await fill(commune.database_url, HOUSES, 0, 3)
    await orders(naima, "CSV · Français")
    await naima.waits_for(FILE, timeout=120)
    await orders(naima, "Excel · العربية")

    async def both() -> bool:
        return len(await files(naima)) == 2

    await commune.until(both, seconds=60)
    first, second = await files(naima)
    assert (await naima.downloads(first)).startswith(b"\xef\xbb\xbf__version__")
    book = load_workbook(BytesIO(await naima.downloads(second)))
    assert book.worksheets[0].sheet_view.rightToLeft
    assert book.worksheets[1].sheet_view.rightToLeft
