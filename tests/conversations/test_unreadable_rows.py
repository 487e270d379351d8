"""Rows that the key file does not open are set aside, and the others are served."""

from datetime import UTC, datetime

from simulator.phone import Phone
from storage.database import Database
from storage.inbox import InboxState, Received, store
from storage.outbox import Outbox, OutboxState
from tests.conversations.commune import Commune


async def test_rows_of_another_key_file_stop_nobody(commune: Commune, amina: Phone) -> None:
    await commune.stop()
    database = Database(commune.database_url)
    now = datetime.now(UTC)
    async with database.unit_of_work() as session:
        session.add(
            Outbox(
                chat=b"x" * 40,
                partition=1,
                method="sendMessage",
                payload=b"y" * 40,
                state=OutboxState.WAITING,
                created_at=now,
            )
        )
        await store(session, [Received(1000001, 5, 1, "message", b"z" * 40)], now)
    await database.close()

    await commune.start()
    await amina.sends("/start")
    await amina.waits_for(button="Consultations")

    async def set_aside() -> bool:
        return await commune.outbox() == {OutboxState.FAILED: 1}

    await commune.until(set_aside)
    assert (await commune.inbox())[InboxState.PARKED] == 1
