"""What the tests of the page would not let pass: each fault is planted and found."""

import pytest

from simulator.town import Town
from tests.browser.screen import Visitor

NOTHING = "() => {}"
ELSEWHERE = "https://example.invalid/a.png"
PLANTED = {
    "console error: a fault was told": "() => console.error('a fault was told')",
    "console warning: a doubt was told": "() => console.warn('a doubt was told')",
    "page error: Error: nobody caught it": (
        "() => { setTimeout(() => { throw new Error('nobody caught it') }) }"
    ),
    "refused: 404 GET": "() => fetch('/control/nothing')",
    f"asked elsewhere: {ELSEWHERE}": f"() => fetch('{ELSEWHERE}').catch({NOTHING})",
    "Content Security Policy": (
        "() => document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.planted = 1' }))"
    ),
    "failed: GET": "() => fetch('/control/about', { signal: AbortSignal.abort() })"
    f".catch({NOTHING}).then(() => fetch('http://127.0.0.1:9/').catch({NOTHING}))",
}


@pytest.mark.parametrize("fault", PLANTED)
async def test_a_planted_fault_is_found(visitor: Visitor, town: Town, fault: str) -> None:
    page = await visitor.opens("Amina:fr")

    await page.evaluate(PLANTED[fault])
    await page.wait_for_timeout(50)

    found = visitor.watch.verdict()
    assert any(fault in one for one in found)
    visitor.watch.forgive("")


async def test_a_page_that_is_only_opened_is_without_fault(visitor: Visitor) -> None:
    await visitor.opens("Amina:fr,Hassan:ar")

    assert visitor.watch.verdict() == []
