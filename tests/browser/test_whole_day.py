"""The example consultation, answered by touch on the page of the demo, to the officer's table."""

import os
import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import drawn
from tests.browser.demo import Demo, demo_in
from tests.browser.screen import Screen, Visitor
from tests.conversations.walking import ARABIC, FRENCH, RECEIPT, REVIEW

CONSULTATION = "neighbourhood-houses"
IDEA = "Une salle calme, <b>ouverte</b> le soir ; =1+1"
IDEA_IN_DARIJA = "بغينا دار الحي تكون قريبة ومحلولة نهار الأحد"
STARTING_MILLISECONDS = 60_000
TAPPED_BY_AMINA: dict[str, Any] = {
    "_language": "fr",
    "_shared_phone": 0,
    "house-visits": "weekly",
    "house-never_reason": None,
    "house-last_visit": datetime(2026, 11, 1),  # noqa: DTZ001 - a day, as workbooks have it
    "house-walking_minutes": 12,
    "house-opening_times": "evening saturday",
    "house-activities": "tutoring literacy",
    "house-equipment": "books",
    "house-management": "residents",
    "house-idea": IDEA,
    "house-uses_house": "yes",
    "profile-age_group": "25_34",
    "profile-gender": "woman",
    "profile-quarter": "assarag",
    "profile-adapted_access": "no",
}
TAPPED_BY_HASSAN: dict[str, Any] = {
    "_language": "ar",
    "_shared_phone": 0,
    "house-visits": "never",
    "house-never_reason": "far",
    "house-last_visit": None,
    "house-walking_minutes": 25,
    "house-opening_times": "sunday",
    "house-activities": "sport",
    "house-equipment": "computers",
    "house-management": "youth",
    "house-idea": IDEA_IN_DARIJA,
    "house-uses_house": "no",
    "profile-age_group": None,
    "profile-gender": None,
    "profile-quarter": None,
    "profile-adapted_access": None,
}
NOT_TAPPED = {"__version__", "_uuid", "_submission_time"}


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo_in(tmp_path) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(chromium: Browser, demo: Demo) -> AsyncIterator[Visitor]:
    """Sits before the demo's page."""
    visitor = Visitor(chromium, demo.base_url)
    yield visitor
    await visitor.leaves()
    visitor.watch.is_content()


def rows_of(workbook: Path) -> list[dict[str, Any]]:
    """The lines below the head of the sheet of answers; the first sheet sums them up."""
    head, *lines = load_workbook(workbook).worksheets[1].iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def expected(row: dict[str, Any], tapped: dict[str, Any]) -> dict[str, Any]:
    """What each cell of a line should hold: a choice has a column of its own, with 1 or 0."""
    cells = {}
    for column in row.keys() - NOT_TAPPED:
        question, _, choice = column.partition("/")
        answer = tapped[question]
        cells[column] = answer if not choice or answer is None else int(choice in answer.split())
    return cells


async def begins(person: Screen, panel: Locator, words: Any) -> None:
    """Open the poster's link on this phone, agree, and read on to the first question."""
    poster = panel.get_by_role("listitem").filter(has_text=CONSULTATION)
    await poster.get_by_role("button").filter(has_text=person.name).click()
    await person.presses(person.words["start"])
    await person.taps(words.fill)
    await person.answers(words.agree, words.go_on)


async def amina_answers(amina: Screen, panel: Locator) -> None:
    await begins(amina, panel, FRENCH)
    await amina.answers("Chaque semaine")
    await amina.tells("01/11/2026")
    await amina.tells("12")
    await amina.ticks("Le soir", "Le samedi")
    await amina.answers(FRENCH.done)
    await amina.ticks("Soutien scolaire", "Alphabétisation")
    await amina.answers(FRENCH.done, "Livres")
    await amina.ticks("Les habitants du quartier")
    await amina.answers(FRENCH.done)
    await amina.tells(IDEA)
    await amina.answers("25 à 34 ans", "Femme", "Assarag", "Non")
    await amina.waits_for(REVIEW)
    await amina.answers(FRENCH.send)
    await amina.waits_for(RECEIPT)


