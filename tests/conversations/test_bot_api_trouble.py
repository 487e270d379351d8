"""Telegram refuses, stalls and breaks off: nothing is lost, order is kept, others are served."""

import pytest

from simulator.phone import Phone
from simulator.town import Request
from storage.outbox import OutboxState
from tests.conversations.commune import Commune
from tests.conversations.walking import (
    AGE_GROUP,
    FRENCH,
    IDEA,
    MINUTES,
    TIMES,
    VISITS,
    WHY_NEVER,
    begins,
    bot_messages,
    question_with,
    reaches_idea,
    taps,
)

SENDING = "sendMessage,editMessageText"


async def sent_to(commune: Commune, phone: Phone, since: int = 0) -> list[Request]:
    """What was sent into a chat; answers to taps do not count."""
    requests = await commune.town.requests(since, chat_id=phone.chat_id)
    return [one for one in requests if one.method != "answerCallbackQuery"]


async def test_a_429_holds_its_own_chat_and_no_other(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    first = await begins(amina)
    since = await commune.town.forget_requests()
    await commune.town.fault(
        "flood", SENDING, count=1, chat_id=amina.chat_id, retry_after=2, skip=1
    )

    await amina.taps(first, "Jamais")
    await commune.town.requests(since, chat_id=amina.chat_id, wait=5)
    await hassan.sends("/start")
    await hassan.waits_for()
    served = await commune.town.requests(since, chat_id=hassan.chat_id)
    await amina.waits_for(WHY_NEVER)

    sent = await sent_to(commune, amina, since)
    refused = next(one for one in sent if one.status == 429)
    after = next(one for one in sent if one.n > refused.n)
    assert after.at - refused.at >= 2
    assert served[0].at < after.at
    assert [one.status for one in sent] == [200, 429, 200]


async def test_a_burst_of_429_loses_nothing_and_repeats_nothing(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault("flood", SENDING, count=2, retry_after=1)

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


async def test_server_errors_are_waited_out(commune: Commune, amina: Phone) -> None:
    first = await begins(amina)
    await commune.town.fault("error", SENDING, count=2, status=502, description="Bad Gateway")

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


@pytest.mark.parametrize(("status", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_while_the_token_is_not_known_replies_wait(
    commune: Commune, amina: Phone, status: int, words: str
) -> None:
    first = await begins(amina)
    await commune.town.fault("error", SENDING, count=3, status=status, description=words)

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


async def test_a_connection_reset_before_anything_happened_is_tried_again(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault("reset_before", "sendMessage", count=1)

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


async def test_an_answer_that_got_lost_repeats_a_message_at_most_once_and_in_order(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault("reset_after", "sendMessage", count=5)

    await amina.taps(first, "Jamais")
    asked = await amina.waits_for(WHY_NEVER)
    await amina.taps(asked, FRENCH.skip)
    await amina.waits_for(MINUTES)

    async def given_up_or_arrived() -> bool:
        return not (await commune.outbox()).get(OutboxState.WAITING)

    await commune.until(given_up_or_arrived)
    shown = [one.text for one in await bot_messages(amina)]
    order = [name for text in shown for name in (WHY_NEVER, MINUTES) if name in text]
    assert order == [WHY_NEVER, WHY_NEVER, MINUTES, MINUTES]
    assert await commune.outbox() == {OutboxState.UNCERTAIN: 2}


async def test_half_an_answer_is_an_unknown_outcome_too(commune: Commune, amina: Phone) -> None:
    first = await begins(amina)
    await commune.town.fault("half_body", "sendMessage", count=1)

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 2


async def test_a_stalled_request_keeps_nobody_else_waiting(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault(
        "stall_before", "sendMessage", chat_id=amina.chat_id, count=1, seconds=3
    )

    await amina.taps(first, "Jamais")
    await hassan.sends("/start")
    served = await hassan.waits_for()
    asked = await amina.waits_for(WHY_NEVER)

    assert served.id < asked.id


async def test_a_chat_that_is_not_found_is_left_in_peace(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    await commune.town.fault(
        "error",
        SENDING,
        chat_id=amina.chat_id,
        status=400,
        description="Bad Request: chat not found",
    )

    await amina.sends("/start")
    await hassan.sends("/start")
    await hassan.waits_for()
    await commune.settled()

    gone = {one.channel_id: one.unreachable_at for one in await commune.people()}
    assert gone[amina.id] is not None
    assert gone[hassan.id] is None
    assert len(await sent_to(commune, amina)) == 1


async def test_a_message_that_is_not_modified_has_arrived(commune: Commune, amina: Phone) -> None:
    first = await begins(amina)
    since = await commune.town.forget_requests()
    await commune.town.fault(
        "error",
        "editMessageText",
        status=400,
        description="Bad Request: message is not modified: specified new message content and "
        "reply markup are exactly the same",
    )

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    edits = await commune.town.requests(since, method="editMessageText")
    assert len(edits) == 1
    assert not await commune.outbox()


async def test_a_tap_that_telegram_has_forgotten_counts_all_the_same(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault(
        "error",
        "answerCallbackQuery",
        status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is "
        "invalid",
    )

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert (await commune.submission()).answers["house/visits"] == "never"
    assert not await commune.outbox()


async def test_an_edit_that_is_refused_becomes_a_new_message(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault(
        "error",
        "editMessageText",
        count=1,
        status=400,
        description="Bad Request: message to edit not found",
    )

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)

    anew = await question_with(amina, VISITS)
    assert anew.id > first.id
    assert "Jamais" in anew.text


async def test_a_typed_answer_whose_question_was_deleted_is_shown_anew(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_idea(amina)
    await commune.town.fault(
        "error",
        "editMessageText",
        count=1,
        status=400,
        description="Bad Request: message to edit not found",
    )

    await amina.sends("Des livres")
    await amina.waits_for(AGE_GROUP)

    anew = await question_with(amina, IDEA)
    assert anew.id > asked.id
    assert "Des livres" in anew.text


async def test_markup_that_telegram_cannot_parse_is_said_plainly(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_idea(amina)
    await commune.town.fault(
        "error",
        "editMessageText",
        count=1,
        status=400,
        description="Bad Request: can't parse entities: Unsupported start tag",
    )

    await amina.sends("1 < 2 & <b>gras</b>")
    await amina.waits_for(AGE_GROUP)

    answered = await question_with(amina, IDEA)
    assert answered.id == asked.id
    assert answered.text.endswith("⁨1 < 2 & <b>gras</b>⁩")


async def test_a_request_that_is_refused_for_good_holds_up_nothing(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault(
        "error", "editMessageText", count=1, status=400, description="Bad Request: strange"
    )

    await amina.taps(first, "Jamais")
    await taps(amina, FRENCH.skip)
    await amina.waits_for(MINUTES)
    await amina.sends("5")
    await amina.waits_for(TIMES)
    await commune.town.quiet()

    assert await commune.outbox() == {OutboxState.FAILED: 1}
