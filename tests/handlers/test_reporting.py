"""The report back: written word by word, published whole, read by everybody, corrected openly."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forms.form import Form
from handlers.views.outcomes import outcome_page
from handlers.views.view import LONGEST_TEXT
from participation.announcing import told_so_far
from participation.people import LANGUAGES
from participation.quiet import next_session
from participation.report_fields import NOTE, Field
from participation.reports import LONGEST_HEARD, LONGEST_REASON, MOST_THEMES, Report, Theme
from storage.announcements import Announcement, AnnouncementText, Delivery
from storage.audit import AuditEntry
from storage.base import ConsultationId
from storage.deliveries import Due, claim, unclaim
from storage.people import Role
from storage.reports import ReportBack, ReportFile, ThemeRow, Verdict
from storage.running import Job, Tally
from storage.sketches import Sketch
from storage.wishes import OutcomeWish
from tests.handlers.desk import TITLE, Desk, Shown, Visitor
from tests.handlers.staffing import becomes, loses_the_role, person_of
from tests.handlers.test_lengths import units


@pytest.fixture
async def closed(desk: Desk, form: Form) -> int:
    """A consultation that closed long ago."""
    return await desk.opens(form, opens_on=date(2026, 10, 1), closes_on=date(2026, 10, 20))


@pytest.fixture
async def naima(desk: Desk, closed: int) -> Visitor:
    """The officer; reads French."""
    return await becomes(desk, desk.visitor("Naima", 601, "fr"))


async def wishes(desk: Desk, visitor: Visitor, consultation: int) -> None:
    """The visitor wishes to hear the outcome."""
    await visitor.sends("/start")
    person = await person_of(desk, visitor)
    async with desk.database.unit_of_work() as session:
        session.add(OutcomeWish(person_id=person.id, consultation_id=ConsultationId(consultation)))


async def board(officer: Visitor) -> Shown:
    """From the workspace to the report."""
    await officer.sends("/staff")
    await officer.taps("Toutes les consultations")
    await officer.taps("Maisons")
    return await officer.taps("Suites données")


async def adds(officer: Visitor, heard: str, verdict: str, reason: str = "Parce que.") -> Shown:
    """A theme in both languages, from the board."""
    await officer.taps("Ajouter un thème")
    await officer.sends(heard)
    await officer.sends(f"بالعربية {heard}")
    await officer.taps(verdict)
    await officer.sends(reason)
    await officer.sends(f"بالعربية {reason}")
    return await officer.taps("Retour aux suites données")


async def publishes(officer: Visitor) -> Shown:
    await officer.taps("Publier")
    return await officer.taps("Publier")


LARGE = {"file_id": "1", "file_unique_id": "1", "file_name": "a.pdf", "file_size": 10**8}


async def rows(desk: Desk, statement: Any) -> Sequence[Any]:
    async with desk.database.reading() as session:
        return (await session.scalars(statement)).all()


async def test_a_report_is_written_published_told_and_read(
    desk: Desk, hassan: Visitor, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await adds(naima, "Une piscine", "❌", "Trop cher <ici>.")
    confirmation = await naima.taps("Publier")
    asked = confirmation.text
    published = await naima.taps("Publier")

    assert "⁨1⁩ personne a demandé à être informée" in asked
    assert "⁨1⁩ personne est en train d’être informée" in published.text
    (text,) = await rows(
        desk, select(AnnouncementText.request).where(AnnouncementText.language == "ar")
    )
    assert "أجابت الجماعة عن مساهمات التشاور" in text["text"]
    told = [one["callback_data"] for row in text["reply_markup"]["inline_keyboard"] for one in row]
    assert told == [f"ReadOutcome:{closed}:0", "StopAnnouncements"]
    (delivery,) = await rows(desk, select(Delivery.person_id))
    assert delivery == (await person_of(desk, hassan)).id

    await hassan.taps_data(told[0])
    read = hassan.newest
    assert "✅ مقبول" in read.text
    assert "❌ غير مقبول" in read.text
    assert "بالعربية Trop cher &lt;ici&gt;." in read.text

    card = await amina.sends("/start c_houses")
    assert "La commune a donné suite." in card.text
    outcome = await amina.taps("Suites données")
    assert "Une piscine" in outcome.text
    await amina.taps_data(f"WishOutcome:{closed}")
    assert "La commune a donné suite à la consultation" in amina.newest.text
    assert amina.newest.buttons[0][0]["callback_data"] == f"ReadOutcome:{closed}:0"
    assert "La commune a donné suite." in (await amina.sends("/consultations")).text


async def test_what_was_taken_back_is_no_contribution(
    desk: Desk, amina: Visitor, naima: Visitor, closed: int
) -> None:
    async with desk.database.unit_of_work() as session:
        for what, number in (("submitted", 5), ("withdrawn", 2)):
            session.add(
                Tally(
                    subject="consultation",
                    subject_id=closed,
                    what=what,
                    count=number,
                    counted_on=date(2026, 11, 2),
                )
            )
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)

    await amina.sends("/start c_houses")
    outcome = await amina.taps("Suites données")

    assert "⁨3⁩ contributions" in outcome.text


async def test_every_word_is_kept_before_the_next_is_asked_for(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")
    asked = await naima.sends("Ouvrir le soir")

    (sketch,) = await rows(desk, select(Sketch.document))
    assert sketch["themes"] == [{"heard": {"fr": "Ouvrir le soir"}, "verdict": None, "reason": {}}]
    assert "⁨العربية⁩" in asked.text
    again = await board(naima)
    assert "⁨1⁩. ⁨Ouvrir le soir⁩" in again.labels
    assert "Suite à choisir" in again.text


async def test_a_changed_message_leaves_the_text_awaited(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")
    await naima.sends("Ouvrir le soire")

    said = await naima.edits("Ouvrir le soir")
    following = await naima.sends("فتح دور الحي مساء")

    assert said.text.startswith("Vous avez modifié un message.")
    assert "Retenu" in following.labels[0]


async def test_a_text_in_the_other_language_is_asked_for_again(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")

    arabic = await naima.sends("فتح دور الحي مساء")
    await naima.sends("Ouvrir le soir")
    french = await naima.sends("Ouvrir le soir")
    following = await naima.sends("فتح دور الحي مساء, 18h")

    for refused, wanted in ((arabic, "Français"), (french, "العربية")):
        assert refused.text.startswith("Ce texte est dans l’autre langue : il n’est pas gardé.")
        assert f"\u2068{wanted}\u2069" in refused.text
    assert "Retenu" in following.labels[0]


async def test_a_missing_language_is_said_and_kept(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")
    await naima.sends("Ouvrir le soir")
    await naima.taps("Pas dans cette langue")
    await naima.taps("Retenu")
    await naima.taps("Pas dans cette langue")
    await naima.taps("Pas dans cette langue")
    shown = await naima.taps("Retour aux suites données")
    warned = shown.text
    await publishes(naima)
    await hassan.sends("/start")
    await hassan.taps_data(f"ReadOutcome:{closed}:0")

    assert "Tout n’est pas écrit dans cette langue : ⁨العربية⁩" in warned
    assert "Ouvrir le soir" in hassan.newest.text
    assert "جزء من هذا النص لم يترجم بعد" in hassan.newest.text


@pytest.mark.parametrize("verdict", ["🟡", "❌"])
async def test_a_verdict_that_needs_a_reason_is_not_published_without(
    desk: Desk, naima: Visitor, closed: int, verdict: str
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")
    await naima.sends("Ouvrir le soir")
    await naima.taps("Pas dans cette langue")
    await naima.taps(verdict)
    for _ in range(2):
        await naima.taps("Pas dans cette langue")
    lacking = naima.newest.text
    await naima.taps("Retour aux suites données")

    await naima.taps("Publier")

    assert "Cette suite demande un motif" in lacking
    assert "Le thème ⁨1⁩ n’est pas terminé" in naima.notices[-1]
    assert await rows(desk, select(ReportBack)) == []


async def test_a_voice_leaves_the_text_awaited(desk: Desk, naima: Visitor, closed: int) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")

    again = await naima.sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
    await naima.sends("Ouvrir le soir")

    (sketch,) = await rows(desk, select(Sketch.document))
    assert again.text.startswith("Écrivez ici, ou touchez un bouton.")
    assert sketch["themes"][0]["heard"] == {"fr": "Ouvrir le soir"}


async def test_too_long_a_text_is_asked_for_again(desk: Desk, naima: Visitor, closed: int) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")

    refused = await naima.sends("x" * (LONGEST_HEARD + 1))
    await naima.sends("x" * LONGEST_HEARD)

    assert str(LONGEST_HEARD + 1) in refused.text
    (sketch,) = await rows(desk, select(Sketch.document))
    assert sketch["themes"][0]["heard"] == {"fr": "x" * LONGEST_HEARD}


async def test_a_theme_is_changed_and_removed_once(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await adds(naima, "Un", "Retenu")
    await adds(naima, "Deux", "Retenu")
    await naima.taps("⁨1⁩. ⁨Un")
    await naima.taps("Thème · Français")
    changed = await naima.sends("Premier")
    words, remove = changed.text, changed.data("Retirer ce thème")

    await naima.taps_data(remove, changed)
    await naima.taps_data(remove, changed)

    assert "⁨1⁩. ⁨Premier⁩" in words
    assert "Ce thème n’est plus ici" in naima.notices[-1]
    (sketch,) = await rows(desk, select(Sketch.document))
    assert [one["heard"]["fr"] for one in sketch["themes"]] == ["Deux"]


async def test_there_is_room_for_twelve_themes(desk: Desk, naima: Visitor, closed: int) -> None:
    await board(naima)
    for number in range(MOST_THEMES):
        shown = await adds(naima, f"Thème {number}", "Retenu")
    full = list(shown.labels)

    await naima.taps_data(f"AskReportText:{closed}:{Field(MOST_THEMES, False, 'fr').number}")

    assert "Ajouter un thème" not in full
    assert "⁨12⁩ thèmes au plus" in naima.notices[-1]


async def test_the_preview_is_what_citizens_see(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await adds(naima, "Ouvrir le soir", "🟡")
    previewed = (await naima.taps("Aperçu : العربية")).text
    await naima.taps("إلى جواب الجماعة")
    await publishes(naima)

    await hassan.sends("/start")
    await hassan.taps_data(f"ReadOutcome:{closed}:0")

    assert previewed.split("\n\n", 1)[1] == hassan.newest.text


async def test_who_wished_it_and_is_away_is_told_on_coming_back(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await hassan.blocks()
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)

    away = await due(desk)
    (announced,) = await rows(desk, select(Announcement))
    async with desk.database.reading() as session:
        told = await told_so_far(session, announced)
    await hassan.sends("/start")
    back = await due(desk)

    assert away == []
    assert (told.unreachable, told.is_over) == (1, True)
    assert [one.chat_id for one in back] == [hassan.number]


async def test_a_wish_that_comes_after_the_outcome_leads_straight_to_it(
    desk: Desk, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)
    await amina.sends("/start")

    await amina.taps_data(f"WishOutcome:{closed}")
    told = amina.newest.text
    await amina.taps("Suites données")

    assert "La commune a donné suite à la consultation" in told
    assert "Ouvrir le soir" in amina.newest.text


async def test_who_was_away_for_a_month_hears_of_a_corrected_outcome_once(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await hassan.blocks()
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)
    await board(naima)
    await adds(naima, "Une piscine", "Retenu")
    await naima.taps("Publier")
    await naima.sends("Un thème de plus.")
    await naima.taps("Pas dans cette langue")
    await naima.taps("Publier et les informer à nouveau")

    desk.now += timedelta(days=30)
    away = await due(desk)
    await hassan.sends("/start")
    (back,) = await due(desk)

    assert away == []
    assert back.chat_id == hassan.number
    assert "صححت" in (back.request or {})["text"]


async def due(desk: Desk) -> list[Due]:
    """What the mail loop would send now."""
    async with desk.database.unit_of_work() as session:
        found = await claim(session, 8, (), desk.now)
        await unclaim(session)
    return found


async def test_pressing_publish_twice_tells_once(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    confirmation = await naima.taps("Publier")
    data = confirmation.data("Publier")

    await naima.taps_data(data, confirmation)
    await naima.taps_data(data, confirmation)

    assert "rien de nouveau à publier" in naima.notices[-1]
    assert len(await rows(desk, select(Announcement.id))) == 1


async def test_a_correction_says_what_it_changes_and_tells_nobody_unasked(
    desk: Desk, hassan: Visitor, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)
    desk.now += timedelta(days=2)
    await board(naima)
    await naima.taps("⁨1⁩.")
    await naima.taps("Thème · Français")
    await naima.sends("Ouvrir le dimanche")
    await naima.taps("Retour aux suites données")
    asked = (await naima.taps("Publier")).text
    await naima.sends("Le jour était faux.")
    await naima.sends("كان اليوم خاطئا.")
    await naima.taps("Publier la correction")

    assert "Que change cette correction" in asked
    assert len(await rows(desk, select(Announcement.id))) == 1
    await amina.sends("/start c_houses")
    outcome = await amina.taps("Suites données")
    assert "Corrigé le ⁨25 novembre 2026⁩ : ⁨Le jour était faux.⁩" in outcome.text
    assert "Publié le ⁨23 novembre 2026⁩" in outcome.text
    assert "Ouvrir le dimanche" in outcome.text
    acts = await rows(desk, select(AuditEntry.act).order_by(AuditEntry.id))
    assert list(acts) == ["report.publish", "report.correct"]


async def test_a_correction_can_be_told_again(
    desk: Desk, hassan: Visitor, naima: Visitor, closed: int
) -> None:
    await wishes(desk, hassan, closed)
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)
    await board(naima)
    await adds(naima, "Une piscine", "Retenu")
    await naima.taps("Publier")
    await naima.sends("Un thème de plus.")
    await naima.taps("Pas dans cette langue")

    await naima.taps("Publier et les informer à nouveau")

    texts = await rows(desk, select(AnnouncementText.request).order_by(AnnouncementText.language))
    first, second = await rows(desk, select(Announcement.id).order_by(Announcement.id))
    assert first < second
    assert await rows(desk, select(Delivery.announcement_id)) == [second]  # nothing had left
    assert any("a corrigé les suites" in one["text"] for one in texts)


async def test_of_two_officers_the_second_does_not_write_over_the_first(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    colleague = await becomes(desk, desk.visitor("Said", 602, "fr"))
    for officer in (naima, colleague):
        await board(officer)
        await adds(officer, f"De {officer.name}", "Retenu")

    await publishes(naima)
    await colleague.taps("Publier")

    assert "Une version plus récente" in colleague.notices[-1]
    (heard,) = await rows(desk, select(ThemeRow.heard))
    assert heard["fr"] == "De Naima"
    await colleague.taps("Effacer ce brouillon")
    fresh = await colleague.taps("Oui, l’effacer")
    assert "⁨1⁩. ⁨De Naima⁩" in fresh.labels


async def test_a_file_and_a_voice_go_to_the_readers_of_their_language(
    desk: Desk, hassan: Visitor, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Fichier ou voix : Français")
    pdf = {"file_id": "pdf-1", "file_unique_id": "1", "file_name": "suites.pdf", "file_size": 9}
    await naima.sends(document=pdf)
    await naima.taps("Fichier ou voix : العربية")
    spoken = {"file_id": "voice-1", "file_unique_id": "2", "duration": 9, "file_size": 9}
    await naima.sends(voice=spoken)
    await publishes(naima)

    for visitor, label in ((amina, "📄"), (hassan, "🔊")):
        await visitor.sends("/start")
        await visitor.taps_data(f"ReadOutcome:{closed}:0")
        await visitor.taps(label)

    assert amina.newest.document == "pdf-1"
    assert hassan.newest.document == "voice-1"
    jobs = await rows(desk, select(Job.kind).where(Job.kind == "keep_report_file"))
    assert len(jobs) == 2


async def test_a_bot_of_another_name_sends_what_was_kept(
    desk: Desk, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Fichier ou voix : Français")
    pdf = {"file_id": "pdf-1", "file_unique_id": "1", "file_name": "suites.pdf", "file_size": 9}
    await naima.sends(document=pdf)
    await publishes(naima)
    async with desk.database.unit_of_work() as session:
        row = (await session.scalars(select(ReportFile))).one()
        row.bot_id, row.content = 7, b"%PDF"

    await amina.sends("/start")
    await amina.taps_data(f"ReadOutcomeFile:{closed}")

    assert (amina.newest.document or "").startswith("attached:")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "Bonjour"},
        {"document": {"file_id": "1", "file_unique_id": "1", "file_name": "a.exe"}},
        {
            "document": {
                "file_id": "1",
                "file_unique_id": "1",
                "file_name": "a.pdf",
                "file_size": 10**8,
            }
        },
    ],
    ids=["words", "program", "large"],
)
async def test_what_cannot_be_enclosed_is_refused_and_one_stays_there(
    desk: Desk, naima: Visitor, closed: int, content: dict[str, Any]
) -> None:
    await board(naima)
    await naima.taps("Fichier ou voix : Français")

    refused = await naima.sends(**content)
    pdf = {"file_id": "pdf-1", "file_unique_id": "1", "file_name": "suites.PDF", "file_size": 9}
    kept = await naima.sends(document=pdf)

    assert "Ceci ne peut pas être pris" in refused.text
    assert "Le fichier est gardé" in kept.text


async def test_a_report_is_not_written_while_somebody_can_answer(desk: Desk, form: Form) -> None:
    number = await desk.opens(form)
    officer = await becomes(desk, desk.visitor("Naima", 601, "fr"))

    for data in (f"WriteReport:{number}", f"PublishReport:{number}:1"):
        await officer.taps_data(data)
        assert "24 heures après la clôture" in officer.notices[-1]


@pytest.mark.parametrize("role", [None, Role.ANALYST])
async def test_others_write_no_report(
    desk: Desk, amina: Visitor, closed: int, role: Role | None
) -> None:
    await (becomes(desk, amina, role) if role else amina.sends("/start"))
    for data in (
        f"WriteReport:{closed}",
        f"AskReportText:{closed}:0",
        f"DecideTheme:{closed}:0:accepted",
        f"PublishReport:{closed}:1",
        f"GiveUpReport:{closed}:1",
    ):
        await amina.taps_data(data)
        assert "un autre rôle" in amina.notices[-1]

    assert await rows(desk, select(Sketch.kind)) == []


async def test_a_role_that_is_withdrawn_in_mid_report_writes_nothing_more(
    desk: Desk, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await naima.taps("Ajouter un thème")
    await loses_the_role(desk, naima)

    await naima.sends("Trop tard")

    assert await rows(desk, select(Sketch.kind)) == []


async def test_forged_buttons_do_no_harm(desk: Desk, naima: Visitor, closed: int) -> None:
    await board(naima)
    for data in (
        f"DecideTheme:{closed}:0:perhaps",
        f"AskReportText:{closed}:999999999999",
        f"PreviewReport:{closed}:xx:999",
        f"AskReportFile:{closed}:xx",
        f"OpenTheme:{closed}:77",
        f"AskReportText:{closed}:2",
    ):
        await naima.taps_data(data)

    assert await rows(desk, select(Sketch.kind)) == []


async def test_nothing_published_is_said(desk: Desk, amina: Visitor, closed: int) -> None:
    await amina.sends("/start")
    for data in (f"ReadOutcome:{closed}:0", f"ReadOutcomeFile:{closed}"):
        await amina.taps_data(data)

        assert "n’a pas encore donné suite" in amina.notices[-1]


async def test_with_nothing_open_the_menu_has_outcomes_session_and_subscribing(
    desk: Desk, amina: Visitor, naima: Visitor, closed: int
) -> None:
    await board(naima)
    await adds(naima, "Ouvrir le soir", "Retenu")
    await publishes(naima)

    menu = await amina.sends("/start")
    labels = list(menu.labels)
    await amina.taps("Me prévenir")
    followed = await amina.taps("Oui, m’informer")
    quiet = await amina.sends("/start")

    assert "Suites : ⁨Maisons de quartier⁩" in labels
    assert "Vous serez informé(e) ici" in followed.text
    assert (await person_of(desk, amina)).subscribed is True
    assert "Me prévenir à l’ouverture" not in quiet.labels
    assert "Vous serez prévenu(e) ici" in quiet.text
    await amina.taps_data("ConsiderOpenings")
    assert "Vous serez informé(e) ici" in amina.newest.text


SESSIONS = {
    "ordinary_sessions": [
        {"month": 2, "name": {"fr": "de février"}},
        {"month": 5, "name": {"fr": "de mai"}},
        {"month": 10, "name": {"fr": "d’octobre"}},
    ]
}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 23), "de février"),
        (date(2027, 2, 3), "de février"),
        (date(2027, 2, 20), "de mai"),
        (date(2027, 10, 31), "de février"),
    ],
)
def test_the_next_session_is_a_month_until_its_day_is_typed(day: date, name: str) -> None:
    session = next_session(SESSIONS, day)

    assert session is not None
    assert (session.name["fr"], session.held_on) == (name, None)


def test_a_typed_day_goes_first_until_it_is_over() -> None:
    first, *others = SESSIONS["ordinary_sessions"]
    profile = {"ordinary_sessions": [{**first, "next_on": "2027-02-05"}, *others]}

    before, after = (
        next_session(profile, date(2027, 2, 5)),
        next_session(profile, date(2027, 3, 1)),
    )

    assert before is not None
    assert after is not None
    assert before.held_on == date(2027, 2, 5)
    assert (after.name["fr"], after.held_on) == ("de mai", None)
    assert next_session({}, date(2027, 1, 1)) is None


texts = st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=40))
themes = st.builds(Theme, texts, st.none() | st.sampled_from(Verdict), texts)


@given(st.lists(themes, max_size=MOST_THEMES), texts, st.integers(0, 9))
def test_a_sketch_gives_back_what_was_written(
    written: list[Theme], note: dict[str, str], version: int
) -> None:
    report = Report(ConsultationId(7), TITLE, tuple(written), {}, note, version)

    assert Report.from_document(ConsultationId(7), TITLE, report.to_document()) == report


@given(st.integers(0, NOTE), st.booleans(), st.sampled_from(LANGUAGES))
def test_a_field_is_found_again_by_its_number(theme: int, is_reason: bool, language: str) -> None:
    field = Field(theme, is_reason, language)

    assert Field.numbered(field.number) == field


@pytest.mark.parametrize("sign", ["🟥", "ع", "a\n"])
def test_the_longest_report_fits_into_its_pages(sign: str) -> None:
    size = len(sign.encode("utf-16-le")) // 2
    heard, reason = (sign * (longest // size) for longest in (LONGEST_HEARD, LONGEST_REASON))
    theme = Theme({"ar": heard}, Verdict.REFUSED, {"ar": reason})
    report = Report(
        ConsultationId(7),
        {"ar": "ع" * 300},
        (theme,) * MOST_THEMES,
        note={"ar": "ع" * 300},
        published_on=date(2026, 11, 23),
        corrected_on=date(2026, 11, 24),
        contributions=412,
    )

    pages = [outcome_page(report, page)[0] for page in range(outcome_page(report, 0)[1])]

    assert len(pages) > 1
    assert all(units(page) <= LONGEST_TEXT - 60 for page in pages)
    assert sum(page.count("❌") for page in pages) == MOST_THEMES