async def hassan_answers(hassan: Screen, panel: Locator) -> None:
    """Until the question for his idea."""
    await begins(hassan, panel, ARABIC)
    await hassan.answers("كل أسبوع")
    await hassan.taps(ARABIC.back)
    await hassan.answers("لا أذهب إليها")
    await hassan.ticks("بعيدة عني")
    await hassan.answers(ARABIC.done)
    await hassan.tells("٢٥")
    await hassan.ticks("يوم الأحد")
    await hassan.answers(ARABIC.done)
    await hassan.ticks("الرياضة")
    await hassan.answers(ARABIC.done, "قاعة للقاءات")
    await hassan.ticks("الشباب")
    await hassan.answers(ARABIC.done)


async def hassan_changes_his_mind(hassan: Screen) -> None:
    """At the review: not a hall, computers."""
    await hassan.taps(f"{ARABIC.change} \u20686\u2069")
    await hassan.answers("حواسيب وإنترنت")
    await hassan.answers(ARABIC.send)


async def killed_and_started_again(page: Page, hassan: Screen, panel: Locator, said: Any) -> None:
    """The bot dies by a real SIGKILL; what Hassan writes meanwhile waits, and is answered."""
    shown = panel.locator(".of-bot")
    told = re.search(r"\d+", await shown.locator("bdi").first.inner_text())
    assert told is not None
    number = int(told[0])
    os.kill(number, 0)
    await panel.get_by_role("button", name=said["stageKill"]).click()
    await expect(shown).to_contain_text(said["stageKilled"])
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    newest = await hassan.newest_of_bot()
    await hassan.writes(IDEA_IN_DARIJA)
    waiting = panel.locator('[data-stop="telegram"] .way-count')
    await expect(waiting).to_have_text("1")
    await expect(hassan.said("me").last.locator(".ticks")).to_have_accessible_name(
        hassan.words["sent"]
    )
    await panel.get_by_role("button", name=said["stageStart"]).click()
    await expect(shown).to_contain_text(said["stageRunning"], timeout=STARTING_MILLISECONDS)
    await hassan.hears_after(newest)
    await expect(panel.locator("[data-queue=inbox] summary [data-state=done]")).to_be_visible()
    await expect(waiting).to_have_text("0")


async def test_two_people_answer_the_bot_dies_and_the_table_holds_what_they_tapped(
    visitor: Visitor, demo: Demo, tmp_path: Path
) -> None:
    page = await visitor.opens("Hassan:ar,Amina:fr", panel="1")
    amina, hassan = visitor.phone(page, "Amina:fr"), visitor.phone(page, "Hassan:ar")
    said = visitor.words["fr"]
    panel = page.get_by_role("complementary", name=said["panel"])

    await amina_answers(amina, panel)
    await hassan_answers(hassan, panel)
    await killed_and_started_again(page, hassan, panel, said)
    await page.reload()
    await drawn(page)
    await hassan.answers(*[ARABIC.skip] * 4)
    await hassan_changes_his_mind(hassan)
    await hassan.waits_for("⁨")
    printed = await demo.exports(CONSULTATION, tmp_path / "answers.xlsx")

    lines = {row["_language"]: row for row in rows_of(tmp_path / "answers.xlsx")}
    assert printed.startswith("2 answers are in ")
    assert lines.keys() == {"fr", "ar"}
    for tapped in (TAPPED_BY_AMINA, TAPPED_BY_HASSAN):
        row = lines[tapped["_language"]]
        assert {column: row[column] for column in row if column not in NOT_TAPPED} == expected(
            row, tapped
        )
        assert {column for column in row if "/" not in column} - NOT_TAPPED == tapped.keys()
        assert len(row["_uuid"]) == 36
