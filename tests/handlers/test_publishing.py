"""Opening, extending and closing on the desk: what is shown, what counts, what is refused."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from forms.form import Form
from participation import templates
from participation.known import load
from participation.roles import Act
from participation.shelf import Shelf
from participation.staff import Staff
from storage.announcements import AnnouncementKind, Delivery
from storage.consultations import Consultation, ConsultationState, Mode
from storage.documents import Document
from storage.people import Role
from storage.sketches import Sketch
from storage.submissions import Submission, SubmissionState
from tests.forms.workbooks import form_of
from tests.handlers.desk import NOON, Desk, Visitor
from tests.handlers.drafting import acts, draft, hired, jobs, manages, rows, subscribed, the, told

NAMES = """
survey
| type | name | label::العربية (ar) | label::Français (fr) |
| text | idea | ما رأيكم؟ | Votre avis ? |
| text | nom | الاسم الكامل | Nom complet |
| text | cnie | رقم البطاقة الوطنية | Numéro de CNIE |
settings
| form_id | version | default_language |
| names | 1 | العربية (ar) |
"""


@pytest.fixture
async def naima(desk: Desk) -> Visitor:
    return await hired(desk, desk.visitor("Naima", 600, "fr"))


@pytest.fixture
async def number(desk: Desk, form: Form) -> int:
    return await draft(desk, form)


async def opens(visitor: Visitor, number: int) -> None:
    await manages(visitor, number)
    await visitor.taps("Ouvrir la consultation")
    await visitor.taps("Confirmer l’ouverture")


async def test_an_opening_says_what_it_does_and_does_it_once(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await subscribed(desk, (700, "fr"), (701, "ar"))
    await subscribed(desk, (702, "fr"), reachable=False)
    await manages(naima, number)

    shown = (await naima.taps("Ouvrir la consultation")).text
    confirm = naima.newest.data("Confirmer")
    opened = await naima.taps("Confirmer l’ouverture")
    await naima.taps_data(confirm)

    row = await the(desk, number)
    assert "informées : \u20682\u2069" in shown
    assert "\u20686\u2069 questions" in shown
    assert "13 décembre 2026" in shown.replace("\u00a0", " ")
    assert "Anonyme" in shown
    assert "La consultation est ouverte." in opened.text
    assert row.state is ConsultationState.PUBLISHED
    assert (row.opens_on, row.closes_on) == (date(2026, 11, 23), date(2026, 12, 13))
    assert row.seal_at == row.closes_at + timedelta(hours=25)
    texts = await told(desk)
    assert set(texts) == {700, 701}
    assert "La commune demande votre avis" in texts[700]
    assert "تطلب الجماعة رأيكم" in texts[701]
    assert naima.notices[-1] == "Cette consultation est déjà ouverte."
    assert (await acts(desk)).count("consultation.open") == 1
    assert await jobs(desk) == ["leaflets"]


async def test_two_officers_at_once_open_it_once_and_both_are_answered(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await subscribed(desk, (700, "fr"))
    said = await hired(desk, desk.visitor("Saïd", 601, "fr"))
    for officer in (naima, said):
        await manages(officer, number)
        await officer.taps("Ouvrir la consultation")

    await naima.taps("Confirmer l’ouverture")
    await said.taps("Confirmer l’ouverture")

    assert said.notices == ["Cette consultation est déjà ouverte."]
    assert len(await rows(desk, Delivery)) == 1


async def test_two_workers_at_once_open_it_once_and_announce_it_once(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await subscribed(desk, (700, "fr"), (701, "ar"))
    said = await hired(desk, desk.visitor("Saïd", 601, "fr"))
    taps = []
    for officer in (naima, said):
        await manages(officer, number)
        shown = await officer.taps("Ouvrir la consultation")
        taps.append(tap_of(officer, shown.data("Confirmer l’ouverture")))

    elsewhere = Desk(desk.database, desk.keyring)
    answered = await asyncio.gather(desk.feed(taps[0]), elsewhere.feed(taps[1]))

    notices = sorted(requests[0]["text"] for requests in answered)
    assert notices == ["Cette consultation est déjà ouverte.", "La consultation est ouverte."]
    assert len(await rows(desk, Delivery)) == 2
    assert (await acts(desk)).count("consultation.open") == 1
    assert await jobs(desk) == ["leaflets"]


async def test_what_is_held_is_read_anew_though_somebody_has_moved(
    desk: Desk, naima: Visitor, number: int
) -> None:
    """The batch had looked at the draft before a colleague's was committed."""
    async with desk.database.unit_of_work() as session:
        known = await load(session, desk.keyring, Shelf(), [naima.number], desk.now)
        staff = Staff(known, known.people[naima.number])
        seen = await staff.consultation(Act.PUBLISH, number)
        await session.execute(
            update(Consultation)
            .values(state=ConsultationState.PUBLISHED)
            .execution_options(synchronize_session=False)
        )
        staff.person.language = "ar"

        held = await staff.consultation(Act.PUBLISH, number, change=True)

        assert held is seen
        assert held.state is ConsultationState.PUBLISHED
        assert staff.person.language == "ar"


