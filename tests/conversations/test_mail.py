"""Mail: an announcement reaches everybody once, at the safe pace, whatever comes between."""

from datetime import timedelta

import pytest

from bot.delivery import gate
from bot.roles import Role
from participation.clock import local
from simulator.phone import Phone
from storage.announcements import AnnouncementKind, DeliveryState
from tests.conversations.commune import ALL, Commune
from tests.conversations.newsroom import STOP, WORDS, Newsroom, most_in_a_second, received

WITHOUT_MAIL = ALL - {Role.MAIL}
ANOTHER = {"fr": "Une autre consultation", "ar": "تشاور آخر"}


@pytest.fixture
def newsroom(commune: Commune) -> Newsroom:
    return Newsroom(commune)


async def rests(commune: Commune) -> None:
    """The bot goes on without mail."""
    await commune.stop()
    commune.roles = WITHOUT_MAIL
    await commune.start()


async def resumes(commune: Commune) -> None:
    """Mail leaves again."""
    await commune.stop()
    commune.roles = ALL
    await commune.start()


async def test_everybody_is_told_once_in_their_language_with_a_way_to_stop(
    newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    await newsroom.subscribe(amina, hassan)

    announced = await newsroom.announces()
    states = await newsroom.until_none_waits()

    assert announced.count == 2
    assert states == {DeliveryState.SENT: 2}
    for phone, language in ((amina, "fr"), (hassan, "ar")):
        message = await phone.waits_for(WORDS[language], after=0)
        assert message.button_texts[-1] == STOP[language]
        assert await received(phone, WORDS[language]) == 1


async def test_a_stop_works_at_once_for_what_waits_of_whatever_kind(
    commune: Commune, newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    await newsroom.subscribe(amina, hassan)
    await newsroom.announces()
    await newsroom.until_none_waits()
    await rests(commune)
    await newsroom.announces(ANOTHER)
    await newsroom.announces(ANOTHER, kind=AnnouncementKind.OUTCOME)

    await amina.taps(None, STOP["fr"])
    await amina.waits_for_notice()
    await resumes(commune)
    states = await newsroom.until_none_waits()

    assert states == {DeliveryState.SENT: 4, DeliveryState.STOPPED: 2}
    assert await received(amina, ANOTHER["fr"]) == 0
    assert await received(hassan, ANOTHER["ar"]) == 2


async def test_whoever_blocked_the_bot_is_left_alone_and_told_when_they_return(
    commune: Commune, newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    await newsroom.subscribe(amina, hassan)
    await rests(commune)
    await newsroom.announces()
    await newsroom.announces(ANOTHER)
    refusal = {"status": 403, "description": "Forbidden: bot was blocked by the user"}
    await commune.town.fault("error", "sendMessage", chat_id=amina.id, **refusal)

    await resumes(commune)
    await hassan.waits_for(ANOTHER["ar"], after=0)
    await commune.until(lambda: unreachable(newsroom, amina))
    refused = [one for one in await newsroom.mailed() if one.chat_id == amina.id]
    await commune.town.clear_faults()
    await amina.sends("/start")
    await amina.waits_for(WORDS["fr"])
    await amina.waits_for(ANOTHER["fr"])
    states = await newsroom.until_none_waits()

    assert [one.status for one in refused] == [403]
    assert states == {DeliveryState.SENT: 4}
    assert await received(amina, WORDS["fr"]) == await received(amina, ANOTHER["fr"]) == 1


async def unreachable(newsroom: Newsroom, phone: Phone) -> bool:
    return (await newsroom.person(phone)).unreachable_at is not None


async def test_a_person_who_blocks_between_is_not_even_tried(
    commune: Commune, newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    await newsroom.subscribe(amina, hassan)
    await rests(commune)
    await newsroom.announces()
    await amina.blocks()
    await commune.settled()

    await resumes(commune)
    await hassan.waits_for(WORDS["ar"], after=0)
    await amina.unblocks()
    await amina.waits_for(WORDS["fr"], after=0)

    assert {one.status for one in await newsroom.mailed()} == {200}
    assert await newsroom.until_none_waits() == {DeliveryState.SENT: 2}


async def test_no_request_leaves_while_telegram_wants_silence(
    commune: Commune, newsroom: Newsroom
) -> None:
    await newsroom.readers(16)
    await commune.town.fault("flood", "sendMessage", skip=5, count=1, retry_after=2)

    await newsroom.announces()
    states = await newsroom.until_none_waits()

    sent = await newsroom.mailed()
    (refused,) = [one for one in sent if one.status == 429]
    begins = refused.at + (refused.seconds or 0) + 0.05
    assert [one for one in sent if begins < one.at < refused.at + 2] == []
    assert len(sent) == 17
    assert states == {DeliveryState.SENT: 16}


async def test_a_ban_outlives_the_process_that_met_it(
    commune: Commune, newsroom: Newsroom, amina: Phone
) -> None:
    await newsroom.subscribe(amina)
    await commune.town.fault("flood", "sendMessage", count=1, retry_after=3)
    await newsroom.announces()
    await newsroom.mails(1)
    await commune.settled()
    await commune.until(lambda: waits_again(newsroom))

    await commune.restart()
    await newsroom.until_none_waits()

    refused, sent = await newsroom.mailed()
    assert (refused.status, sent.status) == (429, 200)
    assert sent.at >= refused.at + 3


async def waits_again(newsroom: Newsroom) -> bool:
    return (await newsroom.states())[DeliveryState.WAITING] == 1


async def test_nobody_is_told_faster_than_telegram_allows_in_any_second(
    commune: Commune, newsroom: Newsroom
) -> None:
    readers = await newsroom.readers(60)
    await commune.town.settings(bulk_per_second=30, solicited_seconds=0.0)

    await newsroom.announces()
    states = await newsroom.until_none_waits()

    sent = await newsroom.mailed()
    assert {one.status for one in sent} == {200}
    assert most_in_a_second(sent) <= 30
    assert states == {DeliveryState.SENT: len(readers)}


async def test_two_announcements_reach_one_person_a_second_apart(
    newsroom: Newsroom, amina: Phone
) -> None:
    await newsroom.subscribe(amina)

    await newsroom.announces()
    await newsroom.announces(ANOTHER)
    await newsroom.until_none_waits()

    first, second = await newsroom.mailed()
    assert WORDS["fr"] in str(first.params["text"])
    assert second.at - first.at >= 1


@pytest.mark.parametrize("restarts", [False, True])
async def test_two_announcements_keep_their_order_when_the_first_has_to_wait(
    monkeypatch: pytest.MonkeyPatch,
    commune: Commune,
    newsroom: Newsroom,
    amina: Phone,
    *,
    restarts: bool,
) -> None:
    monkeypatch.setattr("bot.delivery.paced.TRY_AGAIN", timedelta(seconds=4))
    await newsroom.subscribe(amina)
    await commune.town.fault("error", "sendMessage", count=1, status=502)

    await newsroom.announces()
    await newsroom.announces(ANOTHER)
    if restarts:
        await newsroom.mails(1)
        await commune.until(lambda: one_holds_back(newsroom))
        await commune.restart()
    states = await newsroom.until_none_waits()

    refused, first, second = await newsroom.mailed()
    assert (refused.status, first.status, second.status) == (502, 200, 200)
    assert WORDS["fr"] in str(first.params["text"])
    assert ANOTHER["fr"] in str(second.params["text"])
    assert states == {DeliveryState.SENT: 2}


async def one_holds_back(newsroom: Newsroom) -> bool:
    """Whether what was refused is written, and waits for its next try."""
    return (await newsroom.states())[DeliveryState.WAITING] == 2


async def test_what_may_have_arrived_is_said_to_be_uncertain_and_not_sent_again(
    monkeypatch: pytest.MonkeyPatch, commune: Commune, newsroom: Newsroom, amina: Phone
) -> None:
    monkeypatch.setattr(gate, "ANSWER_SECONDS", 0.4)
    await newsroom.subscribe(amina)
    await commune.restart()
    await commune.town.fault("stall_after", "sendMessage", count=1, seconds=2)

    await newsroom.announces()
    states = await newsroom.until_none_waits()
    await commune.restart()

    assert states == {DeliveryState.UNCERTAIN: 1}
    assert len(await newsroom.mailed()) == 1
    assert await received(amina, WORDS["fr"]) == 1


async def test_what_did_not_arrive_is_sent_when_telegram_is_back(
    monkeypatch: pytest.MonkeyPatch, commune: Commune, newsroom: Newsroom, amina: Phone
) -> None:
    monkeypatch.setattr("bot.delivery.paced.TRY_AGAIN", timedelta(seconds=1))
    await newsroom.subscribe(amina)
    await commune.town.fault("error", "sendMessage", count=2, status=502)

    await newsroom.announces()
    states = await newsroom.until_none_waits()

    assert states == {DeliveryState.SENT: 1}
    assert await received(amina, WORDS["fr"]) == 1


async def test_an_announcement_that_telegram_refuses_hinders_no_other(
    commune: Commune, newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    await newsroom.subscribe(amina, hassan)
    refusal = {"status": 400, "description": "Bad Request: message is too strange"}
    await commune.town.fault("error", "sendMessage", chat_id=amina.id, count=1, **refusal)

    await newsroom.announces()
    states = await newsroom.until_none_waits()

    assert states == {DeliveryState.FAILED: 1, DeliveryState.SENT: 1}


async def test_words_whose_markup_telegram_cannot_parse_arrive_without_it(
    commune: Commune, newsroom: Newsroom, amina: Phone
) -> None:
    await newsroom.subscribe(amina)
    refusal = {"status": 400, "description": "Bad Request: can't parse entities: no end tag"}
    await commune.town.fault("error", "sendMessage", chat_id=amina.id, count=1, **refusal)

    await newsroom.announces()
    states = await newsroom.until_none_waits()

    assert states == {DeliveryState.SENT: 1}
    refused, arrived = await newsroom.mailed()
    assert refused.params["parse_mode"] == "HTML"
    assert "parse_mode" not in arrived.params
    assert (await amina.waits_for(arrived.params["text"], after=0)).button_texts


async def test_at_night_it_arrives_without_a_sound(
    commune: Commune, newsroom: Newsroom, amina: Phone
) -> None:
    await newsroom.subscribe(amina)
    hour = local(newsroom.now)
    at_night = hour.replace(hour=23, minute=0) + timedelta(days=1)
    in_the_morning = at_night.replace(hour=9) + timedelta(days=1)

    for moment in (at_night, in_the_morning):
        await commune.passes(moment - local(newsroom.now))
        await newsroom.announces()
        await newsroom.until_none_waits()

    night, morning = await newsroom.mailed()
    assert night.params["disable_notification"] is True
    assert "disable_notification" not in morning.params


async def test_who_announced_sees_how_far_it_is_in_one_message(
    commune: Commune, newsroom: Newsroom, amina: Phone, hassan: Phone
) -> None:
    naima = await commune.town.phone("Naima", "fr")
    await newsroom.subscribe(amina, hassan)
    await naima.sends("/start")
    await commune.settled()
    officer = await newsroom.appoint(naima)
    refusal = {"status": 403, "description": "Forbidden: bot was blocked by the user"}
    await commune.town.fault("error", "sendMessage", chat_id=hassan.id, count=1, **refusal)

    await newsroom.announces(created_by=officer)
    last = await naima.waits_for("Terminé", after=0)
    await commune.settled()

    assert "1 sur 2" in last.text.replace("\u2068", "").replace("\u2069", "")
    assert sum("Annonce de l’ouverture" in one.text for one in await naima.chat()) == 1
    (entry,) = await newsroom.audited("announcement.told")
    assert entry.person_id == officer
    assert (entry.details["sent"], entry.details["unreachable"]) == (1, 1)
