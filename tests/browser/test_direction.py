"""Right to left and left to right, laid out as Telegram's clients do."""

from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, expect

from simulator.town import Town
from tests.browser.screen import Screen, Visitor
from tests.browser.scripted import Bot

# Where a piece of a message stands, and the box of its paragraph.
PLACE = """(article, piece) => {
    const box = article.querySelector('.text');
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(piece);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + piece.length);
        const { left, right } = range.getBoundingClientRect();
        const around = box.getBoundingClientRect();
        return [left - around.left, around.right - right];
    }
    throw new Error(`no ${piece}`);
}"""
OVERFLOWING = """phone =>
    [phone, ...phone.querySelectorAll(".screen, .log, .bubble, .balloon, .text")]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className)"""
LINE_FR = "Une phrase assez longue pour donner sa largeur à la bulle"
LINE_AR = "جملة طويلة بما يكفي لتعطي الفقاعة عرضها كاملا على هذه الشاشة"


@dataclass(frozen=True)
class Place:
    """How far a piece of text is from the left and the right edge of its message's text."""

    left: float
    right: float

    @property
    def side(self) -> str:
        return "left" if self.left < self.right else "right"


async def place(message: Locator, piece: str) -> Place:
    return Place(*await message.evaluate(PLACE, piece))


async def left_of(element: Locator) -> float:
    """Where an element begins, from the left of the page."""
    box = await element.bounding_box()
    assert box is not None
    return box["x"]


async def said_to(
    visitor: Visitor, town: Town, bot: Bot, who: str, text: str
) -> tuple[Screen, Locator]:
    """The bot says something to a person; their phone, and the message on it."""
    name, language = who.split(":")
    phone = await town.phone(name, language)
    await phone.sends("/start")
    await bot.says(phone.id, text)
    screen = await visitor.holds(who)
    return screen, screen.said().last


PARAGRAPHS = {
    "Amina:fr": [
        (f"{LINE_FR}\nمرحبا", "مرحبا", "right"),
        (f"{LINE_AR}\nBonjour", "Bonjour", "left"),
        (f"{LINE_FR}\n12 👍 مرحبا", "مرحبا", "right"),
        (f"{LINE_FR}\n\u2068حسن\u2069 a répondu", "حسن", "left"),
    ],
    "Hassan:ar": [
        (f"{LINE_AR}\nBonjour", "Bonjour", "left"),
        (f"{LINE_FR}\nمرحبا", "مرحبا", "right"),
        (f"{LINE_AR}\n12 👍 Bonjour", "Bonjour", "left"),
        (f"{LINE_AR}\n\u2068Amina\u2069 أجابت", "Amina", "right"),
    ],
}


@pytest.mark.parametrize("who", PARAGRAPHS)
async def test_each_paragraph_begins_where_its_first_strong_letter_says(
    visitor: Visitor, town: Town, bot: Bot, who: str
) -> None:
    name, language = who.split(":")
    phone = await town.phone(name, language)
    await phone.sends("/start")
    for text, _, _ in PARAGRAPHS[who]:
        await bot.says(phone.id, text)
    screen = await visitor.holds(who)
    await expect(screen.said()).to_have_count(len(PARAGRAPHS[who]))

    sides = [
        (text, piece, (await place(screen.said().nth(number), piece)).side)
        for number, (text, piece, _) in enumerate(PARAGRAPHS[who])
    ]

    assert sides == PARAGRAPHS[who]


