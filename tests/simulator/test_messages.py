"""What the bot sends, and what Telegram refuses to send."""

from typing import Any

import pytest

from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking

YES_NO = {"inline_keyboard": [[{"text": "Oui", "callback_data": "a:1"}], [
    {"text": "Le site", "url": "https://taroudant.ma"}]]}  # fmt: skip


async def test_a_message_is_returned_whole_and_seen_by_the_person(
    bot: Asking, amina: Phone
) -> None:
    sent = await bot(
        "sendMessage",
        chat_id=amina.id,
        text="<b>Votre quartier</b> &amp; votre rue ?",
        parse_mode="HTML",
        reply_markup=YES_NO,
    )

    seen = await amina.waits_for("Votre quartier")

    assert sent["text"] == "Votre quartier & votre rue ?"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 14}]
    assert sent["reply_markup"] == YES_NO
    assert sent["chat"]["id"] == amina.id
    assert sent["from"]["is_bot"] is True
    assert (seen.id, seen.html) == (sent["message_id"], "<b>Votre quartier</b> &amp; votre rue ?")
    assert [[button.text for button in row] for row in seen.buttons] == [["Oui"], ["Le site"]]


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "Bad Request: message text is empty"),
        ("  \n ", "Bad Request: message text is empty"),
        ("<b></b>", "Bad Request: message text is empty"),
        ("ب" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),
    ],
)
async def test_an_empty_or_too_long_text_is_refused(
    bot: Asking, amina: Phone, text: str, description: str
) -> None:
    refused = await bot.refused("sendMessage", chat_id=amina.id, text=text, parse_mode="HTML")

    assert (refused.status, refused.description) == (400, description)


async def test_the_length_is_counted_after_tags_and_entities_are_read(
    bot: Asking, amina: Phone
) -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"

    sent = await bot("sendMessage", chat_id=amina.id, text=text, parse_mode="HTML")

    assert len(sent["text"]) == 4096


async def test_a_caption_ends_at_1024_characters(bot: Asking, amina: Phone) -> None:
    await bot("sendDocument", chat_id=amina.id, document=b"x", caption="a" * 1024)

    refused = await bot.refused(
        "sendDocument", chat_id=amina.id, document=b"x", caption="a" * 1025
    )

    assert refused.description == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("button", "problem"),
    [
        ({"text": "x", "callback_data": "ب" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "1", "url": "https://a.ma"}, "one thing"),
        ({"text": "x", "url": "javascript:alert(1)"}, "URL 'javascript:alert(1)' is invalid"),
        ({"text": "", "callback_data": "1"}, "can't be empty"),
        ({"callback_data": "1"}, 'must have the field "text"'),
        ({"text": "x", "callback_data": "1", "color": "red"}, 'no field "color"'),
        ({"text": "x", "callback_data": 1}, "must be a String"),
        ("x", "must be an Object InlineKeyboardButton"),
    ],
)
async def test_a_button_that_telegram_would_not_take_is_refused(
    bot: Asking, amina: Phone, button: Any, problem: str
) -> None:
    markup = {"inline_keyboard": [[button]]}

    refused = await bot.refused("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)

    assert refused.status == 400
    assert problem in refused.description
    assert "reply_markup.inline_keyboard.0.0" in refused.description


async def test_callback_data_of_64_bytes_is_taken(bot: Asking, amina: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "ب" * 32}]]}

    await bot("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"chat_id": 1.5, "text": "x"}, "chat_id"),
        ({"chat_id": 1, "text": 5}, "text: must be a String"),
        ({"chat_id": 1, "text": "x", "protect_content": "yes"}, "must be a Boolean"),
        ({"chat_id": 1, "text": "x", "parse_mode": "Html"}, "must be one of HTML"),
        ({"chat_id": 1, "text": "x", "reply_markup": "{"}, "can't parse JSON"),
        ({"chat_id": 1, "text": "x", "entities": {}}, "must be an Array"),
        ({"text": "x"}, 'parameter "chat_id" of sendMessage is required'),
        ({"chat_id": 1, "text": "x", "reply_to_message_id": 3}, "unknown parameter"),
    ],
)
async def test_mistyped_missing_and_unknown_parameters_are_refused(
    bot: Asking, params: dict[str, Any], problem: str
) -> None:
    refused = await bot.refused("sendMessage", **params)

    assert refused.status == 400
    assert problem in refused.description


async def test_a_parameter_that_is_not_acted_out_is_named(bot: Asking, amina: Phone) -> None:
    refused = await bot.refused(
        "sendMessage", chat_id=amina.id, text="x", business_connection_id="b"
    )

    assert refused.status == 501
    assert "business_connection_id of sendMessage" in refused.description


async def test_forms_json_and_query_strings_are_understood_alike(
    bot: Asking, amina: Phone
) -> None:
    markup = '{"inline_keyboard": [[{"text": "Oui", "callback_data": "a:1"}]]}'
    form = {"chat_id": str(amina.id), "text": "5", "protect_content": "true"}

    by_form = await bot.form("sendMessage", form | {"reply_markup": markup})
    by_json = await bot("sendMessage", chat_id=amina.id, text="5", reply_markup=markup)
    async with bot.session.get(f"{bot.url}/sendMessage", params=form) as response:
        by_query = (await response.json())["result"]

    assert by_form["text"] == by_json["text"] == by_query["text"] == "5"
    assert by_form["reply_markup"] == by_json["reply_markup"]