async def test_the_rest_of_the_batch_sees_the_consultation(
    desk: Desk, naima: Visitor, amina: Visitor, number: int
) -> None:
    await manages(naima, number)
    screen = await naima.taps("Ouvrir la consultation")
    tap = {
        "id": "1",
        "from": naima.user,
        "chat_instance": "1",
        "message": naima._message(screen.id, {"text": "-"}),
        "data": screen.data("Confirmer"),
    }
    arrives = amina._message(1, {"text": "/start c_draft"})

    requests = await desk.feed(
        {"update_id": next(desk.numbers), "callback_query": tap},
        {"update_id": next(desk.numbers), "message": arrives},
    )

    assert "Maisons de quartier" in requests[-1]["text"]
    assert "Vos réponses sont anonymes." in requests[-1]["text"].replace("\u00a0", " ")
    assert requests[-1]["chat_id"] == amina.number


async def test_a_confirmation_counts_for_what_was_shown_only(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await manages(naima, number)
    await naima.taps("Ouvrir la consultation")
    async with desk.database.unit_of_work() as session:
        (await session.merge(await the(desk, number))).mode = Mode.IDENTIFIED

    again = (await naima.taps("Confirmer l’ouverture")).text
    state = (await the(desk, number)).state
    await naima.taps("Confirmer l’ouverture")

    assert "Quelque chose a changé" in again
    assert "Nominative" in again
    assert state is ConsultationState.DRAFT
    assert (await the(desk, number)).state is ConsultationState.PUBLISHED


@pytest.mark.parametrize(("minutes", "opened"), [(9, True), (10, False), (60, False)])
async def test_a_confirmation_is_good_for_ten_minutes(
    desk: Desk, naima: Visitor, number: int, minutes: int, opened: bool
) -> None:
    await manages(naima, number)
    await naima.taps("Ouvrir la consultation")
    desk.now += timedelta(minutes=minutes)

    await naima.taps("Confirmer l’ouverture")

    assert ((await the(desk, number)).state is ConsultationState.PUBLISHED) == opened


async def test_what_is_missing_is_listed_with_the_ways_out(desk: Desk, naima: Visitor) -> None:
    number = await draft(
        desk,
        form_of(NAMES),
        title={"fr": "Jardins"},
        stake={},
        contact=None,
        window_days=5,
    )
    async with desk.database.unit_of_work() as session:
        session.add(
            Document(
                consultation_id=number,
                slug="d1",
                language=None,
                position=0,
                title={"fr": "Plan"},
                summary=None,
                file_name="plan.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                content=b"x",
            )
        )
    await manages(naima, number)

    screen = await naima.taps("Ouvrir la consultation")

    for missing in (
        "Il manque le titre (langue : \u2068العربية",
        "Il manque l’enjeu (langue : \u2068Français",
        "Il manque le contact",
        "plan.pdf",
        "Moins de 10 jours",
        "« \u2068Nom complet\u2069 »",
        "CNIE n’est jamais demandé",
        "CNDP",
    ):
        assert missing in screen.text
    assert "Confirmer l’ouverture" not in screen.labels
    assert {"Titre", "Enjeu", "Contact", "Documents", "Écrire le motif", "Identité"} <= set(
        screen.labels
    )


async def test_an_identifying_question_needs_the_identified_mode(
    desk: Desk, naima: Visitor
) -> None:
    form = form_of(NAMES.replace("| text | cnie | رقم البطاقة الوطنية | Numéro de CNIE |\n", ""))
    number = await draft(desk, form)
    await manages(naima, number)

    missing = (await naima.taps("Ouvrir la consultation")).text
    await naima.taps("Identité")
    await naima.taps("Nominative")
    shown = await naima.taps("Ouvrir la consultation")

    assert "Ligne \u20683\u2069, «" in missing
    assert "Confirmer l’ouverture" in shown.labels


async def test_an_opening_ends_the_previews_of_everybody(
    desk: Desk, naima: Visitor, number: int
) -> None:
    colleague = await hired(desk, desk.visitor("Karim", 601, "fr"))
    for visitor in (naima, colleague):
        await manages(visitor, number)
        await visitor.taps("Aperçu")

    await opens(naima, number)
    left = await rows(desk, Sketch)
    ended = (await colleague.sends("Une idée")).text
    after = (await colleague.sends("Une idée")).text

    assert left == []
    assert "Cet aperçu est terminé" in ended
    assert "ne répond à aucune question" in after


async def test_nothing_is_opened_under_the_title_of_the_ready_workbook(
    desk: Desk, naima: Visitor, form: Form
) -> None:
    number = await draft(desk, form, title=templates.TITLE)
    await manages(naima, number)

    screen = await naima.taps("Ouvrir la consultation")

    assert screen.text.count("Il manque le titre") == 2


async def test_a_forged_confirmation_opens_nothing_that_is_not_ready(
    desk: Desk, naima: Visitor, form: Form
) -> None:
    number = await draft(desk, form, stake={})
    await manages(naima, number)
    await naima.taps("Ouvrir la consultation")

    await naima.taps_data(f"ConfirmOpening:{number}:0000000000zzz")

    assert (await the(desk, number)).state is ConsultationState.DRAFT
    assert "Il manque l’enjeu" in naima.newest.text


@pytest.mark.parametrize(
    "data",
    ["PrepareOpening", "ChooseMode", "PrepareClosing", "ChooseExtension", "ShareConsultation"],
)
@pytest.mark.parametrize("role", [Role.ANALYST, None])
async def test_others_are_refused(desk: Desk, number: int, data: str, role: Role | None) -> None:
    driss = desk.visitor("Driss", 602, "fr")
    if role is not None:
        await hired(desk, driss, role)
    await driss.sends("/start")

    await driss.taps_data(f"{data}:{number}")

    assert "agents de la commune" in driss.notices[-1] or "réservé" in driss.notices[-1]
    assert await acts(desk) == []


async def test_an_extension_is_told_to_those_who_began_and_is_the_only_one(
    desk: Desk, naima: Visitor, amina: Visitor, number: int
) -> None:
    await opens(naima, number)
    await amina.sends("/start c_draft")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")
    await manages(naima, number)

    await naima.taps("Proroger")
    shown = (await naima.taps("+7")).text
    confirm = naima.newest.data("Confirmer la prorogation")
    done = await naima.taps("Confirmer la prorogation")
    await naima.taps_data(confirm)

    row = await the(desk, number)
    assert "\u20681\u2069 personne qui a commencé" in shown
    assert (row.extended_from, row.closes_on) == (date(2026, 12, 13), date(2026, 12, 20))
    assert row.seal_at == row.closes_at + timedelta(hours=25)
    assert "Délai prorogé jusqu’au" in done.text
    assert "déjà été prorogé" in naima.notices[-1]
    assert set(await told(desk)) == {amina.number}
    await amina.sends("/start c_draft")
    assert "Délai prorogé jusqu’au" in amina.newest.text
    assert (await acts(desk)).count("consultation.extend") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("13/12/2026", "suivre l’actuel"),
        ("0", "suivre l’actuel"),
        ("plus tard", "un nombre de jours"),
        ("900", "un an au plus"),
    ],
)
async def test_an_extension_that_cannot_be_is_asked_again(
    desk: Desk, naima: Visitor, number: int, words: str, sentence: str
) -> None:
    await opens(naima, number)
    await manages(naima, number)
    await naima.taps("Proroger")

    refused = await naima.sends(words)
    shown = await naima.sends("20/12/2026")

    assert sentence in refused.text
    assert "Confirmer la prorogation" in shown.labels
    assert (await the(desk, number)).extended_from is None


