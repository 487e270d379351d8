"""What a Bot API server, or something that stands before it, may answer."""

import asyncio

import pytest

from bot.telegram import Answer, OutcomeUnknown, Telegram
from tests.bot.test_http import request_of

PAGE = b"<html><h1>Down for maintenance</h1></html>"


async def answer_of(status: int, body: bytes) -> Answer:
    """What ``call`` makes of an answer."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()

    server = await asyncio.start_server(behave, "127.0.0.1", 0)
    telegram = Telegram(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "1:x")
    try:
        return await telegram.call("sendMessage", {}, within=5)
    finally:
        await telegram.close()
        server.close()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("status", [301, 403, 404, 502, 503])
async def test_a_page_of_a_proxy_is_the_server_s_trouble_and_had_no_effect(status: int) -> None:
    answer = await answer_of(status, PAGE)

    assert answer.status >= 500


async def test_a_page_that_calls_itself_a_success_leaves_the_outcome_unknown() -> None:
    with pytest.raises(OutcomeUnknown):
        await answer_of(200, PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b'{"ok": false, "parameters": [1], "error_code": 400}',
        b'{"ok": false, "parameters": {"retry_after": "soon"}, "error_code": 429}',
        b'{"ok": false, "error_code": "many"}',
        b'{"ok": false, "error_code": null, "description": 7}',
        b"[" * 100_000,
    ],
)
async def test_an_answer_of_another_shape_is_an_answer_all_the_same(body: bytes) -> None:
    answer = await answer_of(429, body)

    assert answer.status >= 400
    assert answer.retry_after is None


async def test_the_wait_that_telegram_asks_for_is_a_number() -> None:
    body = b'{"ok": false, "error_code": 429, "parameters": {"retry_after": 3600}}'

    assert (await answer_of(429, body)).retry_after == 3600
