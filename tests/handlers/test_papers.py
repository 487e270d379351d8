"""A draft's documents on the desk: asked for, described, listed, removed."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from forms.form import Form
from participation.documents import take
from participation.file_kinds import FileRefused, NotTaken
from participation.windows import instants
from storage.base import ConsultationId
from storage.consultations import Consultation, ConsultationState
from storage.documents import Document
from storage.people import Person
from tests.handlers.desk import Desk, Visitor
from tests.handlers.drafting import acts, draft, hired, jobs, manages, rows

PDF = b"%PDF-1.7\n..."
VOICE = b"OggS..."
LAST = date(2026, 12, 13)


@pytest.fixture
async def number(desk: Desk, form: Form) -> int:
    return await draft(desk, form)


@pytest.fixture
async def naima(desk: Desk, number: int) -> Visitor:
    """The officer, where a file is waited for."""
    naima = await hired(desk, desk.visitor("Naima", 600, "fr"))
    await manages(naima, number)
    await naima.taps("Documents")
    await naima.taps("Envoyer un fichier")
    return naima


async def taken(desk: Desk, number: int, content: bytes = PDF, name: str = "plan.pdf") -> int:
    """What the clerk does with the file; the document's id."""
    async with desk.database.unit_of_work() as session:
        naima = await session.scalar(select(Person).where(Person.channel_id == 600))
        assert naima is not None
        return await take(session, ConsultationId(number), naima.id, name, content, desk.now)


async def test_a_file_is_handed_to_the_clerk(desk: Desk, naima: Visitor) -> None:
    file = {"file_id": "F", "file_unique_id": "f", "file_name": "plan.pdf", "file_size": 9}

    answer = await naima.sends(document=file)

    assert answer.text == "Le fichier est en cours de vérification."
    assert await jobs(desk) == ["document"]


async def test_a_photo_is_taken_in_its_largest_size(desk: Desk, naima: Visitor) -> None:
    photo = [
        {"file_id": name, "file_unique_id": name, "width": side, "height": side}
        for name, side in (("small", 90), ("large", 1280))
    ]

    await naima.sends(photo=photo)

    assert await jobs(desk) == ["document"]


@pytest.mark.parametrize(
    "sent",
    [{"text": "voilà"}, {"contact": {"phone_number": "1", "first_name": "A"}}],
)
async def test_the_file_is_awaited_still_after_something_else(
    desk: Desk, naima: Visitor, sent: dict[str, Any]
) -> None:
    file = {"file_id": "F", "file_unique_id": "f", "file_name": "plan.pdf", "file_size": 9}

    again = await naima.sends(**sent)
    await naima.sends(document=file)

    assert "Envoyez le fichier ici" in again.text
    assert await jobs(desk) == ["document"]


async def test_a_voice_message_is_the_notice_before_answering(
    desk: Desk, naima: Visitor, amina: Visitor, number: int
) -> None:
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 9, "file_size": 9}
    await naima.sends(voice=voice)
    assert await jobs(desk) == ["document"]
    recorded = await taken(desk, number, VOICE, "notice.ogg")
    event = {"document": recorded}
    desk.show(await desk.feed({"event": "document.taken", "chat_id": 600, "data": event}), naima)

    assert "Titre" not in naima.newest.labels
    spoken = await naima.taps("Français")
    assert "La mention d’information, à écouter" in spoken.text
    await manages(naima, number)
    shown = await naima.taps("Ouvrir la consultation")
    assert "\u20680\u2069 document" in shown.text
    await naima.taps("Confirmer l’ouverture")
    await amina.sends("/start c_draft")
    notice = await amina.taps("Remplir")
    heard = await amina.taps("Écouter", notice)
    assert heard.text == "Ce que deviennent vos réponses, à écouter."


async def test_a_recording_takes_the_place_of_the_one_in_its_language(
    desk: Desk, naima: Visitor, number: int
) -> None:
    first = await taken(desk, number, VOICE, "notice.ogg")
    await naima.taps_data(f"SetDocumentLanguage:{first}:ar")
    await taken(desk, number, VOICE + b"2", "notice.ogg")
    third = await taken(desk, number, VOICE + b"3", "notice.ogg")
    assert {one.id for one in await rows(desk, Document)} == {first, third}

    await naima.taps_data(f"SetDocumentLanguage:{third}:ar")

    (kept,) = await rows(desk, Document)
    assert (kept.id, kept.slug, kept.language) == (third, "spoken-notice", "ar")
    assert kept.sha256 == sha256(VOICE + b"3").hexdigest()


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [("plan.exe", 9, "nuire à un téléphone"), ("plan.pdf", 20_000_001, "dépasse 20 Mo")],
)
async def test_what_is_plainly_wrong_is_refused_at_once(
    desk: Desk, naima: Visitor, name: str, size: int, sentence: str
) -> None:
    file = {"file_id": "F", "file_unique_id": "f", "file_name": name, "file_size": size}

    answer = await naima.sends(document=file)

    assert sentence in answer.text
    assert await jobs(desk) == []


async def test_the_same_file_twice_is_one_document(
    desk: Desk, naima: Visitor, number: int
) -> None:
    first = await taken(desk, number)

    second = await taken(desk, number)

    assert first == second
    assert len(await rows(desk, Document)) == 1
    assert await acts(desk) == ["document.add"]


