"""An officer makes a questionnaire: what she writes in the chat is kept, and nothing is lost."""

import pytest
from sqlalchemy import select

from bot.stopping import Hint
from bot.telegram import Telegram
from bot.works.authoring import make_composed
from bot.works.office import Office
from forms.findings import Finding
from forms.form import Form
from participation.tables import LARGEST_FILE
from storage.audit import AuditEntry
from storage.consultations import Consultation
from storage.people import Role
from storage.running import Job
from storage.sketches import Sketch
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.drafting import draft, manages, rows
from tests.handlers.staffing import becomes

TITLE = "السوق الأسبوعي\nSouk hebdomadaire"
FIRST = "هل تذهبون إلى السوق؟\nAllez-vous au souk ?"
CHOICES = "نعم\nلا\nOui\nNon"


async def composing(desk: Desk, visitor: Visitor) -> Shown:
    """Naima has begun to write in the chat."""
    await becomes(desk, visitor)
    await visitor.sends("/staff")
    await visitor.taps("Nouvelle consultation")
    return await visitor.taps("L’écrire ici")


async def jobs(desk: Desk) -> list[Job]:
    async with desk.database.reading() as session:
        return list(await session.scalars(select(Job).order_by(Job.id)))


async def acts(desk: Desk) -> list[str]:
    async with desk.database.reading() as session:
        return list(await session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


async def sketches(desk: Desk) -> list[Sketch]:
    async with desk.database.reading() as session:
        return list(await session.scalars(select(Sketch)))


async def test_both_languages_may_be_written_in_one_message(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)

    await amina.sends(TITLE)
    await amina.sends(FIRST)
    shown = await amina.sends(CHOICES)

    assert "Souk hebdomadaire" in shown.text
    assert "Allez-vous au souk ?" in shown.text
    assert "Oui, Non" in shown.text
    assert "question \u20682\u2069" in shown.text


async def test_finishing_twice_asks_for_one_draft(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    for words in (TITLE, FIRST):
        await amina.sends(words)
    data = (await amina.sends(CHOICES)).data("Terminer")

    await desk.feed(amina.tapped(data), amina.tapped(data))
    await amina.taps_data(data)

    payloads = [job.payload for job in await jobs(desk)]
    assert len(payloads) == 3
    assert len({one["token"] for one in payloads}) == 1
    (kept,) = await sketches(desk)
    assert [one["document"] for one in payloads] == [kept.document] * 3


async def test_what_is_changed_after_finishing_is_another_draft(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)
    for words in (TITLE, FIRST):
        await amina.sends(words)
    composed = await amina.sends(CHOICES)
    more, finish = composed.data("Rendre la question"), composed.data("Terminer")

    for data in (finish, more, finish):
        await amina.taps_data(data)

    assert len({job.payload["token"] for job in await jobs(desk)}) == 2


async def test_two_questions_need_few_taps_and_messages(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    steps = 2

    for words in (TITLE, FIRST, CHOICES, "ما هو اقتراحكم؟\nQue proposez-vous ?"):
        await amina.sends(words)
        steps += 1
        if words == CHOICES:
            await amina.taps("Réponse écrite")
            steps += 1
    await amina.taps("Terminer")
    steps += 1

    assert steps <= 16
    assert [job.kind for job in await jobs(desk)] == ["compose"]


async def test_words_in_one_language_are_kept_and_the_other_is_asked_for(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)

    half = await amina.sends("Souk hebdomadaire")
    whole = await amina.sends("السوق الأسبوعي")

    assert "Il manque l’arabe" in half.text
    assert "Écrivez la question \u20681\u2069" in whole.text


async def test_lists_of_different_lengths_are_kept_until_one_is_corrected(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)
    await amina.sends(FIRST)

    unequal = await amina.sends("نعم\nلا\nOui\nNon\nParfois")
    corrected = await amina.sends("نعم\nلا\nأحيانا")

    assert "\u20682\u2069 réponses en arabe et \u20683\u2069 en français" in unequal.text
    assert "Oui, Non, Parfois" in unequal.text
    assert "question \u20682\u2069" in corrected.text


async def test_one_choice_is_too_few(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)
    await amina.sends(FIRST)

    shown = await amina.sends("نعم\nOui")

    assert "au moins deux réponses" in shown.text


async def test_a_question_is_removed_once_however_often_it_is_tapped_and_put_back(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)
    for words in (TITLE, FIRST, CHOICES, "كم؟\nCombien ?", "أ\nب\nA\nB"):
        shown = await amina.sends(words)
    data = shown.data("Retirer \u20681\u2069")

    await amina.taps_data(data, shown)
    await amina.taps_data(data, shown)
    removed = shown.text
    back = await amina.taps("La remettre")

    assert "Allez-vous" not in removed
    assert "Combien ?" in removed
    assert "Allez-vous" in back.text


async def test_an_answer_can_be_made_obligatory(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    for words in (TITLE, FIRST, CHOICES):
        await amina.sends(words)

    shown = await amina.taps("Rendre la question \u20681\u2069 obligatoire")

    assert "Réponse obligatoire." in shown.text


async def test_a_question_that_is_not_complete_can_be_dropped(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)
    await amina.sends(FIRST)

    shown = await amina.taps("Abandonner cette question")

    assert "question \u20681\u2069" in shown.text


async def test_what_was_begun_survives_leaving_and_is_offered_again(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)
    await amina.taps("Finir plus tard")

    await amina.sends("/staff")
    offered = await amina.taps("Nouvelle consultation")
    again = await amina.taps("Continuer ce que j’ai commencé")

    assert "Souk hebdomadaire" in offered.text or "Souk hebdomadaire" in again.text
    assert "Écrivez la question \u20681\u2069" in again.text


async def test_a_photo_is_answered_kindly_and_changes_nothing(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)
    before = (await sketches(desk))[0].document

    shown = await amina.sends(
        photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    )

    assert "Écrivez ici" in shown.text
    assert (await sketches(desk))[0].document == before


async def test_a_changed_message_a_wrong_command_and_an_old_button_leave_nobody_elsewhere(
    desk: Desk, amina: Visitor
) -> None:
    await composing(desk, amina)
    await amina.sends("Souk hebdomadaire")

    changed = await amina.edits("Souk de la semaine")
    wrong = await amina.sends("/surprise")
    await amina.taps_data("NoButtonOfToday:1")
    whole = await amina.sends("السوق الأسبوعي")

    assert changed.text.startswith("Vous avez modifié un message.")
    assert wrong.text.startswith("Nous ne connaissons pas cette commande.")
    assert amina.notices[-1] == "Ce bouton n’est plus utilisé."
    assert "<b>Souk hebdomadaire</b>" in whole.text
    assert "Écrivez la question \u20681\u2069" in whole.text


async def test_nothing_is_finished_without_a_question(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    await amina.sends(TITLE)

    await amina.taps_data("FinishComposing")

    assert "n’est pas complet" in amina.notices[-1]
    assert await jobs(desk) == []


async def test_a_workbook_is_read_by_a_job_and_noted(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)
    await amina.sends("/staff")
    await amina.taps("Nouvelle consultation")
    await amina.taps("Remplir un classeur Excel")

    shown = await amina.sends(document={"file_id": "f", "file_unique_id": "f", "file_size": 9})

    assert [job.kind for job in await jobs(desk)] == ["template", "workbook"]
    assert "en cours de lecture" in shown.text
    assert await acts(desk) == ["form.template", "form.upload"]


async def test_a_refused_workbook_is_drafted_by_name_once_however_often_it_is_tapped(
    desk: Desk, amina: Visitor
) -> None:
    await becomes(desk, amina)
    await amina.sends("/staff")
    finding = Finding("identifying_name", "survey", 2, "label").to_json()
    told = {"findings": [finding], "sent": "f", "file": None}
    event = {"event": "form.refused", "chat_id": amina.number, "data": told}
    desk.show(await desk.feed(event), amina)
    data = amina.newest.data("Nominative")

    await amina.taps_data(data)
    await amina.taps_data(data)

    (job,) = await jobs(desk)
    assert (job.payload["file_id"], job.payload["mode"]) == ("f", "identified")
    assert "en cours de lecture" in amina.newest.text
    assert "renvoyez-le" in amina.notices[-1]
    assert await sketches(desk) == []


async def test_each_refused_workbook_has_a_button_of_its_own(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)
    await amina.sends("/staff")
    finding = Finding("identifying_name", "survey", 2, "label").to_json()
    buttons = []
    for number in range(11):
        told = {"findings": [finding], "sent": f"file {number}", "file": None}
        event = {"event": "form.refused", "chat_id": amina.number, "data": told}
        desk.show(await desk.feed(event), amina)
        buttons.append(amina.newest.data("Nominative"))

    for data in (buttons[1], buttons[10], buttons[1], buttons[0]):
        await amina.taps_data(data)

    assert [job.payload["file_id"] for job in await jobs(desk)] == ["file 1", "file 10"]
    assert "renvoyez-le" in amina.notices[-1]


async def test_a_workbook_is_taken_with_the_workspace_open(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)
    await amina.sends("/staff")

    await amina.sends(document={"file_id": "f", "file_unique_id": "f", "file_size": 9})

    assert [job.kind for job in await jobs(desk)] == ["workbook"]


async def test_a_file_above_what_telegram_hands_out_is_refused(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)

    shown = await amina.sends(
        document={"file_id": "f", "file_unique_id": "f", "file_size": LARGEST_FILE + 1}
    )

    assert "trop volumineux" in shown.text
    assert await jobs(desk) == []


async def test_a_file_of_somebody_else_is_no_workbook(desk: Desk, amina: Visitor) -> None:
    await amina.sends("/start")

    await amina.sends(document={"file_id": "f", "file_unique_id": "f", "file_size": 9})

    assert await jobs(desk) == []


@pytest.mark.parametrize("role", [None, Role.ANALYST])
async def test_others_are_refused(desk: Desk, amina: Visitor, role: Role | None) -> None:
    if role is None:
        await amina.sends("/start")
    else:
        await becomes(desk, amina, role)

    for data in ("NewConsultation", "ComposeQuestionnaire:1", "PreviewForm:1", "FinishComposing"):
        await amina.taps_data(data)

    assert len(amina.notices) == 4
    assert set(amina.notices) == {amina.notices[0]}
    assert await jobs(desk) == []
    assert await sketches(desk) == []


async def test_words_where_a_file_is_awaited_are_answered(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)
    await amina.sends("/staff")
    await amina.taps("Nouvelle consultation")
    await amina.taps("Remplir un classeur Excel")

    shown = await amina.sends("Voici")

    assert "envoyez le fichier" in shown.text


async def test_two_messages_in_one_batch_are_both_kept(desk: Desk, amina: Visitor) -> None:
    await becomes(desk, amina)
    taps = amina._message(1, {"text": "-"}) | {
        "from": {"id": 1000001, "is_bot": True, "first_name": "M"}
    }
    query = {"id": "1", "from": amina.user, "chat_instance": "1", "message": taps}

    await desk.feed(
        {"update_id": 901, "callback_query": {**query, "data": "ComposeQuestionnaire:1"}},
        {"update_id": 902, "message": amina._message(2, {"text": TITLE})},
        {"update_id": 903, "message": amina._message(3, {"text": FIRST})},
    )

    (kept,) = await sketches(desk)
    assert kept.document["title"] == {"ar": "السوق الأسبوعي", "fr": "Souk hebdomadaire"}
    assert kept.document["pending"]["label"]["fr"] == "Allez-vous au souk ?"


async def test_what_is_finished_travels_with_its_job(desk: Desk, amina: Visitor) -> None:
    await composing(desk, amina)
    for words in (TITLE, FIRST, CHOICES):
        await amina.sends(words)
    await amina.taps("Terminer")

    await amina.taps_data("ComposeQuestionnaire:1")
    await amina.sends("السوق\nAutre chose")

    (job,) = await jobs(desk)
    assert job.payload["document"]["title"]["fr"] == "Souk hebdomadaire"
    assert (await sketches(desk))[0].document["title"]["fr"] == "Autre chose"


@pytest.mark.parametrize("way", ["NewConsultation", "OpenWorkspace", "ListManaged:0"])
async def test_a_draft_that_was_left_is_not_replaced_by_the_next_workbook(
    desk: Desk, amina: Visitor, form: Form, way: str
) -> None:
    await becomes(desk, amina)
    number = await draft(desk, form)
    await manages(amina, number)
    await amina.taps("Nouveau classeur Excel")

    await amina.taps_data(way)
    await amina.sends(document={"file_id": "f", "file_unique_id": "f", "file_size": 10})

    (job,) = await jobs(desk)
    assert job.payload["consultation_id"] is None


@pytest.mark.parametrize(
    "title",
    [
        {"ar": "السوق · المدينة", "fr": "Souk"},
        {"ar": "السوق", "fr": "Souk · marché / ville"},
        {"ar": "2026", "fr": "2026"},
    ],
)
async def test_a_title_that_was_written_in_the_chat_is_kept_in_each_language(
    desk: Desk, amina: Visitor, title: dict[str, str]
) -> None:
    await composing(desk, amina)
    for words in ("\n".join(dict.fromkeys(title.values())), FIRST, CHOICES):
        await amina.sends(words)
    await amina.taps("Terminer")
    (job,) = await jobs(desk)

    telegram = Telegram("http://127.0.0.1:9", "1:token")
    office = Office(desk.database, desk.keyring, telegram, lambda: desk.now, 1, Hint())
    await make_composed(office, job.payload)
    await telegram.close()

    (row,) = await rows(desk, Consultation)
    assert row.title == title
