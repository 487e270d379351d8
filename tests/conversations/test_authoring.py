"""An officer makes a consultation: by a workbook, in the chat; she tries it before anybody."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.roles import Role as ActingAs
from bot.stopping import Hint
from bot.telegram import Telegram
from bot.works import WORKS, Office
from participation.clock import system_clock
from simulator.chat_message import ChatMessage
from simulator.phone import Phone
from storage.audit import AuditEntry
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.keys import Keyring
from storage.people import Consent
from storage.questionnaires import FormVersion
from storage.running import Job, Tally
from storage.sketches import Sketch
from tests.conversations.commune import ALL, Commune
from tests.conversations.staffing import arrives_as
from tests.conversations.walking import taps

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "السوق الأسبوعي\nSouk hebdomadaire"
FIRST = "هل تذهبون إلى السوق؟\nAllez-vous au souk ?"
AUTHORING = {"consultation.draft"}
CHOICES = "نعم\nلا\nOui\nNon"
SECOND = "ما هو اقتراحكم؟\nQue proposez-vous ?"


async def template_of(phone: Phone) -> bytes:
    """From the workspace to the ready workbook."""
    await phone.sends("/staff")
    await taps(phone, "Nouvelle consultation", "Remplir un classeur Excel")
    return await phone.downloads(await phone.waits_for("Ouvrez-le dans Excel"))


def filled(template: bytes, **cells: Any) -> bytes:
    """The workbook with other things in some cells of its survey sheet, as Excel saves it."""
    book = load_workbook(BytesIO(template))
    book["settings"]["A2"] = "تزيين الأحياء · Embellir les quartiers"
    for cell, value in cells.items():
        book["survey"][cell] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


async def sends_workbook(phone: Phone, content: bytes, name: str = "q.xlsx") -> None:
    await phone.sends_document(content, name, XLSX)


async def drafts(commune: Commune) -> list[Consultation]:
    async def ask(session: Any) -> list[Consultation]:
        statement = select(Consultation).where(Consultation.state == ConsultationState.DRAFT)
        return list(await session.scalars(statement.order_by(Consultation.id)))

    return await commune.read(ask)


async def acts(commune: Commune) -> list[str]:
    async def ask(session: Any) -> list[str]:
        return list(await session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))

    return [one for one in await commune.read(ask) if one in AUTHORING or one.startswith("form.")]


async def stored_of_answers(commune: Commune) -> tuple[int, ...]:
    """How many consents and tallies there are: what begins with an answer."""

    async def ask(session: Any) -> tuple[int, ...]:
        counts = [
            await session.scalar(select(func.count()).select_from(table))
            for table in (Consent, Tally)
        ]
        return tuple(int(count or 0) for count in counts)

    return await commune.read(ask)


async def draft_in_chat(commune: Commune, phone: Phone) -> ChatMessage:
    """A draft with two questions, written in the chat; its card."""
    await arrives_as(commune, phone)
    await phone.sends("/staff")
    await taps(phone, "Nouvelle consultation", "L’écrire ici")
    for words, after in (
        (TITLE, "Écrivez la question"),
        (FIRST, "Écrivez les réponses"),
        (CHOICES, "Oui, Non"),
    ):
        await phone.sends(words)
        await phone.waits_for(after, new=True)
    await taps(phone, "Réponse écrite")
    await phone.waits_for(button="✅ Réponse écrite")
    await phone.sends(SECOND)
    await phone.waits_for("Que proposez-vous", new=True)
    await taps(phone, "Terminer")
    return await phone.waits_for(button="Aperçu")


async def test_a_workbook_is_filled_in_refused_once_and_becomes_a_draft(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    template = await template_of(amina)

    await sends_workbook(amina, filled(template, C2="", D2="Votre nom ?", A3="selct_one x"))
    refused = await amina.waits_for("ne peut pas encore être utilisé")
    await sends_workbook(amina, filled(template, D2="Allez-vous au parc ?"))
    card = await amina.waits_for(button="Aperçu")

    (draft,) = await drafts(commune)
    assert "Feuille ⁨survey⁩, ligne ⁨3⁩, colonne ⁨type⁩" in refused.text
    assert "Le type « ⁨selct_one x⁩ » n’est pas connu." in refused.text.replace("\u00a0", " ")
    assert "Embellir les quartiers" in card.text
    assert draft.title == {"ar": "تزيين الأحياء", "fr": "Embellir les quartiers"}
    assert (draft.slug, draft.mode) == ("embellir-les-quartiers", Mode.ANONYMOUS)
    assert (draft.closes_on - draft.opens_on).days == 20
    assert draft.created_by is not None
    assert await acts(commune) == [
        "form.template",
        "form.upload",
        "form.refused",
        "form.upload",
        "form.publish",
        "consultation.draft",
    ]


async def test_a_workbook_that_is_sent_twice_makes_one_draft(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    await arrives_as(commune, amina)
    await arrives_as(commune, hassan)
    workbook = filled(await template_of(amina))
    await sends_workbook(amina, workbook)
    await amina.waits_for(button="Aperçu", new=True)
    await sends_workbook(amina, workbook, "copie.xlsx")
    again = await amina.waits_for("Vous avez déjà envoyé ce questionnaire")
    await amina.waits_for(button="Aperçu", new=True)

    await hassan.sends("/staff")
    await hassan.waits_for(button="تشاور جديد")
    await sends_workbook(hassan, workbook)
    await hassan.waits_for(button="معاينة")

    assert "Embellir les quartiers" in again.text
    assert len(await drafts(commune)) == 2
    assert (await acts(commune)).count("consultation.draft") == 2


async def test_a_question_that_identifies_names_its_row_and_the_ways_out(
    commune: Commune, hassan: Phone
) -> None:
    await arrives_as(commune, hassan)
    await hassan.sends("/staff")
    await taps(hassan, "تشاور جديد", "تعبئة ملف Excel")
    template = await hassan.downloads(await hassan.waits_for("المرجو فتحه في Excel"))

    await sends_workbook(hassan, filled(template, C6="ما اسمكم؟", D6="Votre nom ?"))
    refused = await hassan.waits_for("لا يمكن استعمال هذه الاستمارة بعد")

    assert "الورقة ⁨survey⁩، السطر ⁨6⁩" in refused.text
    assert "وهذا السؤال يطلب اسما" in refused.text
    assert "تغيير الاختيار بزر «الهوية»" in refused.text
    assert await drafts(commune) == []


async def test_a_workbook_that_asks_for_names_is_used_as_it_is_once_people_answer_by_name(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    template = await template_of(amina)
    await sends_workbook(amina, filled(template, C6="ما اسمكم؟", D6="Votre nom ?"))
    refused = await amina.waits_for("ne peut pas encore être utilisé")

    await taps(amina, "Nominative")
    await amina.waits_for(button="Aperçu", new=True)

    (draft,) = await drafts(commune)
    assert "les gens répondent en leur nom" in refused.text
    assert "Vous voyez quel compte a répondu" in refused.text
    assert draft.mode is Mode.IDENTIFIED


async def test_a_long_list_comes_as_a_file_too(commune: Commune, amina: Phone) -> None:
    await arrives_as(commune, amina)
    template = await template_of(amina)

    await sends_workbook(
        amina, filled(template, **{f"A{row}": f"typo{row}" for row in range(2, 20)})
    )
    refused = await amina.waits_for("autres remarques")
    whole = await amina.downloads(await amina.waits_for("La liste complète"))

    assert refused.text.count("Feuille") == 10
    assert whole.decode("utf-8-sig").count("Feuille") >= 18
    assert "typo19" in whole.decode("utf-8-sig")


async def test_an_old_workbook_under_a_new_name_is_known_by_its_content(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    await amina.sends("/staff")
    await amina.waits_for(button="Nouvelle consultation")

    await sends_workbook(amina, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "q.xlsx")
    refused = await amina.waits_for("ne peut pas encore être utilisé")

    assert "en réalité un fichier ⁨.xls⁩" in refused.text
    assert "enregistrez-le en .xlsx" in refused.text


async def test_a_workbook_without_arabic_is_refused_with_the_column_to_add(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    template = await template_of(amina)
    book = load_workbook(BytesIO(template))
    for name in ("survey", "choices"):
        for column in range(book[name].max_column, 0, -1):
            if str(book[name].cell(1, column).value).endswith("(ar)"):
                book[name].delete_cols(column)
    book["settings"]["D2"] = "Français (fr)"
    file = BytesIO()
    book.save(file)

    await sends_workbook(amina, file.getvalue())
    refused = await amina.waits_for("ne peut pas encore être utilisé")

    assert "Il n’y a pas de colonne" in refused.text
    assert "label::العربية (ar)" in refused.text
    assert refused.text.count("Ajoutez-la à cette feuille") == 2


async def test_two_questions_written_in_the_chat_become_a_draft_and_a_workbook(
    commune: Commune, amina: Phone
) -> None:
    card = await draft_in_chat(commune, amina)
    kept = await amina.downloads(await amina.waits_for("Votre questionnaire en classeur", after=0))

    (draft,) = await drafts(commune)
    book = load_workbook(BytesIO(kept))
    assert "Souk hebdomadaire" in card.text
    assert draft.slug == "souk-hebdomadaire"
    assert [row[0] for row in book["survey"].iter_rows(min_row=2, values_only=True)] == [
        "select_one q1",
        "text",
    ]

    async def ask(session: Any) -> tuple[dict[str, Any], int]:
        version = await session.get_one(FormVersion, draft.form_version_id)
        left = await session.scalar(select(func.count()).select_from(Sketch))
        return version.compiled, left

    compiled, sketches = await commune.read(ask)
    assert [one["type"] for one in compiled["questions"]] == ["select_one", "text"]
    assert compiled["questions"][0]["label"] == {
        "ar": "هل تذهبون إلى السوق؟",
        "fr": "Allez-vous au souk ?",
    }
    assert sketches == 0


async def test_what_is_written_survives_a_restart(commune: Commune, amina: Phone) -> None:
    await arrives_as(commune, amina)
    await amina.sends("/staff")
    await taps(amina, "Nouvelle consultation", "L’écrire ici")
    await amina.sends(TITLE)
    await amina.waits_for("Écrivez la question")

    await commune.restart()
    await amina.sends(FIRST)
    asked = await amina.waits_for("Écrivez les réponses")

    assert "Souk hebdomadaire" in asked.text


async def test_a_name_asked_in_the_chat_is_refused_and_everything_kept(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    await amina.sends("/staff")
    await taps(amina, "Nouvelle consultation", "L’écrire ici")
    await amina.sends(TITLE)
    await amina.waits_for("Écrivez la question", new=True)
    await taps(amina, "Réponse écrite")
    await amina.waits_for(button="✅ Réponse écrite")
    await amina.sends("ما اسمكم؟\nVotre nom ?")
    await amina.waits_for("Votre nom", new=True)

    await taps(amina, "Terminer")
    refused = await amina.waits_for("ne peut pas encore être utilisé")
    await taps(amina, "Continuer")
    again = await amina.waits_for("Votre nom")
    before = await drafts(commune)
    await taps(amina, "Terminer")
    await amina.waits_for("ne peut pas encore être utilisé", new=True)
    await taps(amina, "Nominative")
    await amina.waits_for(button="Aperçu", new=True)

    assert "cette question demande un nom" in refused.text
    assert "Souk hebdomadaire" in again.text
    assert before == []
    assert [one.mode for one in await drafts(commune)] == [Mode.IDENTIFIED]


async def test_another_workbook_takes_the_place_of_a_drafts_questionnaire(
    commune: Commune, amina: Phone
) -> None:
    await draft_in_chat(commune, amina)
    (before,) = await drafts(commune)
    kept = await amina.downloads(await amina.waits_for("Votre questionnaire en classeur", after=0))

    await taps(amina, "Nouveau classeur Excel")
    await amina.waits_for("Envoyez ici le classeur corrigé")
    await sends_workbook(amina, filled(kept, D3="Que souhaitez-vous ?"))
    await amina.waits_for(button="Aperçu", new=True)

    (after,) = await drafts(commune)
    assert after.id == before.id
    assert after.form_version_id != before.form_version_id
    assert (await acts(commune))[-1] == "form.replace"


async def test_a_preview_walks_the_form_in_each_language_and_stores_nothing(
    commune: Commune, amina: Phone
) -> None:
    await draft_in_chat(commune, amina)
    before = await stored_of_answers(commune)

    await taps(amina, "Aperçu")
    asked = await amina.waits_for("rien n’est enregistré", button="Oui")
    await taps(amina, "العربية")
    arabic = await amina.waits_for("هل تذهبون إلى السوق؟", button="نعم")
    await taps(amina, "Français", "Oui")
    await amina.waits_for("Que proposez-vous", button="Passer")
    await amina.sends("Des arbres")
    ended = await amina.waits_for("Rien de cet aperçu")

    async def left(session: Any) -> int:
        return int(await session.scalar(select(func.count()).select_from(Sketch)) or 0)

    assert arabic.id == asked.id
    assert "Retour au brouillon" in ended.button_texts
    assert await commune.submissions() == []
    assert await stored_of_answers(commune) == before
    assert await commune.read(left) == 0


async def test_leaving_a_preview_erases_what_was_answered(commune: Commune, amina: Phone) -> None:
    await draft_in_chat(commune, amina)
    await taps(amina, "Aperçu", "Oui", "Quitter l’aperçu")
    await amina.waits_for("Souk hebdomadaire", button="Aperçu")
    await commune.settled()

    async def left(session: Any) -> int:
        return int(await session.scalar(select(func.count()).select_from(Sketch)) or 0)

    assert await commune.read(left) == 0


async def test_a_workbook_that_came_before_a_stop_is_read_afterwards(
    commune: Commune, amina: Phone
) -> None:
    await arrives_as(commune, amina)
    workbook = filled(await template_of(amina))
    await commune.stop()
    commune.roles = ALL - {ActingAs.CLERK}
    await commune.start()
    await sends_workbook(amina, workbook)
    await amina.waits_for("en cours de lecture")

    commune.roles = ALL
    await commune.restart()
    await amina.waits_for(button="Aperçu")

    assert len(await drafts(commune)) == 1


@pytest.mark.parametrize("kind", ["workbook", "compose"])
async def test_a_job_that_is_done_once_more_after_a_kill_gives_one_draft(
    commune: Commune, amina: Phone, kind: str
) -> None:
    if kind == "compose":
        await draft_in_chat(commune, amina)
    else:
        await arrives_as(commune, amina)
        await sends_workbook(amina, filled(await template_of(amina)))
        await amina.waits_for(button="Aperçu")
    before = await acts(commune)

    async def payload(session: Any) -> dict[str, Any]:
        job = await session.scalar(select(Job).where(Job.kind == kind))
        return dict(job.payload)

    await again(commune, kind, await commune.read(payload))

    assert len(await drafts(commune)) == 1
    assert await acts(commune) == before


async def again(commune: Commune, kind: str, payload: dict[str, Any]) -> None:
    """The clerk of another process does the job once more."""
    database = Database(commune.database_url)
    telegram = Telegram(commune.town.base_url, commune.town.token)
    try:
        office = Office(
            database,
            Keyring(commune.key_file),
            telegram,
            system_clock(),
            int(commune.town.token.partition(":")[0]),
            Hint(),
        )
        await WORKS[kind](office, payload)
    finally:
        await telegram.close()
        await database.close()
