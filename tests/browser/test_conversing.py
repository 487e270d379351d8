"""A conversation as it is seen: lists, bubbles, buttons, notices."""

import re

from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Visitor, texts
from tests.browser.scripted import Bot, keyboard


async def test_what_the_bot_says_appears_by_itself(visitor: Visitor, town: Town, bot: Bot) -> None:
    amina = await visitor.holds("Amina:fr")
    await amina.presses(amina.words["start"])
    message = await bot.hears()

    await bot.says(message["chat"]["id"], "Bonjour Amina")

    assert message["text"] == "/start"
    await amina.waits_for("Bonjour Amina")
    assert len(await texts(amina.bubbles)) == 2


async def test_the_chat_list_tells_the_last_words_and_what_is_unread(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("Salut")
    amina = await visitor.holds("Amina:fr")
    await amina.presses(amina.words["backToChats"])
    row = amina.phone.get_by_role("list", name=amina.words["chatList"]).get_by_role("button")

    await expect(row).to_contain_text("Salut")
    await bot.says(phone.id, "Une annonce")
    await expect(row).to_contain_text("Une annonce")
    await expect(row).to_contain_text("1 message non lu")
    await row.click()
    await amina.waits_for("Une annonce")
    await amina.presses(amina.words["backToChats"])

    await expect(row).not_to_contain_text("non lu")


async def test_an_edit_changes_the_message_where_it_stands(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    sent = await bot.says(phone.id, "Première question", [("Oui", "yes")])
    await bot.says(phone.id, "Plus bas")
    amina = await visitor.holds("Amina:fr")

    await bot.changes(sent, "Première question : oui", [("Changer", "change")])

    changed = amina.phone.locator(f'article[data-message="{sent["message_id"]}"]')
    await expect(changed).to_contain_text("Première question : oui")
    await expect(changed).to_contain_text(amina.words["edited"])
    assert await texts(changed.get_by_role("button", name="Changer")) == ["Changer"]
    assert len(await texts(amina.said())) == 2
    await expect(amina.said().last).to_contain_text("Plus bas")


async def test_a_message_that_was_deleted_is_gone(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    sent = await bot.says(phone.id, "Par erreur")
    amina = await visitor.holds("Amina:fr")
    await amina.waits_for("Par erreur")

    await bot.asks("deleteMessage", chat_id=phone.id, message_id=sent["message_id"])

    await expect(amina.bubble("Par erreur")).to_have_count(0)


async def test_a_tap_waits_for_its_notice_and_shows_it(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(phone.id, "D’accord ?", [("Oui", "yes"), ("Non", "no")])
    amina = await visitor.holds("Amina:fr")

    await amina.taps("Oui")
    query = await bot.hears("callback_query")
    await expect(amina.key("Oui")).to_have_attribute("aria-busy", "true")
    await bot.answers(query, "C’est noté.")

    assert query["data"] == "yes"
    await expect(amina.toast).to_have_text("C’est noté.")
    await expect(amina.key("Oui")).not_to_have_attribute("aria-busy", "true")


async def test_a_silent_answer_only_ends_the_waiting(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(phone.id, "D’accord ?", [("Oui", "yes")])
    amina = await visitor.holds("Amina:fr")

    await amina.taps("Oui")
    await bot.answers(await bot.hears("callback_query"))

    await expect(amina.key("Oui")).not_to_have_attribute("aria-busy", "true")
    await expect(amina.toast).to_have_count(0)


async def test_an_alert_is_read_and_put_away(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(phone.id, "D’accord ?", [("Oui", "yes")])
    amina = await visitor.holds("Amina:fr")

    await amina.taps("Oui")
    await bot.answers(await bot.hears("callback_query"), "Trop tard.", show_alert=True)
    await expect(amina.dialog).to_contain_text("Trop tard.")
    await amina.dialog.get_by_role("button", name=amina.words["understood"]).click()

    await expect(amina.dialog).to_have_count(0)
    await expect(amina.key("Oui")).to_be_focused()


async def test_typing_is_shown_until_the_bot_has_written(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    amina = await visitor.holds("Amina:fr")
    writing = amina.phone.get_by_text(amina.words["typing"])

    await bot.asks("sendChatAction", chat_id=phone.id, action="typing")
    await expect(writing).to_be_visible()
    await bot.says(phone.id, "Voilà")

    await amina.waits_for("Voilà")
    await expect(writing).to_have_count(0)


async def test_ticks_tell_that_the_bot_has_taken_a_message_in(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    await (await town.phone("Amina", "fr")).sends("/start")
    amina = await visitor.holds("Amina:fr")
    await bot.hears()
    await bot.confirms()

    await amina.writes("Des livres")
    ticks = amina.bubble("Des livres").locator(".ticks")
    await expect(ticks).to_have_accessible_name(amina.words["sent"])
    await bot.hears()
    await bot.confirms()

    await expect(ticks).to_have_accessible_name(amina.words["read"])


async def test_a_reply_shows_what_it_answers(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    await bot.says(phone.id, "Quel quartier ?")
    amina = await visitor.holds("Amina:fr")

    question = await amina.waits_for("Quel quartier ?")
    await question.click(button="right")
    await amina.menu.get_by_role("menuitem", name=amina.words["reply"]).click()
    await amina.writes("Assarag")
    heard = await bot.hears()

    assert heard["reply_to_message"]["text"] == "Quel quartier ?"
    await expect(amina.said("me").last.locator(".quote")).to_contain_text("Quel quartier ?")


async def test_a_person_corrects_a_message(visitor: Visitor, town: Town, bot: Bot) -> None:
    await (await town.phone("Amina", "fr")).sends("Bonjuor")
    amina = await visitor.holds("Amina:fr")

    await amina.bubble("Bonjuor").click(button="right")
    await amina.menu.get_by_role("menuitem", name=amina.words["edit"]).click()
    await expect(amina.field).to_have_value("Bonjuor")
    await amina.writes("Bonjour")

    assert (await bot.hears("edited_message"))["text"] == "Bonjour"
    await expect(amina.said("me").last).to_contain_text("Bonjour")
    await expect(amina.said("me").last).to_contain_text(amina.words["edited"])


async def test_a_reply_keyboard_is_pressed_hidden_and_taken_away(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    keys = keyboard(["Oui", "Non"], input_field_placeholder="Votre choix")
    await bot.says(phone.id, "Choisissez", reply_markup=keys)
    amina = await visitor.holds("Amina:fr")
    group = amina.phone.get_by_role("group", name=amina.words["keyboard"])

    await expect(amina.field).to_have_attribute("placeholder", "Votre choix")
    await group.get_by_role("button", name="Non").click()
    assert (await bot.hears())["text"] == "Non"
    await amina.presses(amina.words["hideKeyboard"])
    await expect(group).to_be_hidden()
    await amina.presses(amina.words["showKeyboard"])
    await expect(group).to_be_visible()
    await bot.says(phone.id, "Merci", reply_markup={"remove_keyboard": True})

    await expect(group).to_have_count(0)


async def test_a_keyboard_for_one_time_folds_after_it(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    keys = keyboard(["Oui"], one_time_keyboard=True)
    await bot.says(phone.id, "Choisissez", reply_markup=keys)
    amina = await visitor.holds("Amina:fr")
    group = amina.phone.get_by_role("group", name=amina.words["keyboard"])

    await group.get_by_role("button", name="Oui").click()

    await amina.waits_for("Oui")
    await expect(group).to_be_hidden()


async def test_the_bot_may_ask_for_a_reply(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    amina = await visitor.holds("Amina:fr")

    await bot.says(phone.id, "Votre idée ?", reply_markup={"force_reply": True})
    await amina.waits_for("Votre idée ?")
    await amina.writes("Des arbres")

    assert (await bot.hears())["reply_to_message"]["text"] == "Votre idée ?"


async def test_a_group_is_read_by_all_and_shows_who_speaks(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    group = await town.group(
        "Le conseil", await town.phone("Amina", "fr"), await town.phone("Hassan", "ar")
    )
    page = await visitor.opens("Amina:fr,Hassan:ar")
    amina, hassan = visitor.phone(page, "Amina:fr"), visitor.phone(page, "Hassan:ar")
    for one in (amina, hassan):
        await one.presses(one.words["backToChats"])
        await one.phone.get_by_role("button", name=re.compile("Le conseil")).click()

    await hassan.writes("السلام عليكم")
    await bot.says(group["id"], "Réunion mardi")

    await expect(amina.said("other")).to_contain_text("Hassan")
    await expect(amina.said("other")).to_contain_text("السلام عليكم")
    await amina.waits_for("Réunion mardi")
    await hassan.waits_for("Réunion mardi")
    assert len(await texts(hassan.said("me"))) == 1
