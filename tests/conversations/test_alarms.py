"""What goes wrong with the house reaches the administrator's chat."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.receiver import StoppedByTelegram
from simulator.phone import Phone
from storage.database import Database
from storage.people import Role
from storage.running import HEARD, remember, remembered
from tests.conversations.commune import Commune
from tests.conversations.staffing import arrives_as


async def test_an_administrator_hears_of_a_token_that_was_refused(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina, Role.ADMINISTRATOR)
    await commune.town.fault("error", "getUpdates", status=401, count=1)
    await amina.sends("/help")

    with pytest.raises(StoppedByTelegram):
        await commune.ends()
    await commune.start()

    await amina.waits_for("Telegram a refusé le jeton de ce service")


async def test_an_administrator_hears_which_words_may_be_lost(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina, Role.ADMINISTRATOR)
    await commune.stop()
    database = Database(commune.database_url)
    async with database.unit_of_work() as session:
        await remember(session, HEARD, datetime.now(UTC) - timedelta(hours=40))
    await database.close()

    await commune.start()
    await amina.sends("/help")
    await commune.until(lambda: heard_lately(commune))
    await commune.restart()

    await amina.waits_for("est peut-être perdu")


async def heard_lately(commune: Commune) -> bool:
    at = await commune.read(lambda session: remembered(session, HEARD))
    return at is not None and datetime.now(UTC) - at < timedelta(hours=1)