async def test_nothing_is_extended_or_reopened_after_the_closing(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await opens(naima, number)
    await manages(naima, number)
    await naima.taps("Proroger")
    await naima.taps("+14")
    desk.now = NOON + timedelta(days=21)

    await naima.taps("Confirmer la prorogation")

    row = await the(desk, number)
    assert "s’est terminée" in naima.notices[-1]
    assert row.extended_from is None
    for data in ("PrepareOpening", "ChooseExtension", "PrepareClosing", "ShareConsultation"):
        before = len(naima.notices)
        await naima.taps_data(f"{data}:{number}")
        assert len(naima.notices) > before


async def test_closing_early_keeps_every_answer_and_the_grace(
    desk: Desk, naima: Visitor, amina: Visitor, hassan: Visitor, number: int
) -> None:
    await opens(naima, number)
    await amina.sends("/start c_draft")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")
    await manages(naima, number)

    await naima.taps("Clore maintenant")
    shown = (await naima.sends("Le conseil se réunit plus tôt.")).text
    confirm = naima.newest.data("Confirmer la clôture")
    await naima.taps("Confirmer la clôture")
    await naima.taps_data(confirm)

    row = await the(desk, number)
    assert "\u20681\u2069 personne a commencé sans envoyer" in shown
    assert row.early_reason == "Le conseil se réunit plus tôt."
    assert (row.closes_on, row.closes_at) == (date(2026, 11, 23), NOON)
    assert row.seal_at == NOON + timedelta(hours=25)
    assert naima.notices[-1] == "Cette consultation est déjà close."
    assert (await acts(desk)).count("consultation.close") == 1
    still = "mardi 24 novembre 2026\u2069 à \u206812:00\u2069 (heure du Maroc)"
    assert still in (await told(desk))[amina.number].replace("\u00a0", " ")
    await hassan.sends("/start c_draft")
    assert "تعبئة الاستمارة" not in hassan.newest.labels
    desk.now += timedelta(hours=23)
    await amina.sends("/start c_draft")
    assert still in amina.newest.text
    assert still in (await amina.taps("Continuer mes réponses")).text
    await amina.taps("Continuer")
    await amina.taps("Oui")
    (submission,) = await rows(desk, Submission)
    assert submission.state is SubmissionState.DRAFT
    assert "yes" in submission.answers.values()


async def test_who_took_their_answer_back_is_not_answering_any_more(
    naima: Visitor, amina: Visitor, number: int
) -> None:
    await opens(naima, number)
    await amina.sends("/start c_draft")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")
    await amina.taps_data(f"AskToWithdraw:{number}")
    await amina.taps("Oui, les effacer")
    await manages(naima, number)

    await naima.taps("Clore maintenant")
    shown = (await naima.sends("Le conseil se réunit plus tôt.")).text

    assert "sans envoyer" not in shown


@pytest.mark.parametrize("button", ["Proroger", "Clore maintenant"])
async def test_a_voice_leaves_the_question_of_the_window_as_it_was(
    naima: Visitor, number: int, button: str
) -> None:
    await opens(naima, number)
    await manages(naima, number)
    asked = await naima.taps(button)

    again = await naima.sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
    shown = await naima.sends("30" if button == "Proroger" else "Le conseil siège.")

    assert again.text == f"Écrivez ici, ou touchez un bouton.\n\n{asked.text}"
    assert any(label.startswith("Confirmer") for label in shown.labels)


async def test_a_reason_for_closing_that_says_nothing_is_asked_again(
    naima: Visitor, number: int
) -> None:
    await opens(naima, number)
    await manages(naima, number)
    await naima.taps("Clore maintenant")

    again = await naima.sends("\u2060\u200f")

    assert "Écrivez pourquoi" in again.text
    assert not any(label.startswith("Confirmer") for label in again.labels)


async def test_the_card_says_what_the_mode_promises(
    desk: Desk, naima: Visitor, amina: Visitor, form: Form
) -> None:
    number = await draft(desk, form, mode=Mode.IDENTIFIED)
    await opens(naima, number)

    card = await amina.sends("/start c_draft")

    assert "n’est pas anonyme" in card.text
    assert "sont anonymes" not in card.text


async def test_the_announcement_is_of_its_kind(desk: Desk, naima: Visitor, number: int) -> None:
    from storage.announcements import Announcement, AnnouncementText

    await opens(naima, number)

    (announcement,) = await rows(desk, Announcement)
    texts = await rows(desk, AnnouncementText)
    assert announcement.kind is AnnouncementKind.OPENING
    assert announcement.consultation_id == number
    for text in texts:
        data = [
            button["callback_data"]
            for row in text.request["reply_markup"]["inline_keyboard"]
            for button in row
        ]
        assert data == [
            f"BeginAnswering:{number}",
            f"OpenConsultation:{number}",
            "StopAnnouncements",
        ]


async def test_closing_while_fifty_are_answering_loses_nothing(
    desk: Desk, naima: Visitor, number: int
) -> None:
    fifty = [desk.visitor("Citizen", 1000 + one, "fr") for one in range(50)]
    await opens(naima, number)
    await desk.feed(*(tap_of(one, f"AgreeToNotice:{number}") for one in fifty))
    await manages(naima, number)
    await naima.taps("Clore maintenant")
    closing = await naima.sends("Le conseil se réunit plus tôt.")
    confirm = tap_of(naima, closing.data("Confirmer la clôture"))

    reading = [tap_of(one, f"SkipQuestion:{number}:0") for one in fifty]
    await desk.feed(*reading[:20], confirm, *reading[20:])
    desk.now += timedelta(hours=23)
    await desk.feed(*(tap_of(one, f"AnswerChoice:{number}:1:1") for one in fifty))

    assert "\u206850\u2069 personnes ont commencé" in closing.text
    assert (await the(desk, number)).early_reason is not None
    answers = [one.answers for one in await rows(desk, Submission)]
    assert len(answers) == 50
    assert all("no" in one.values() for one in answers)


def tap_of(visitor: Visitor, data: str) -> dict[str, object]:
    """A tap as an update, to be fed with others in one batch."""
    return {
        "update_id": next(visitor.desk.numbers),
        "callback_query": {
            "id": str(next(visitor.desk.numbers)),
            "from": visitor.user,
            "chat_instance": "1",
            "message": visitor._message(1, {"text": "-"}),
            "data": data,
        },
    }
