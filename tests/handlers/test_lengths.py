"""Nothing that is said is longer than a message holds, counted as Telegram counts it."""

import html
import re

import pytest

from forms.form import LONGEST_HINT, LONGEST_LABEL
from handlers.views.view import LONGEST_TEXT, shortened
from tests.forms.workbooks import form_of
from tests.handlers.desk import Desk, Shown, Visitor

SQUARE = "🟥"
"""One character, and two of Telegram's units."""
ANSWERS = 8


def units(text: str) -> int:
    """The UTF-16 units of a small HTML as people see it."""
    return len(html.unescape(re.sub("<[^>]*>", "", text)).encode("utf-16-le")) // 2


async def begins(visitor: Visitor) -> Shown:
    await visitor.sends("/start c_houses")
    await visitor.taps("Remplir")
    return await visitor.taps("J’accepte")


@pytest.mark.parametrize("sign", ["x", "ع", SQUARE])
async def test_the_longest_question_fits_into_a_message(
    desk: Desk, amina: Visitor, sign: str
) -> None:
    choices = "\n".join(f"| all | c{i} | {sign * 130} {i} |" for i in range(200))
    words = f"{sign * LONGEST_LABEL} | {sign * LONGEST_HINT}"
    await desk.opens(
        form_of(
            f"""
            survey
            | type | name | label | hint | constraint | constraint_message |
            | select_multiple all | many | {words} | count-selected(.) < 5 | {sign * 400} |
            choices
            | list_name | name | label |
            {choices}
            """
        )
    )

    asked = await begins(amina)
    ticked = await amina.taps("1.", asked)
    refused = await amina.sends("1 2 3 4 5 6 7 8 9")

    for one in (asked, ticked, refused):
        assert LONGEST_LABEL < units(one.text) <= LONGEST_TEXT


async def test_the_review_of_long_answers_fits_into_a_message(desk: Desk, amina: Visitor) -> None:
    rows = "\n".join(f"| text | q{i} | {SQUARE * 200} |" for i in range(ANSWERS))
    await desk.opens(form_of(f"survey\n| type | name | label |\n{rows}"))
    await begins(amina)

    for _ in range(ANSWERS):
        review = await amina.sends(SQUARE * 2_000)

    assert SQUARE in review.text
    assert units(review.text) <= LONGEST_TEXT


def test_a_text_is_cut_between_letters() -> None:
    assert shortened(SQUARE * 5, 10) == SQUARE * 5
    assert shortened(SQUARE * 6, 10) == f"{SQUARE * 4}…"
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
