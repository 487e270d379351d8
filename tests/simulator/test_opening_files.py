"""Files as the page opens them: what is shown, what is handed over shut, and parts of them."""

from typing import Any

import pytest
from aiohttp import ClientResponse

from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking

SHOWN = ["image/png", "image/webp", "audio/ogg", "audio/webm;codecs=opus", "video/mp4",
         "application/pdf"]  # fmt: skip
SHUT = ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript",
        "application/zip", "x", "text/html\r\nX-Injected: 1", "", "application/pdfx"]  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN)
async def test_what_cannot_act_is_shown(bot: Asking, amina: Phone, town: Town, kind: str) -> None:
    opened = await sent(bot, amina, town, "plan", kind)

    assert opened.content_type == kind.partition(";")[0]
    assert opened.headers["Content-Disposition"].startswith("inline; ")
    assert "sandbox" not in opened.headers["Content-Security-Policy"]
    assert opened.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", SHUT)
async def test_anything_else_is_handed_over_shut(
    bot: Asking, amina: Phone, town: Town, kind: str
) -> None:
    opened = await sent(bot, amina, town, "plan", kind)

    assert opened.headers["Content-Disposition"].startswith("attachment; ")
    assert opened.headers["Content-Security-Policy"] == "sandbox"
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert opened.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "X-Injected" not in opened.headers


async def test_what_could_be_shown_is_handed_over_when_asked(
    bot: Asking, amina: Phone, town: Town
) -> None:
    opened = await sent(bot, amina, town, "plan.pdf", "application/pdf", download="1")

    assert opened.content_disposition is not None
    assert opened.content_disposition.type == "attachment"
    assert opened.content_disposition.filename == "plan.pdf"


@pytest.mark.parametrize(
    "name", ["نتائج الاستشارة.xlsx", 'a"b;c.xlsx', "été 2026.xlsx", "😀.xlsx"]
)
async def test_a_name_arrives_as_it_is(bot: Asking, amina: Phone, town: Town, name: str) -> None:
    opened = await sent(bot, amina, town, name, "application/octet-stream")

    assert opened.content_disposition is not None
    assert opened.content_disposition.filename == name
    assert opened.headers["Content-Disposition"].isascii()
    assert opened.content_type.endswith("spreadsheetml.sheet")


async def test_no_name_leads_out_of_a_folder(bot: Asking, amina: Phone, town: Town) -> None:
    opened = await sent(bot, amina, town, "../..\\a\r\nb\0.txt", "text/plain")

    assert opened.content_disposition is not None
    assert opened.content_disposition.filename == ".._.._a__b_.txt"


@pytest.mark.parametrize(
    ("asked", "status", "place", "part"),
    [
        ("bytes=2-4", 206, "bytes 2-4/10", b"234"),
        ("bytes=7-", 206, "bytes 7-9/10", b"789"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=0-1,4-5", 200, None, b"0123456789"),
        ("pages=1", 200, None, b"0123456789"),
    ],
)
async def test_a_player_may_ask_for_a_part(
    bot: Asking, amina: Phone, town: Town, asked: str, status: int, place: str, part: bytes
) -> None:
    await amina.sends_voice(b"0123456789")
    address = await newest(bot, amina, town)

    async with bot.session.get(address, headers={"Range": asked}) as response:
        assert (response.status, await response.read()) == (status, part)
        assert response.headers.get("Content-Range") == place
        assert response.headers["Accept-Ranges"] == "bytes"


async def test_a_recorders_voice_keeps_its_length(bot: Asking, amina: Phone, town: Town) -> None:
    voice = {"name": "voice.webm", "mime_type": "audio/webm;codecs=opus", "content": "T2dn",
             "duration": 4.6}  # fmt: skip
    address = f"{town.base_url}/control/people/{amina.id}/messages"
    async with bot.session.post(address, json={"voice": voice}) as response:
        assert response.status == 200

    (update,) = await bot.updates()

    heard = update["message"]["voice"]
    assert (heard["duration"], heard["mime_type"]) == (5, "audio/webm")


async def sent(
    bot: Asking, amina: Phone, town: Town, name: str, kind: str, **query: Any
) -> ClientResponse:
    """A document of that name and type, as it is opened."""
    await amina.sends_document(b"<script>", name, kind)
    async with bot.session.get(await newest(bot, amina, town), params=query) as response:
        assert await response.read() == b"<script>"
        return response


async def newest(bot: Asking, amina: Phone, town: Town) -> str:
    message = (await amina.chat())[-1]
    assert message.file is not None
    return f"{town.base_url}/control/files/{message.file.file_id}"
