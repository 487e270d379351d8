"""An officer's day over HTTP: a draft is written, opened, handed out, extended and closed."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import segno
from sqlalchemy import select

from handlers.views.leaflets import poster_words
from participation.clock import today
from participation.poster import draw
from participation.windows import instants
from simulator.phone import Phone
from storage.announcements import Announcement, AnnouncementText, Delivery
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.documents import Document
from storage.keys import Keyring
from storage.people import Person
from storage.profiles import profile
from tests.conversations.commune import Commune
from tests.conversations.pictures import modules
from tests.conversations.staffing import arrives_as

PDF = b"%PDF-1.7\n" + b"0" * 1_240_000
SLUG = "gardens"


async def naima_at_work(commune: Commune) -> Phone:
    """The officer, at the card of a draft that says nothing yet."""
    naima = await commune.town.phone("Naima", "fr")
    await arrives_as(commune, naima)
    database = Database(commune.database_url)
    now = datetime.now(UTC)
    Keyring(commune.key_file).add_consultation(SLUG)
    async with database.unit_of_work() as session:
        version = await session.scalar(select(Consultation.form_version_id).limit(1))
        first = today(now)
        session.add(
            Consultation(
                slug=SLUG,
                title={},
                stake={},
                contact=None,
                mode=Mode.ANONYMOUS,
                state=ConsultationState.DRAFT,
                form_version_id=version,
                key_id=SLUG,
                **instants(first, first + timedelta(days=20)),
            )
        )
    await database.close()
    draft = await commune.consultation(SLUG)
    await naima.sends("/staff")
    workspace = await naima.waits_for(button="consultations")
    await naima.taps_data(workspace.id, f"ManageConsultation:{draft.id}")
    await naima.waits_for(button="Titre")
    return naima


async def subscribes(commune: Commune, *phones: Phone) -> None:
    for phone in phones:
        await phone.sends("/start")
        await phone.waits_for()
    database = Database(commune.database_url)
    async with database.unit_of_work() as session:
        for phone in phones:
            person = await session.scalar(select(Person).where(Person.channel_id == phone.id))
            assert person is not None
            person.subscribed = True
    await database.close()


async def writes_the_card(naima: Phone) -> None:
    """One message for two languages, or two; a number for both."""
    await naima.taps(None, "Titre")
    await naima.waits_for("Écrivez le titre")
    await naima.sends("حدائق المدينة\n\nLes jardins de la ville")
    await naima.waits_for(button="Enjeu")
    await naima.taps(None, "Enjeu")
    await naima.waits_for("Écrivez ce qui est en jeu")
    await naima.sends("ما الذي تريدونه لحدائقكم؟")
    await naima.waits_for("Pas encore écrit.")
    await naima.sends("Ce que vous voulez pour vos jardins.")
    await naima.waits_for(button="Contact")
    await naima.taps(None, "Contact")
    await naima.waits_for("Écrivez qui")
    await naima.sends("0800008585")
    await naima.waits_for(button="Ouvrir la consultation")


async def sends_a_document(naima: Phone) -> None:
    await naima.taps(None, "Documents")
    await naima.waits_for(button="Envoyer un fichier")
    await naima.taps(None, "Envoyer un fichier")
    await naima.waits_for("PDF, Word")
    await naima.sends_document(PDF, "plan.pdf", "application/pdf")
    await naima.waits_for("Écrivez le titre du document")
    await naima.sends("تصميم الحدائق\nPlan des jardins")
    await naima.waits_for("Écrivez ce que dit le document")
    await naima.sends("صفحة واحدة.\nUne page.")
    await naima.waits_for(button="Retirer le document")


async def told(commune: Commune) -> dict[int, str]:
    """Who has a delivery, and the text in their language."""

    async def ask(session) -> dict[int, str]:  # type: ignore[no-untyped-def]
        found = await session.execute(
            select(Person.channel_id, AnnouncementText.request)
            .join(Delivery, Delivery.person_id == Person.id)
            .join(Announcement, Announcement.id == Delivery.announcement_id)
            .join(AnnouncementText, AnnouncementText.announcement_id == Announcement.id)
            .where(AnnouncementText.language == Person.language)
            .order_by(Announcement.id)
        )
        return {number: request["text"] for number, request in found}

    return await commune.read(ask)


async def test_a_draft_is_written_opened_handed_out_extended_and_closed(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    naima = await naima_at_work(commune)
    await subscribes(commune, amina, hassan)
    await writes_the_card(naima)
    await sends_a_document(naima)

    # opened
    await naima.taps(None, "Documents")
    await naima.waits_for(button="Retour à la consultation")
    await naima.taps(None, "Retour à la consultation")
    await naima.waits_for(button="Ouvrir la consultation")
    await naima.taps(None, "Ouvrir la consultation")
    shown = await naima.waits_for(button="Confirmer l’ouverture")
    await naima.taps(shown, "Confirmer l’ouverture")
    poster = await naima.waits_for("à imprimer en A4", timeout=40)
    chat = await naima.chat()

    row = await commune.consultation(SLUG)
    assert row.state is ConsultationState.PUBLISHED
    assert "informées\u00a0: \u20682\u2069" in shown.text
    texts = await told(commune)
    assert "Les jardins de la ville" in texts[amina.id]
    assert "حدائق المدينة" in texts[hassan.id]

    # handed out
    link = f"https://t.me/{naima._bot['username']}?start=c_{SLUG}"
    code = next(one for one in chat if one.kind == "photo")
    forwarded = chat[chat.index(code) + 1]
    assert code.text.endswith(f"\n{link}")
    assert forwarded.text.endswith(f"\n\n{link}")
    assert "حدائق المدينة" in forwarded.text
    expected = segno.make(link, error="m", micro=False).matrix
    drawn = modules(await naima.downloads(code), scale=16, border=4)
    assert drawn == [[bool(one) for one in line] for line in expected]

    async def commune_of(session) -> dict[str, object]:  # type: ignore[no-untyped-def]
        loaded = await profile(session)
        return dict(loaded.document) if loaded else {}

    words = poster_words(
        row.title, row.opens_on, row.closes_on, await commune.read(commune_of), link
    )
    assert await naima.downloads(poster) == draw(words)

    # found by the link, its summary before its file
    await amina.opens_link(f"c_{SLUG}")
    card = await amina.waits_for("Les jardins de la ville", button="Lire le document")
    assert "1,2\u00a0Mo" in "".join(card.button_texts).replace(" ", "\u00a0")
    await amina.taps(card, next(one for one in card.button_texts if "Lire" in one))
    summary = await amina.waits_for("Une page.", button="Recevoir le fichier")
    await amina.taps(summary, next(one for one in summary.button_texts if "Recevoir" in one))
    sent = await amina.waits_for("Plan des jardins", button="Remplir")
    assert sent.kind == "document"
    assert await amina.downloads(sent) == PDF
    await amina.taps(sent, "Remplir le formulaire")
    await amina.waits_for(button="J’accepte")
    await amina.taps(None, "J’accepte")
    await amina.waits_for()

    # extended
    await naima.taps(None, "Retour à la consultation")
    await naima.waits_for(button="Proroger")
    await naima.taps(None, "Proroger")
    await naima.waits_for(button="+7")
    await naima.taps(None, "+7")
    extending = await naima.waits_for(button="Confirmer la prorogation")
    await naima.taps(extending, "Confirmer la prorogation")
    await naima.waits_for("Délai prorogé")

    extended = await commune.consultation(SLUG)
    assert extended.extended_from == row.closes_on
    assert extended.closes_on == row.closes_on + timedelta(days=7)
    assert "Délai prorogé" in (await told(commune))[amina.id]

    # closed early
    await naima.taps(None, "Retour à la consultation")
    await naima.waits_for(button="Clore maintenant")
    await naima.taps(None, "Clore maintenant")
    await naima.waits_for("Écrivez pourquoi")
    await naima.sends("Le conseil se réunit plus tôt.")
    closing = await naima.waits_for(button="Confirmer la clôture")
    await naima.taps(closing, "Confirmer la clôture")
    await naima.waits_for("La consultation est close.")
    await amina.sends("/resume")
    await amina.waits_for()

    closed = await commune.consultation(SLUG)
    assert "1\u2069 personne a commencé" in closing.text
    assert closed.closes_at <= datetime.now(UTC) < closed.seal_at
    assert closed.early_reason == "Le conseil se réunit plus tôt."


async def test_a_file_that_is_not_what_it_says_becomes_no_document(commune: Commune) -> None:
    naima = await naima_at_work(commune)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/vbaProject.bin", "macro")

    await naima.taps(None, "Documents")
    await naima.waits_for(button="Envoyer un fichier")
    await naima.taps(None, "Envoyer un fichier")
    await naima.waits_for("PDF, Word")
    await naima.sends_document(b"MZ harmful", "plan.exe")
    kind = await naima.waits_for("pourrait nuire")
    await naima.sends_document(packed.getvalue(), "plan.docx")
    macro = await naima.waits_for("n’est pas ce que dit son nom")
    await naima.sends_document(b"%PDF-1.4 small", "plan.pdf")
    await naima.waits_for("Écrivez le titre du document")

    async def documents(session) -> list[str]:  # type: ignore[no-untyped-def]
        rows = await session.scalars(select(Document.file_name).where(Document.slug.like("d%")))
        return list(rows)

    assert kind.id < macro.id
    assert await commune.read(documents) == ["plan.pdf"]