async def test_what_is_formatted_stays_so_in_a_paragraph_that_begins_with_a_name(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Hassan", "ar")
    await phone.sends("/start")
    text = f"{LINE_AR}\n\u2068Amina\u2069 <b>أجابت</b>\n\u2068Brahim\u2069 <i>لا</i>"
    await bot.says(phone.id, text, parse_mode="HTML")
    hassan = await visitor.holds("Hassan:ar")

    message = hassan.said().last
    await expect(message.locator("strong")).to_have_text("أجابت")
    await expect(message.locator("em")).to_have_text("لا")
    assert (await place(message, "Brahim")).side == "right"


@pytest.mark.parametrize("who", ["Amina:fr", "Hassan:ar"])
async def test_numbers_among_arabic_words_keep_their_order(
    visitor: Visitor, town: Town, bot: Bot, who: str
) -> None:
    text = "من 10 إلى 20 يوم 23/11/2026 على الرقم 0528 85 12 34"
    _, message = await said_to(visitor, town, bot, who, text)

    ten, twenty = await place(message, "10"), await place(message, "20")
    day, year = await place(message, "23/"), await place(message, "/2026")

    assert twenty.left < ten.left
    assert day.left < year.left


@pytest.mark.parametrize("who", ["Amina:fr", "Hassan:ar"])
async def test_an_arabic_name_in_a_french_sentence_moves_nothing_else(
    visitor: Visitor, town: Town, bot: Bot, who: str
) -> None:
    _, message = await said_to(visitor, town, bot, who, "Merci \u2068حسن\u2069, 12 questions")

    places = [await place(message, piece) for piece in ("Merci", "حسن", "12", "questions")]

    assert [one.left for one in places] == sorted(one.left for one in places)


async def test_each_phone_follows_its_persons_language(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    for name, language in (("Amina", "fr"), ("Hassan", "ar")):
        phone = await town.phone(name, language)
        await phone.sends("Salam")
        await bot.says(phone.id, "OK", [("1", "1"), ("2", "2")])
    page = await visitor.opens("Amina:fr,Hassan:ar")

    sides = {}
    for who in ("Amina:fr", "Hassan:ar"):
        screen = visitor.phone(page, who)
        mine, theirs = screen.said("me").last, screen.said().last
        back = screen.phone.get_by_role("button", name=screen.words["backToChats"])
        first, second = screen.key("1"), screen.key("2")
        mine_at, theirs_at, back_at, first_at, second_at = [
            await left_of(one)
            for one in (mine.locator(".balloon"), theirs.locator(".balloon"), back, first, second)
        ]
        sides[who] = (mine_at > theirs_at, back_at < theirs_at + 100, first_at < second_at)

    assert sides == {"Amina:fr": (True, True, True), "Hassan:ar": (False, False, False)}


async def test_what_is_written_turns_with_its_first_letter(visitor: Visitor, town: Town) -> None:
    await (await town.phone("Amina", "fr")).sends("/start")
    amina = await visitor.holds("Amina:fr")

    for text, direction in (("Bonjour", "ltr"), ("مرحبا", "rtl")):
        await amina.field.fill(text)
        await expect(amina.field).to_have_css("direction", direction)


async def test_markup_typed_by_a_person_stays_what_was_typed(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    typed = '<b>gras</b> <img src=x onerror="alert(1)"> **x** &amp; {name} </article>'
    await (await town.phone("Amina", "fr")).sends("/start")
    await bot.hears()
    amina = await visitor.holds("Amina:fr")

    await amina.writes(typed)

    assert (await bot.hears())["text"] == typed
    await expect(amina.said("me").last.locator(".text")).to_contain_text(typed)
    assert await amina.said("me").last.locator("img, b").count() == 0


async def test_what_the_bot_sends_as_html_is_formatted_and_nothing_more(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(
        phone.id, "<b>Gras</b> <i>ailleurs</i> <code>1+1</code> &lt;u&gt;", parse_mode="HTML"
    )
    await bot.says(phone.id, "<b>sans</b>")
    amina = await visitor.holds("Amina:fr")

    formatted = await amina.waits_for("Gras")
    await expect(formatted.locator("strong")).to_have_text("Gras")
    await expect(formatted.locator("em")).to_have_text("ailleurs")
    await expect(formatted.locator("code")).to_have_text("1+1")
    await expect(formatted.locator(".text")).to_contain_text("<u>")
    await expect(amina.said().last.locator(".text")).to_contain_text("<b>sans</b>")


@pytest.mark.parametrize("text", ["👩‍🌾" * 1365, "x" * 4096, "م" * 4096, "🙂" * 4096])
async def test_the_longest_message_wraps_inside_each_phone(
    visitor: Visitor, town: Town, bot: Bot, text: str
) -> None:
    people = ("Amina:fr", "Hassan:ar")
    for who in people:
        await (await town.phone(*who.split(":"))).sends("/start")
        await bot.hears()
    page = await visitor.opens(",".join(people))

    for who in people:
        screen = visitor.phone(page, who)
        await screen.writes(text)
        heard = ""
        while len(heard) < len(text):
            heard += (await bot.hears())["text"]
        assert heard == text
        assert await screen.phone.evaluate(OVERFLOWING) == []
