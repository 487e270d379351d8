"""Updates that Telegram posts: checked, stored, and taken only then."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest

from simulator.phone import Phone
from storage.inbox import InboxState
from tests.conversations import raw
from tests.conversations.commune import Commune
from tests.conversations.test_database_trouble import writing_elsewhere
from tests.conversations.walking import WHY_NEVER, begins, bot_messages

SECRET = "a-secret_of-the-commune"  # noqa: S105  (this test's own)
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def posted_to(commune: Commune) -> str:
    """The commune restarted with a webhook; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/updates"
    await commune.restart(
        webhook_url=url, webhook_secret=SECRET, webhook_host="127.0.0.1", webhook_port=port
    )

    async def listening() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    await commune.until(listening)
    return url


async def post(url: str, body: bytes, secret: str | None = SECRET, **more: Any) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers, **more) as answer,
    ):
        return answer.status


async def test_a_conversation_goes_on_over_a_webhook(
    commune: Commune, posted_to: str, amina: Phone
) -> None:
    since = await commune.town.forget_requests()

    first = await begins(amina)
    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)

    assert (await commune.submission()).answers["house/visits"] == "never"
    polls = await commune.town.requests(since, polls=True, method="getUpdates")
    assert not polls


async def test_without_the_secret_nothing_is_taken(commune: Commune, posted_to: str) -> None:
    for secret in (None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()):
        assert await post(posted_to, b'{"update_id": 1, "message": {}}', secret) == 401
    assert not await commune.inbox()


async def test_without_the_secret_the_body_is_not_read(commune: Commune, posted_to: str) -> None:
    address = posted_to.removeprefix("http://").partition("/")[0]
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    writer.write(
        b"POST /updates HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n"
        b"Content-Type: application/json\r\n\r\n"
    )
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 5)
    writer.close()

    assert b"401" in answer


async def test_what_is_too_big_or_no_json_is_refused(commune: Commune, posted_to: str) -> None:
    assert await post(posted_to, b"[" + b" " * 1_000_001) == 413
    assert await post(posted_to, b"update_id=1") == 400
    assert await post(posted_to, b"\xff\xfe") == 400
    assert await post(posted_to, b"[" * 100_000) == 400
    assert not await commune.inbox()


async def test_json_that_is_no_update_is_closed(commune: Commune, posted_to: str) -> None:
    for body in (b"null", b"5", b"[]", b'"x"', b"{}", b'{"update_id": "x"}'):
        assert await post(posted_to, body) == 200
    await commune.until(lambda: _none_waits(commune))

    assert await commune.inbox() == {InboxState.UNKNOWN: 6}


async def test_an_update_posted_twice_has_one_effect(
    commune: Commune, posted_to: str, amina: Phone
) -> None:
    update = json.dumps({"update_id": 5, **raw.message(amina, "/start")}).encode()

    statuses = await asyncio.gather(*(post(posted_to, update) for _ in range(5)))
    await amina.sends("/help")
    await amina.waits_for()
    await commune.settled()

    assert set(statuses) == {200}
    assert await commune.inbox() == {InboxState.DONE: 2}


@pytest.mark.only("sqlite", reason="a write lock held elsewhere is SQLite's own")
async def test_what_the_database_cannot_take_is_brought_again(
    commune: Commune, posted_to: str, amina: Phone
) -> None:
    await commune.town.settings(webhook_backoff=0.1, webhook_timeout=0.5)
    first = await begins(amina)
    await commune.settled()

    async with writing_elsewhere(commune.database_url):
        await amina.taps(first, "Jamais")
        await asyncio.sleep(1)
        unconfirmed = await commune.town.pending_updates()
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert unconfirmed == 1
    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


@pytest.mark.only("postgresql", reason="SQLite's table cannot be renamed under a running bot")
async def test_a_database_that_refuses_is_a_503_and_loses_nothing(
    commune: Commune, posted_to: str, amina: Phone, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgres_server")
    database = commune.database_url.partition("?")[0].rpartition("/")[2]
    await commune.town.settings(webhook_backoff=0.1)
    first = await begins(amina)
    await commune.settled()
    await commune.looks_away()

    await asyncio.to_thread(
        server.execute,
        f"ALTER DATABASE {database} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'",  # noqa: S608  (our own name)
    )
    await amina.taps(first, "Jamais")
    update = json.dumps({"update_id": 5, **raw.message(amina, "/help")}).encode()
    status = await post(posted_to, update)
    await asyncio.to_thread(server.execute, f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert status == 503
    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_the_updates_of_a_chat_stay_in_order(
    commune: Commune, posted_to: str, amina: Phone
) -> None:
    await begins(amina)

    for typed in ("jamais", "2", "12", "1", "1", "1"):
        await amina.sends(typed)
    await amina.waits_for("Qui devrait participer")

    assert (await commune.submission()).answers == {
        "welcome": None,
        "house/visits": "never",
        "house/never_reason": ["far"],
        "house/walking_minutes": 12,
        "house/opening_times": ["morning"],
        "house/activities": ["tutoring"],
        "house/equipment": "books",
    }


async def _none_waits(commune: Commune) -> bool:
    return not (await commune.inbox()).get(InboxState.WAITING)
