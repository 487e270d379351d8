"""What the tests of the page would not let pass: each fault is planted and found."""

import pytest

from simulator.town import Town
from tests.browser.screen import Visitor

ELSEWHERE = "https://example.invalid/a.png"
PLANTED = {
    "console error: a fault was told": "() => console.error('a fault was told')",
    "console warning: a doubt was told": "() => console.warn('a doubt was told')",
    "page error: nobody caught it": (
        "() => { setTimeout(() => { throw new Error('nobody caught it') }) }"
    ),
    "refused: 404 GET": "() => fetch('/control/nothing')",
    f"asked elsewhere: {ELSEWHERE}": f"() => void window.open('{ELSEWHERE}')",
    "Content Security Policy": (
        "() => document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.planted = 1' }))"
    ),
    "failed: GET": """() => {
        const given_up = new AbortController();
        fetch('/control/quiet?for=9&wait=9', { signal: given_up.signal }).catch(() => {});
        setTimeout(() => given_up.abort(), 50);
    }""",
}


@pytest.mark.parametrize("fault", PLANTED)
async def test_a_planted_fault_is_found(visitor: Visitor, town: Town, fault: str) -> None:
    page = await visitor.opens("Amina:fr")

    await page.evaluate(PLANTED[fault])

    for _ in range(100):
        if any(fault in one for one in visitor.watch.verdict()):
            break
        await page.wait_for_timeout(20)
    found = visitor.watch.verdict()
    visitor.watch.forgive("")
    assert any(fault in one for one in found)


async def test_a_page_that_is_only_opened_is_without_fault(visitor: Visitor) -> None:
    await visitor.opens("Amina:fr,Hassan:ar")

    assert visitor.watch.verdict() == []
