"""A running simulator, its town, a bare client, and Amina, who has started the bot."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from simulator.phone import Phone
from simulator.server import Running, start
from simulator.town import Town
from tests.simulator.asking import Asking


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with start() as running:
        yield running


@pytest.fixture
async def town(running: Running) -> AsyncIterator[Town]:
    async with Town.open(running.base_url) as town:
        yield town


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Asking]:
    async with ClientSession() as session:
        yield Asking(running.bot_url, session)


@pytest.fixture
async def amina(town: Town, bot: Asking) -> Phone:
    amina = await town.phone("Amina", language="fr")
    await amina.sends("/start")
    (update,) = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)
    return amina
