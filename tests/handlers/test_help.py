"""A message for a human: left, sealed, answered once, grown old, erased."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import Timekeeper
from bot.stopping import Hint, Stop
from handlers.views.messages import queue_label
from handlers.views.view import LONGEST_TEXT
from participation.help import LONGEST_MESSAGE, PERSON, TELL
from participation.helping import LONGEST_ANSWER, Queue
from participation.lateness import Lateness, lateness, working_days
from storage.audit import AuditEntry
from storage.helping import Ending, HelpRequest
from storage.people import Role
from storage.running import Job, JobState
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.staffing import becomes, loses_the_role, person_of
from tests.handlers.test_lengths import units

WORDS = "أين أجد استمارة الدعم؟ رقمي 0612345678"


@pytest.fixture
async def naima(desk: Desk, houses: int) -> Visitor:
    """The officer; reads French."""
    return await becomes(desk, desk.visitor("Naima", 601, "fr"))


@pytest.fixture
async def said_colleague(desk: Desk, houses: int) -> Visitor:
    """Another officer."""
    return await becomes(desk, desk.visitor("Said", 602, "fr"))


async def requests(desk: Desk) -> Sequence[HelpRequest]:
    async with desk.database.reading() as session:
        return (await session.scalars(select(HelpRequest).order_by(HelpRequest.id))).all()


async def audited(desk: Desk) -> list[tuple[str, str | None]]:
    async with desk.database.reading() as session:
        rows = await session.execute(
            select(AuditEntry.act, AuditEntry.subject).order_by(AuditEntry.id)
        )
        return [(act, subject) for act, subject in rows if act.startswith("help.")]


async def leaves(visitor: Visitor, words: str = WORDS) -> Shown:
    """Open the help and leave a message."""
    await visitor.sends("/help")
    await visitor.taps({"fr": "Laisser", "ar": "ترك"}[visitor.language or "fr"])
    return await visitor.sends(words)


async def opens_the_first(officer: Visitor) -> Shown:
    await officer.sends("/staff")
    await officer.taps("Messages")
    return await officer.taps("Ouvrir le message")


async def answers_the_first(officer: Visitor, words: str = "Au guichet 3.") -> Shown:
    await opens_the_first(officer)
    await officer.taps("Répondre")
    return await officer.sends(words)


async def tidies(desk: Desk) -> None:
    await Timekeeper(desk.database, lambda: desk.now, Hint(), Stop()).tidy()


async def test_a_message_is_answered_from_the_chat_in_the_persons_language(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    left = await leaves(hassan)
    opened = await opens_the_first(naima)
    read = opened.text
    await naima.taps("Répondre")
    sent = await naima.sends("Au guichet 3, de 9h à 12h.")

    assert "تم الاحتفاظ برسالتكم" in left.text
    assert WORDS in read
    assert "en route" in sent.text
    assert hassan.newest.text.startswith("<b>تجيب الجماعة عن رسالتكم:</b>")
    assert "Au guichet 3, de 9h à 12h." in hassan.newest.text
    assert hassan.newest.labels == ["الكتابة من جديد"]
    assert "Naima" not in hassan.newest.text


async def test_the_page_says_who_reads_it_and_for_how_long(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await amina.sends("/help")

    asked = await amina.taps("Laisser")

    assert "Seul le personnel de la commune" in asked.text
    assert "30 jours après la réponse" in asked.text
    assert "numéro de téléphone" in asked.text


async def test_person_words_and_answer_cannot_be_read_in_the_row(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await answers_the_first(naima)

    (row,) = await requests(desk)
    hidden = (row.person, row.words, row.answer or b"")

    assert all(WORDS[:4].encode() not in one and b"guichet" not in one for one in hidden)
    person = await person_of(desk, hassan)
    assert str(person.id).encode() not in row.person
    assert desk.keyring.open_number(row.person, PERSON) == person.id


async def test_every_reading_and_answer_is_in_the_audit_without_words(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await answers_the_first(naima)

    (row,) = await requests(desk)

    assert await audited(desk) == [
        ("help.read", f"help:{row.id}"),
        ("help.answer", f"help:{row.id}"),
    ]


async def test_of_two_who_answer_at_once_the_second_is_told(
    desk: Desk, hassan: Visitor, naima: Visitor, said_colleague: Visitor
) -> None:
    await leaves(hassan)
    for officer in (naima, said_colleague):
        await opens_the_first(officer)
        await officer.taps("Répondre")

    await naima.sends("La première réponse.")
    told = len(hassan.chat)
    refused = await said_colleague.sends("La seconde réponse.")

    assert "Quelqu’un de l’équipe a déjà traité ce message" in refused.text
    assert len(hassan.chat) == told
    assert "La première réponse." in hassan.newest.text


async def test_one_may_write_again_once_after_an_answer(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await answers_the_first(naima)
    answer = hassan.newest

    await hassan.taps("الكتابة", answer)
    await hassan.sends("شكرا، وفي أي ساعة؟")
    await hassan.taps("الكتابة", answer)
    opened = await opens_the_first(naima)

    assert "سبق لكم أن كتبتم من جديد" in hassan.notices[-1]
    assert "Cette personne avait écrit" in opened.text
    assert WORDS in opened.text
    assert "Au guichet 3." in opened.text
    assert "شكرا، وفي أي ساعة؟" in opened.text


async def test_an_answer_is_written_to_by_its_own_reader_only(
    desk: Desk, hassan: Visitor, amina: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await answers_the_first(naima)
    (row,) = await requests(desk)
    await amina.sends("/start")

    await amina.taps_data(f"LeaveMessage:{row.id}")

    assert "Ce message n’est plus ici" in amina.notices[-1]


async def test_too_long_a_message_is_asked_for_again_and_one_stays_there(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    refused = await leaves(amina, "x" * (LONGEST_MESSAGE + 1))
    left = await amina.sends("x" * LONGEST_MESSAGE)

    assert "1001" in refused.text
    assert "gardé pour le personnel" in left.text
    assert len(await requests(desk)) == 1


async def test_too_long_an_answer_is_asked_for_again(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Une question")
    refused = await answers_the_first(naima, "é" * (LONGEST_ANSWER + 1))
    before = len(amina.chat)
    await naima.sends("é" * LONGEST_ANSWER)

    assert str(LONGEST_ANSWER + 1) in refused.text
    assert len(amina.chat) == before + 1
    assert "é" * LONGEST_ANSWER in amina.newest.text


async def test_a_photo_leaves_the_answer_awaited(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Une question")
    await opens_the_first(naima)
    await naima.taps("Répondre")

    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    again = await naima.sends(photo=photo)
    await naima.sends("Au guichet 3.")

    assert again.text.startswith("Écrivez ici, ou touchez un bouton.")
    assert "Au guichet 3." in amina.newest.text


@pytest.mark.parametrize("sign", ["🟥", "ع", "a\n"])
async def test_the_longest_exchange_fits_into_a_message(
    desk: Desk, amina: Visitor, naima: Visitor, sign: str
) -> None:
    size = len(sign.encode("utf-16-le")) // 2
    await leaves(amina, sign * (LONGEST_MESSAGE // size))
    await answers_the_first(naima, sign * (LONGEST_ANSWER // size))
    await amina.taps("Écrire de nouveau")
    await amina.sends(sign * (LONGEST_MESSAGE // size))
    await answers_the_first(naima, sign * (LONGEST_ANSWER // size))
    await naima.taps("Messages en attente")
    await naima.taps("Messages traités")

    opened = await naima.taps("Ouvrir le message ⁨2⁩")

    assert "Réponse :" in opened.text
    assert units(opened.text) <= LONGEST_TEXT


async def test_a_voice_message_is_kept_and_heard_by_the_officer(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await amina.sends("/help")
    await amina.taps("Laisser")
    file = {"file_id": "voice-7", "file_unique_id": "7", "duration": 3, "file_size": 9}
    await amina.sends(voice=file)
    await opens_the_first(naima)

    assert naima.newest.document == "voice-7"
    assert "Un message vocal" in naima.chat[-2].text


@pytest.mark.parametrize("content", [{"sticker": None}, {"text": "\u200f\u2800"}])
async def test_what_is_no_message_is_refused_kindly_and_one_stays_there(
    desk: Desk, amina: Visitor, naima: Visitor, content: dict[str, str | None]
) -> None:
    await amina.sends("/help")
    await amina.taps("Laisser")

    text = content.get("text")
    refused = await (amina.sends(text) if text else amina.sends(dice={"emoji": "🎲", "value": 3}))
    left = await amina.sends("Bonjour")

    assert "Seul un texte écrit ou un message vocal" in refused.text
    assert "gardé pour le personnel" in left.text


async def test_giving_up_keeps_nothing(desk: Desk, amina: Visitor, naima: Visitor) -> None:
    await amina.sends("/help")
    await amina.taps("Laisser")
    await amina.taps("Annuler")

    menu = await amina.sends("Bonjour")

    assert "Merci pour votre message" in menu.text
    assert await requests(desk) == []


async def test_a_questionnaire_goes_on_after_a_message(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await amina.sends("/start c_houses")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")

    left = await leaves(amina, "Qui lit mes réponses ?")
    asked = await amina.taps("Continuer mes réponses", left)

    assert "Bonjour" in asked.text


async def test_three_messages_may_wait_and_no_more(
    desk: Desk, amina: Visitor, hassan: Visitor, naima: Visitor
) -> None:
    for number in range(3):
        await leaves(amina, f"Message {number}")
    await amina.sends("/help")
    await amina.taps("Laisser")
    await leaves(hassan)

    assert "Trois de vos messages attendent déjà" in amina.notices[-1]
    assert len(await requests(desk)) == 4


async def test_words_of_both_sides_are_escaped_and_turn_nothing(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "<b>Bonjour\u202e")
    opened = await opens_the_first(naima)
    read = opened.text
    await naima.taps("Répondre")
    await naima.sends("1 < 2\u202e")

    assert "&lt;b&gt;Bonjour" in read
    assert "1 &lt; 2" in amina.newest.text
    assert "\u202e" not in read + amina.newest.text


async def test_closing_by_phone_tells_the_person_and_an_insult_nobody(
    desk: Desk, amina: Visitor, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Rappelez-moi")
    await leaves(hassan, "إشهار")
    told = len(hassan.chat)
    for reason in ("Répondu au téléphone", "Il ne demande rien"):
        await opens_the_first(naima)
        await naima.taps("Clore")
        await naima.taps(reason)

    assert [one.ending for one in await requests(desk)] == [
        Ending.BY_PHONE,
        Ending.NOTHING_ASKED,
    ]
    assert "par téléphone ou au guichet" in amina.newest.text
    assert len(hassan.chat) == told


async def test_an_officer_sees_that_a_person_has_blocked_the_bot(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Une question")
    await amina.blocks()

    opened = await opens_the_first(naima)
    warned = opened.text
    await naima.taps("Répondre")
    sent = await naima.sends("Au guichet 3.")
    await naima.taps("Messages en attente")
    await naima.taps("Messages traités")
    missed = await naima.taps("Ouvrir le message")

    assert "une réponse attend son retour, 30 jours" in warned
    assert "la recevra à son retour" in sent.text
    assert "Elle n’est pas arrivée" in missed.text
    assert "guichet" not in amina.newest.text


async def test_who_comes_back_receives_what_was_answered_meanwhile_once_in_their_language(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    for words in ("Première", "Deuxième", "Troisième"):
        await leaves(amina, words)
    await answers_the_first(naima, "La première réponse.")  # read before she left
    desk.now += timedelta(days=1)
    await amina.blocks()
    await answers_the_first(naima, "La deuxième réponse.")
    await opens_the_first(naima)
    await naima.taps("Clore")
    await naima.taps("Répondu au téléphone")
    heard = len(amina.chat)

    desk.now += timedelta(days=20)
    await amina.unblocks()
    back = amina.chat[heard:]
    await amina.sends("/start")

    answer, closing = back
    assert "La deuxième réponse." in answer.text
    assert answer.labels == ["Écrire de nouveau"]
    assert "par téléphone ou au guichet" in closing.text
    assert len(amina.chat) == heard + 3


async def test_who_speaks_again_without_unblocking_receives_the_answer_too(
    desk: Desk, hassan: Visitor, amina: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await hassan.blocks()
    await answers_the_first(naima)
    await amina.blocks()
    await amina.sends("/start")

    await hassan.sends("/start")

    assert not any("guichet" in one.text for one in amina.chat)
    assert "guichet" in hassan.newest.text
    await hassan.sends("/start")
    assert sum("guichet" in one.text for one in hassan.chat) == 1


async def test_messages_grow_old_visibly_the_oldest_first(
    desk: Desk, amina: Visitor, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Première")
    desk.now += timedelta(days=7)
    await leaves(hassan, "الثانية")
    desk.now += timedelta(days=3)

    labels = (await naima.sends("/staff")).labels
    listed = await naima.taps("Messages")
    first, second = [line for line in listed.text.split("\n") if "du ⁨" in line]

    assert "Messages (2, depuis 10 jours)" in labels
    assert "⏰ Très en retard" in first
    assert "⏰ En retard" in second


async def test_a_message_is_erased_thirty_days_after_its_answer_by_the_clock(
    desk: Desk, amina: Visitor, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Première")
    await leaves(hassan)
    await answers_the_first(naima)
    await tidies(desk)

    desk.now += timedelta(days=29, hours=23)
    await tidies(desk)
    kept = len(await requests(desk))
    desk.now += timedelta(hours=2)
    await tidies(desk)

    assert kept == 2
    (waiting,) = await requests(desk)
    assert waiting.answered_at is None


async def test_a_clock_that_has_jumped_erases_nothing(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Première")
    await answers_the_first(naima)
    await tidies(desk)

    desk.now += timedelta(days=400)
    await tidies(desk)

    assert len(await requests(desk)) == 1


async def test_staff_are_told_once_an_hour_at_most(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    await leaves(amina, "Première")
    first = await due(desk)
    await done(desk)
    desk.now += timedelta(minutes=20)
    await leaves(amina, "Deuxième")
    second = await due(desk)
    await leaves(amina, "Troisième")

    assert second - first == timedelta(hours=1)
    assert await due(desk) == second


async def due(desk: Desk) -> datetime:
    """When the only waiting job tells staff."""
    async with desk.database.reading() as session:
        rows = await session.scalars(
            select(Job).where(Job.kind == TELL, Job.state == JobState.WAITING)
        )
        return rows.one().due_at


async def done(desk: Desk) -> None:
    async with desk.database.unit_of_work() as session:
        (await session.scalars(select(Job).where(Job.kind == TELL))).one().state = JobState.DONE


@pytest.mark.parametrize("role", [None, Role.ANALYST])
async def test_others_read_no_messages(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int, role: Role | None
) -> None:
    await leaves(hassan)
    (row,) = await requests(desk)
    await (becomes(desk, amina, role) if role else amina.sends("/start"))

    for data in (
        "ListMessages:0",
        "ListEndedMessages:0",
        f"OpenMessage:{row.id}",
        f"AnswerMessage:{row.id}",
        f"CloseMessage:{row.id}",
        f"EndMessage:{row.id}:1",
    ):
        await amina.taps_data(data)
        assert "un autre rôle" in amina.notices[-1]

    assert await audited(desk) == []
    assert not any(WORDS in shown.text for shown in amina.chat)
    assert not any("Messages" in label for label in (await amina.sends("/staff")).labels)


async def test_a_role_that_is_withdrawn_in_mid_answer_sends_nothing(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)
    await opens_the_first(naima)
    await naima.taps("Répondre")
    await loses_the_role(desk, naima)
    told = len(hassan.chat)

    await naima.sends("Trop tard")

    assert len(hassan.chat) == told
    (row,) = await requests(desk)
    assert row.answered_at is None


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_working_days_are_counted_as_one_by_one(since: date, ahead: int) -> None:
    days = [since + timedelta(days=number) for number in range(1, ahead + 1)]

    assert working_days(since, since + timedelta(days=ahead)) == sum(
        day.weekday() < 5 for day in days
    )


def test_two_working_days_are_in_time_and_five_are_late() -> None:
    assert [lateness(days) for days in (0, 2, 3, 5, 6)] == [
        Lateness.IN_TIME,
        Lateness.IN_TIME,
        Lateness.LATE,
        Lateness.LATE,
        Lateness.VERY_LATE,
    ]


def test_the_button_counts_what_waits() -> None:
    assert queue_label(Queue(0, 0)) == "Messages"
    assert queue_label(Queue(3, 2)) == "Messages (3, oldest 2 days)"


async def test_a_message_may_begin_with_a_stroke_and_is_no_command(
    desk: Desk, amina: Visitor, naima: Visitor
) -> None:
    left = await leaves(amina, "/ Rue du souk")

    assert "gardé pour le personnel" in left.text
    assert "/ Rue du souk" in (await opens_the_first(naima)).text


async def test_a_wrong_command_and_a_changed_message_leave_what_is_asked(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await leaves(amina, "/surprise")
    changed = await amina.edits("Rue du souk")

    left = await amina.sends("Rue du souk")
    after = await amina.edits("Rue du souk, n° 4")

    assert changed.text.startswith("Vous avez modifié un message.")
    assert "gardé pour le personnel" in left.text
    assert "Vous avez modifié un message. Ce que vous avez envoyé reste tel quel." in after.text
    assert len(await requests(desk)) == 1


async def test_an_answer_that_shows_nothing_is_not_sent(
    desk: Desk, hassan: Visitor, naima: Visitor
) -> None:
    await leaves(hassan)

    again = await answers_the_first(naima, "\u200b\u3164")

    assert again.text.startswith("Rien n’est lisible dans ce message.")
    assert "écrivez votre réponse" in again.text
    (row,) = await requests(desk)
    assert row.answered_at is None
