"""Files up and down."""

import base64

from aiohttp import FormData

from simulator.phone import Phone
from tests.simulator.asking import Asking

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEklEQVR42mNk+M9Qz8DAwMAAAA4CAQEy2ZFcAAAAAElFTkSuQmCC"
)


async def test_a_document_goes_to_the_person_and_again_by_its_id(
    bot: Asking, amina: Phone
) -> None:
    form = FormData()
    form.add_field("chat_id", str(amina.id))
    form.add_field("caption", "<b>Charte</b>")
    form.add_field("parse_mode", "HTML")
    form.add_field("document", b"%PDF-1.7", filename="charte.pdf", content_type="application/pdf")

    sent = await bot.form("sendDocument", form)
    again = await bot("sendDocument", chat_id=amina.id, document=sent["document"]["file_id"])

    seen = await amina.waits_for("Charte")
    assert seen.file is not None
    assert (seen.file.name, seen.file.mime_type) == ("charte.pdf", "application/pdf")
    assert await amina.downloads(seen) == b"%PDF-1.7"
    assert again["document"] == sent["document"]


async def test_a_file_may_be_attached_by_name(bot: Asking, amina: Phone) -> None:
    form = FormData()
    form.add_field("chat_id", str(amina.id))
    form.add_field("photo", "attach://picture")
    form.add_field("picture", PNG, filename="a.png", content_type="image/png")

    sent = await bot.form("sendPhoto", form)

    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (2, 3)


async def test_an_album_is_several_messages_of_one_group(bot: Asking, amina: Phone) -> None:
    form = FormData()
    form.add_field("chat_id", str(amina.id))
    media = '[{"type":"photo","media":"attach://a","caption":"A"},{"type":"photo","media":"attach://b"}]'
    form.add_field("media", media)
    for name in ("a", "b"):
        form.add_field(name, PNG, filename=f"{name}.png", content_type="image/png")

    album = await bot.form("sendMediaGroup", form)

    assert len({message["media_group_id"] for message in album}) == 1
    assert [message.text for message in await amina.chat()][1:] == ["A", ""]


async def test_a_persons_file_comes_down_in_the_same_bytes(bot: Asking, amina: Phone) -> None:
    await amina.sends_voice(b"OggS voice", duration=7)
    (update,) = await bot.updates()
    voice = update["message"]["voice"]

    file = await bot("getFile", file_id=voice["file_id"])

    address = bot.url.replace("/bot", "/file/bot") + f"/{file['file_path']}"
    async with bot.session.get(address) as response:
        assert await response.read() == b"OggS voice"
    async with bot.session.get(address.replace("1000001", "1000002")) as response:
        assert response.status == 404
    assert voice["duration"] == 7


async def test_what_telegram_would_not_take_as_a_file_is_refused(
    bot: Asking, amina: Phone
) -> None:
    (sent,) = [await bot("sendDocument", chat_id=amina.id, document=b"x")]
    document = sent["document"]["file_id"]

    refusals = {
        "URL": await bot.refused("sendPhoto", chat_id=amina.id, photo="https://a.ma/x.png"),
        "kind": await bot.refused("sendPhoto", chat_id=amina.id, photo=document),
        "id": await bot.refused("sendPhoto", chat_id=amina.id, photo="nothing"),
        "picture": await bot.refused("sendPhoto", chat_id=amina.id, photo=b"no picture"),
        "empty": await bot.refused("sendDocument", chat_id=amina.id, document=b""),
        "part": await bot.refused("sendDocument", chat_id=amina.id, document="attach://nothing"),
        "file": await bot.refused("getFile", file_id="nothing"),
    }

    words = {name: refused.description for name, refused in refusals.items()}
    assert {refused.status for refused in refusals.values()} == {400}
    assert "failed to get HTTP URL content" in words["URL"]
    assert words["kind"] == "Bad Request: can't use file of type Document as Photo"
    assert "wrong remote file identifier" in words["id"]
    assert words["picture"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert words["empty"] == "Bad Request: file must be non-empty"
    assert "was not uploaded" in words["part"]
    assert words["file"] == "Bad Request: invalid file_id"


async def test_a_file_that_nothing_refers_to_is_refused(bot: Asking, amina: Phone) -> None:
    refused = await bot.refused("sendMessage", chat_id=amina.id, text="x", stray=b"x")

    assert 'nothing refers to the uploaded file "stray"' in refused.description


async def test_a_file_above_20_megabytes_cannot_be_fetched(bot: Asking, amina: Phone) -> None:
    await amina.sends_document(b"\0" * (20 * 1024 * 1024 + 1), "large.bin")
    (update,) = await bot.updates()

    refused = await bot.refused("getFile", file_id=update["message"]["document"]["file_id"])

    assert refused.description == "Bad Request: file is too big"