async def test_a_body_that_is_not_one_is_refused(bot: Asking) -> None:
    for body in (b"{", b"[]", b"\xff"):
        headers = {"Content-Type": "application/json"}
        async with bot.session.post(f"{bot.url}/getMe", data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["ok"] is False


async def test_an_unknown_method_is_not_found(bot: Asking) -> None:
    async with bot.session.get(f"{bot.url}/sendTelepathy") as response:
        body = await response.json()

    assert (response.status, body["description"]) == (404, "Not Found: method not found")


async def test_a_chat_nobody_has_is_not_found(bot: Asking) -> None:
    refused = await bot.refused("sendMessage", chat_id=42, text="x")

    assert (refused.status, refused.description) == (400, "Bad Request: chat not found")


async def test_a_person_who_never_wrote_cannot_be_written_to(bot: Asking, town: Town) -> None:
    hassan = await town.phone("Hassan", language="ar")

    refused = await bot.refused("sendMessage", chat_id=hassan.id, text="x")

    assert refused.status == 403
    assert "can't initiate conversation" in refused.description


async def test_after_a_block_the_bot_is_forbidden_until_the_person_returns(
    bot: Asking, amina: Phone
) -> None:
    await amina.blocks()
    refused = await bot.refused("sendMessage", chat_id=amina.id, text="x")
    await amina.sends("I am back")
    sent = await bot("sendMessage", chat_id=amina.id, text="x")

    updates = await bot.updates()
    assert refused.description == "Forbidden: bot was blocked by the user"
    assert refused.status == 403
    assert sent["text"] == "x"
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "my_chat_member",
        "my_chat_member",
        "message",
    ]


async def test_a_deactivated_person_is_forbidden(bot: Asking, amina: Phone) -> None:
    await amina.leaves_telegram()

    refused = await bot.refused("sendMessage", chat_id=amina.id, text="x")

    assert refused.description == "Forbidden: user is deactivated"


async def test_a_reply_shows_what_it_replies_to(bot: Asking, amina: Phone) -> None:
    asked = await amina.sends("Où est la mairie ?")

    reply = {"message_id": asked}
    sent = await bot("sendMessage", chat_id=amina.id, text="Ici", reply_parameters=reply)
    lost = await bot.refused(
        "sendMessage", chat_id=amina.id, text="Ici", reply_parameters={"message_id": 9999}
    )

    assert sent["reply_to_message"]["text"] == "Où est la mairie ?"
    assert (await amina.waits_for("Ici")).reply_to == asked
    assert lost.description == "Bad Request: message to be replied not found"


async def test_a_reply_keyboard_is_shown_pressed_and_removed(bot: Asking, amina: Phone) -> None:
    keys = [[{"text": "Mon numéro", "request_contact": True}, {"text": "Plus tard"}]]
    await bot("sendMessage", chat_id=amina.id, text="?", reply_markup={"keyboard": keys})

    shown = await amina.keyboard()
    await amina.presses("Mon numéro")
    await amina.presses("Plus tard")
    remove = {"remove_keyboard": True}
    await bot("sendMessage", chat_id=amina.id, text="!", reply_markup=remove)

    contact, text = await bot.updates()
    assert shown == [["Mon numéro", "Plus tard"]]
    assert contact["message"]["contact"]["user_id"] == amina.id
    assert text["message"]["text"] == "Plus tard"
    assert await amina.keyboard() == []


async def test_a_contact_with_another_name_is_not_the_senders_own(
    bot: Asking, amina: Phone
) -> None:
    await amina.sends_contact("+212600000000")
    await amina.sends_contact("+212611111111", first_name="Hassan")

    own, other = [update["message"]["contact"] for update in await bot.updates()]
    assert (own["first_name"], own["user_id"]) == ("Amina", amina.id)
    assert other == {"phone_number": "+212611111111", "first_name": "Hassan"}


async def test_messages_are_copied_and_forwarded(bot: Asking, amina: Phone, town: Town) -> None:
    hassan = await town.phone("Hassan", language="ar")
    await hassan.sends("/start")
    asked = await amina.sends("L'eau manque")
    place = {"chat_id": hassan.id, "from_chat_id": amina.id, "message_id": asked}

    await bot("copyMessage", **place)
    forwarded = await bot("forwardMessage", **place)

    seen = await hassan.chat()
    assert [message.text for message in seen[1:]] == ["L'eau manque", "L'eau manque"]
    assert forwarded["forward_origin"]["sender_user"]["id"] == amina.id


async def test_a_group_that_became_a_supergroup_tells_its_new_id(
    bot: Asking, amina: Phone, town: Town
) -> None:
    group = await town.group("Conseil", amina, kind="group")
    moved = await town.migrates(group)

    refused = await bot.refused("sendMessage", chat_id=group["id"], text="x")
    await bot("sendMessage", chat_id=moved["id"], text="Séance demain")

    assert refused.parameters == {"migrate_to_chat_id": moved["id"]}
    assert (await amina.within(moved).waits_for("Séance demain")).sender == "bot"


async def test_contact_location_and_chat_action_reach_the_phone(bot: Asking, amina: Phone) -> None:
    await bot("sendContact", chat_id=amina.id, phone_number="0801", first_name="Mairie")
    await bot("sendLocation", chat_id=amina.id, latitude=30.47, longitude=-8.87)
    await bot("sendChatAction", chat_id=amina.id, action="typing")

    kinds = [message.kind for message in await amina.chat()]
    assert kinds[-2:] == ["contact", "location"]


async def test_chats_and_members_can_be_asked_about(bot: Asking, amina: Phone, town: Town) -> None:
    group = await town.group("Conseil", amina)

    chat = await bot("getChat", chat_id=amina.id)
    member = await bot("getChatMember", chat_id=group["id"], user_id=amina.id)
    count = await bot("getChatMemberCount", chat_id=group["id"])

    assert chat["first_name"] == "Amina"
    assert (member["status"], count) == ("creator", 2)
