"""People who block the bot, leave Telegram and come back."""

from simulator.phone import Phone
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.conversations.walking import FRENCH, MINUTES, WHY_NEVER, begins, reaches_minutes, taps


async def reachable(commune: Commune, phone: Phone) -> bool:
    people = {one.channel_id: one.unreachable_at for one in await commune.people()}
    return people[phone.id] is None


async def test_blocking_is_noted_and_returning_too(commune: Commune, amina: Phone) -> None:
    await amina.sends("/start")
    await amina.waits_for()

    await amina.blocks()
    await commune.settled()
    blocked = not await reachable(commune, amina)
    await amina.unblocks()
    await commune.settled()

    assert blocked
    assert await reachable(commune, amina)


async def test_after_a_403_nothing_is_sent_until_the_person_returns(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)
    await commune.settled()
    since = await commune.town.forget_requests()
    await commune.town.fault("latency", "sendMessage", seconds=1.0, chat_id=amina.chat_id)

    await amina.sends("/help")
    await amina.sends("/help")
    await amina.sends("/help")
    await amina.blocks()
    await commune.settled()

    sent = await commune.town.requests(since, chat_id=amina.chat_id)
    assert [one.status for one in sent] == [403]
    assert not await reachable(commune, amina)


async def test_who_returns_goes_on_where_they_stood(commune: Commune, amina: Phone) -> None:
    first = await begins(amina)
    await commune.town.fault(
        "error",
        "sendMessage",
        count=1,
        status=403,
        description="Forbidden: bot was blocked by the user",
    )
    await amina.taps(first, "Jamais")
    await commune.settled()
    gone = not await reachable(commune, amina)

    await amina.sends("/resume")
    asked = await amina.waits_for(WHY_NEVER)
    await amina.taps(asked, FRENCH.skip)
    await amina.waits_for(MINUTES)

    assert gone
    assert await reachable(commune, amina)
    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_an_account_that_is_gone_is_not_tried_again(commune: Commune, amina: Phone) -> None:
    first = await begins(amina)
    await commune.settled()
    since = await commune.town.forget_requests()
    await commune.town.fault("latency", "*", seconds=0.5, chat_id=amina.chat_id)

    await amina.taps(first, "Jamais")
    await amina.leaves_telegram()
    await commune.settled()

    statuses = [
        one.status
        for one in await commune.town.requests(since, chat_id=amina.chat_id)
        if one.method != "answerCallbackQuery"
    ]
    assert statuses == [403]
    assert not await reachable(commune, amina)


async def test_nobody_else_notices(commune: Commune, amina: Phone, hassan: Phone) -> None:
    await amina.sends("/start")
    await amina.waits_for()
    await amina.blocks()

    await hassan.sends("/start")
    await hassan.waits_for()
    await taps(hassan, "مساعدة")
    await commune.settled()

    assert InboxState.PARKED not in await commune.inbox()
