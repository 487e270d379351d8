"""Files, pictures, PDFs and voices: sent from the page and opened on it."""

import struct
import zlib
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from playwright.async_api import Download, expect

from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

ROOT = Path(__file__).parents[2]
VOICES = ROOT / "simulator" / "page" / "voices"
NOTE = ROOT / "examples/taroudant/consultations/neighbourhood-houses/documents/houses-note-fr.pdf"


def png(width: int = 60, height: int = 40) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\x00" + b"\x2a\x7f\x62" * width) * height
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", header),
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ))  # fmt: skip


async def content_of(bot: Bot, town: Town, file: dict[str, Any]) -> bytes:
    """A file's bytes as the bot fetches them."""
    path = (await bot.asks("getFile", file_id=file["file_id"]))["file_path"]
    async with (
        ClientSession() as session,
        session.get(f"{town.base_url}/file/bot{town.token}/{path}") as answer,
    ):
        return await answer.read()


async def bytes_of(download: Download) -> bytes:
    """What was downloaded."""
    return (await download.path()).read_bytes()


async def test_a_pdf_opens_inside_the_phone(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.sends(
        "sendDocument", phone.id, "note.pdf", NOTE.read_bytes(), "application/pdf", caption="Note"
    )
    amina = await visitor.holds("Amina:fr")

    document = await amina.waits_for("Note")
    await expect(document).to_contain_text("note.pdf")
    await document.locator("button.attachment").click()

    await expect(amina.dialog.locator("iframe, a[download]").first).to_be_visible()
    await expect(
        amina.dialog.get_by_role("link", name=amina.words["fileDownload"])
    ).to_be_visible()


async def test_a_pdf_is_downloaded_whole(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Hassan", "ar")
    await phone.sends("/start")
    name = "بطاقة حول دور الحي.pdf"
    await bot.sends("sendDocument", phone.id, name, NOTE.read_bytes(), "application/pdf")
    hassan = await visitor.holds("Hassan:ar")

    await hassan.bubbles.last.locator("button.attachment").click()
    async with hassan.page.expect_download() as asked:
        await hassan.dialog.get_by_role("link", name=hassan.words["fileDownload"]).click()
    download = await asked.value

    assert download.suggested_filename == name
    assert await bytes_of(download) == NOTE.read_bytes()


async def test_a_file_that_no_browser_shows_is_downloaded(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.sends("sendDocument", phone.id, "réponses.csv", b"a,b\n1,2\n", "text/csv")
    amina = await visitor.holds("Amina:fr")

    async with amina.page.expect_download() as asked:
        await amina.bubbles.last.locator("button.attachment").click()
    download = await asked.value

    assert download.suggested_filename == "réponses.csv"
    assert await bytes_of(download) == b"a,b\n1,2\n"


async def test_a_web_page_sent_as_a_file_is_not_run(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    page = b"<script>document.title = 'run'</script>"
    sent = await bot.sends("sendDocument", phone.id, "a.html", page, "text/html")
    url = f"{town.base_url}/control/files/{sent['document']['file_id']}"

    async with ClientSession() as session, session.get(url) as answer:
        headers = answer.headers

    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


async def test_a_picture_is_drawn_and_opens(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.sends("sendPhoto", phone.id, "a.png", png(600, 400), "image/png", caption="La place")
    amina = await visitor.holds("Amina:fr")

    picture = (await amina.waits_for("La place")).get_by_role("img", name="La place")
    await expect(picture).to_be_visible()
    await picture.click()
    shown = amina.dialog.get_by_role("img")
    await expect(shown).to_be_visible()
    await expect(shown).to_have_js_property("naturalWidth", 600)
    await amina.page.keyboard.press("Escape")

    await expect(amina.dialog).to_have_count(0)


async def test_a_picture_is_sent_with_its_caption(
    visitor: Visitor, town: Town, bot: Bot, tmp_path: Path
) -> None:
    (tmp_path / "place.png").write_bytes(png())
    await (await town.phone("Amina", "fr")).sends("/start")
    await bot.hears()
    amina = await visitor.holds("Amina:fr")

    await amina.chooses(amina.words["attach"], amina.words["photo"])
    await amina.chooses_file(tmp_path / "place.png")
    await amina.dialog.get_by_role("textbox").fill("Ici")
    await amina.confirms()
    heard = await bot.hears()

    assert heard["caption"] == "Ici"
    assert await content_of(bot, town, heard["photo"][-1]) == png()
    await expect(amina.said("me").last.get_by_role("img", name="Ici")).to_be_visible()


async def test_a_file_is_sent(visitor: Visitor, town: Town, bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "رسالة.txt").write_text("مرحبا")
    await (await town.phone("Hassan", "ar")).sends("/start")
    await bot.hears()
    hassan = await visitor.holds("Hassan:ar")

    await hassan.chooses(hassan.words["attach"], hassan.words["document"])
    await hassan.chooses_file(tmp_path / "رسالة.txt")
    await hassan.confirms()
    heard = await bot.hears()

    assert heard["document"]["file_name"] == "رسالة.txt"
    assert (await content_of(bot, town, heard["document"])).decode() == "مرحبا"
    await expect(hassan.said("me").last).to_contain_text("رسالة.txt")


async def test_an_empty_file_is_refused_in_a_sentence(
    visitor: Visitor, town: Town, tmp_path: Path
) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    await (await town.phone("Amina", "fr")).sends("/start")
    amina = await visitor.holds("Amina:fr")

    await amina.chooses(amina.words["attach"], amina.words["document"])
    await amina.chooses_file(tmp_path / "vide.txt")

    await expect(amina.dialog.get_by_text(amina.words["fileEmpty"])).to_be_visible()


async def test_a_voice_of_the_bot_is_played(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    voice = (VOICES / "sample.fr.ogg").read_bytes()
    await bot.sends("sendVoice", phone.id, "v.ogg", voice, "audio/ogg")
    amina = await visitor.holds("Amina:fr")
    place = amina.bubbles.last.get_by_role("slider", name=amina.words["voicePosition"])

    await amina.bubbles.last.get_by_role("button", name=amina.words["voicePlay"]).click()

    await expect(
        amina.bubbles.last.get_by_role("button", name=amina.words["voicePause"])
    ).to_be_visible()
    await expect(place).not_to_have_value("0")


async def test_a_ready_voice_is_sent_and_played(visitor: Visitor, town: Town, bot: Bot) -> None:
    await (await town.phone("Hassan", "ar")).sends("/start")
    await bot.hears()
    hassan = await visitor.holds("Hassan:ar")

    await hassan.presses(hassan.words["voice"])
    await hassan.dialog.get_by_role("button", name=hassan.words["voiceSample"]).click()
    heard = await bot.hears()
    await hassan.said("me").last.get_by_role("button", name=hassan.words["voicePlay"]).click()

    sample = (VOICES / "sample.ar.ogg").read_bytes()
    assert await content_of(bot, town, heard["voice"]) == sample
    assert heard["voice"]["mime_type"] == "audio/ogg"
    assert heard["voice"]["duration"] >= 1
    await expect(
        hassan.said("me").last.get_by_role("button", name=hassan.words["voicePause"])
    ).to_be_visible()


async def test_a_voice_is_recorded_and_arrives_as_telegram_wants_it(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    await (await town.phone("Amina", "fr")).sends("/start")
    await bot.hears()
    amina = await visitor.holds("Amina:fr")

    await amina.presses(amina.words["voice"])
    await amina.dialog.get_by_role("button", name=amina.words["voiceRecord"]).click()
    await expect(amina.dialog.get_by_text("0:01 / ")).to_be_visible()
    await amina.dialog.get_by_role("button", name=amina.words["send"], exact=True).click()
    heard = await bot.hears()
    recorded = await content_of(bot, town, heard["voice"])
    await amina.said("me").last.get_by_role("button", name=amina.words["voicePlay"]).click()

    assert recorded.startswith(b"OggS")
    assert b"OpusHead" in recorded[:100]
    assert heard["voice"]["duration"] in {1, 2}
    await expect(
        amina.said("me").last.get_by_role("button", name=amina.words["voicePause"])
    ).to_be_visible()


async def test_without_a_microphone_the_ready_voice_is_left(visitor: Visitor, town: Town) -> None:
    await (await town.phone("Amina", "fr")).sends("/start")
    amina = await visitor.holds("Amina:fr")
    await amina.page.evaluate(
        "() => void (navigator.mediaDevices.getUserMedia = () =>"
        " Promise.reject(new DOMException('', 'NotFoundError')))"
    )

    await amina.presses(amina.words["voice"])
    await amina.dialog.get_by_role("button", name=amina.words["voiceRecord"]).click()

    await expect(amina.dialog.get_by_text(amina.words["voiceRefused"])).to_be_visible()
    await amina.dialog.get_by_role("button", name=amina.words["voiceSample"]).click()
    await expect(amina.said("me").last.locator(".voice-player")).to_be_visible()