async def test_a_document_is_described_in_both_languages(
    desk: Desk, naima: Visitor, number: int
) -> None:
    document = await taken(desk, number)
    await naima.taps_data(f"WriteDocumentTitle:{document}")

    half = (await naima.sends("Plan des jardins")).text
    await naima.sends("تصميم الحدائق")
    refused = (await naima.sends("1\n2\n3\n4\n5\n6 lignes\nس")).text
    await naima.sends("صفحة\n\nUne page\n\nDes arbres")
    shown = await naima.taps("العربية")

    (row,) = await rows(desk, Document)
    assert "Pas encore écrit." in half
    assert "compte \u20686\u2069 lignes" in refused
    assert row.title == {"fr": "Plan des jardins", "ar": "تصميم الحدائق"}
    assert row.summary == {"ar": "صفحة", "fr": "Une page\nDes arbres"}
    assert row.language == "ar"
    assert "Langue du fichier" in shown.text


async def test_a_document_is_listed_and_removed(desk: Desk, naima: Visitor, number: int) -> None:
    document = await taken(desk, number)
    await naima.taps_data(f"ListDocuments:{number}")
    listed = naima.newest.text

    await naima.taps("\u2068plan.pdf")
    left = await naima.taps("Retirer le document")
    await naima.taps_data(f"ShowDocument:{document}")

    assert "le titre manque" in listed
    assert "Pas encore de document" in left.text
    assert await rows(desk, Document) == []
    assert naima.notices[-1] == "Ce document n’est plus disponible ici."
    assert await acts(desk) == ["document.add", "document.remove"]


async def opened(desk: Desk, number: int, *, closes_on: date = LAST) -> None:
    """The draft is open; ``naima`` wrote it."""
    async with desk.database.unit_of_work() as session:
        row = await session.get_one(Consultation, number)
        row.state = ConsultationState.PUBLISHED
        row.created_by = await session.scalar(select(Person.id).where(Person.channel_id == 600))
        for name, value in instants(date(2026, 11, 2), closes_on).items():
            setattr(row, name, value)


async def test_a_document_may_be_added_while_people_answer_and_is_seen_once_it_has_its_titles(
    desk: Desk, naima: Visitor, number: int, amina: Visitor
) -> None:
    await opened(desk, number)
    card = f"OpenConsultation:{number}"
    await taken(desk, number)
    await amina.sends("/start")
    await amina.taps_data(card)
    before = amina.newest.labels

    await manages(naima, number)
    await naima.taps("Documents")
    await naima.taps("\u2068plan.pdf")
    await naima.taps("Titre")
    await naima.sends("خريطة")
    await amina.taps_data(card)
    half = amina.newest.labels
    await naima.sends("Plan")
    await amina.taps_data(card)
    after = amina.newest.labels

    assert [
        any("Lire le document" in one for one in shown) for shown in (before, half, after)
    ] == [
        False,
        False,
        True,
    ]
    assert await acts(desk) == ["document.add", "document.title", "document.title"]


async def test_what_people_were_given_to_read_stays_and_its_words_are_corrected(
    desk: Desk, naima: Visitor, number: int
) -> None:
    document = await taken(desk, number)
    await naima.taps_data(f"WriteDocumentTitle:{document}")
    await naima.sends("خريطة\nPlan")
    await opened(desk, number)

    await naima.taps_data(f"ShowDocument:{document}")
    shown, labels = naima.newest.text, naima.newest.labels
    await naima.taps_data(f"RemoveDocument:{document}")
    await naima.taps_data(f"WriteDocumentTitle:{document}")
    await naima.sends("خريطة جديدة\nNouveau plan")

    (row,) = await rows(desk, Document)
    assert "Les gens voient ce document" in shown
    assert "Retirer le document" not in labels
    assert "il reste" in naima.notices[-1]
    assert row.title == {"ar": "خريطة جديدة", "fr": "Nouveau plan"}


async def test_what_nobody_has_seen_yet_is_removed_from_what_is_open(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await opened(desk, number)
    document = await taken(desk, number)

    await naima.taps_data(f"ShowDocument:{document}")
    await naima.taps("Retirer le document")

    assert await rows(desk, Document) == []


async def test_nothing_is_added_once_nobody_can_answer_any_more(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await opened(desk, number, closes_on=date(2026, 11, 21))

    with pytest.raises(FileRefused) as refused:
        await taken(desk, number)
    await naima.taps_data(f"ListDocuments:{number}")

    assert refused.value.why is NotTaken.FIXED
    assert "plus personne ne peut répondre" in naima.notices[-1]
    assert await rows(desk, Document) == []


async def test_what_an_operator_has_loaded_stays_as_its_directory_says(
    desk: Desk, naima: Visitor, houses: int
) -> None:
    await manages(naima, houses)

    assert not {"Contact", "Documents"} & set(naima.newest.labels)
    with pytest.raises(FileRefused):
        await taken(desk, houses)


async def test_nothing_more_is_awaited_once_the_documents_stay(
    desk: Desk, naima: Visitor, number: int
) -> None:
    told = {"consultation": number, "why": NotTaken.FIXED.value}
    event = {"event": "document.refused", "chat_id": naima.number, "data": told}

    desk.show(await desk.feed(event), naima)
    assert "restent tels quels" in naima.newest.text
    assert "Envoyez le fichier" not in naima.newest.text
    assert naima.newest.labels == ["Espace de travail"]

    answer = await naima.sends("plan")
    assert "Envoyez le fichier" not in answer.text
