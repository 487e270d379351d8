"""A preview asks by the real conditions and stores nothing of an answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from forms.form import Form
from participation.previewing import SKETCH
from storage.consultations import Consultation, ConsultationState
from storage.running import Tally
from storage.sketches import Sketch, expire_sketches
from storage.submissions import Submission
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.drafting import acts
from tests.handlers.staffing import becomes


async def previewing(desk: Desk, visitor: Visitor, form: Form) -> Shown:
    """An officer has opened the preview of a draft and read its note."""
    number = await desk.opens(form, opens_on=date(2026, 11, 20))
    async with desk.database.unit_of_work() as session:
        row = await session.get_one(Consultation, number)
        row.state = ConsultationState.DRAFT
    await becomes(desk, visitor)
    await visitor.taps_data(f"PreviewForm:{number}")
    return await visitor.taps("Continuer")


async def counts(desk: Desk) -> tuple[int, ...]:
    async def of(table: Any) -> int:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)

    async with desk.database.reading() as session:
        return (await of(Submission), await of(Tally), await of(Sketch))


async def test_conditions_decide_what_is_asked(desk: Desk, amina: Visitor, form: Form) -> None:
    await previewing(desk, amina, form)

    no = await amina.taps("Non")
    skipped = no.text
    await amina.taps("Retour")
    yes = await amina.taps("Oui")

    assert "Pourquoi ?" in skipped
    assert "Que voulez-vous ?" in yes.text


async def test_several_are_ticked_and_an_answer_may_be_kept(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await previewing(desk, amina, form)
    await amina.taps("Oui")
    await amina.taps("Livres")
    ticked = await amina.taps("Sport")
    labels = ticked.labels
    await amina.taps("Terminé")

    back = await amina.taps("Retour")
    chosen = back.text
    kept = await amina.taps("Garder ma réponse")

    assert {"✅ Livres", "✅ Sport", "Musique"} <= set(labels)
    assert "Livres, Sport" in chosen
    assert "Pourquoi ?" in kept.text


async def test_an_answer_that_the_form_refuses_is_asked_again_with_the_reason(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await previewing(desk, amina, form)
    await amina.taps("Non")
    await amina.sends("Pour lire")

    young = await amina.sends("9")
    old = await amina.sends("19")

    assert "À partir de 15 ans" in young.text
    assert "Combien de km" in old.text


async def test_nothing_but_the_sketch_is_stored_and_that_only_while_it_lasts(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await previewing(desk, amina, form)
    await amina.taps("Non")
    during = await counts(desk)

    for _ in range(4):
        last = await amina.taps("Passer")

    assert during == (0, 0, 1)
    assert "Rien de cet aperçu n’a été enregistré." in last.text
    assert await counts(desk) == (0, 0, 0)


async def test_a_preview_that_is_opened_is_in_the_audit_once(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await previewing(desk, amina, form)
    await amina.taps("Non")

    assert await acts(desk) == ["form.preview"]


async def test_an_old_button_of_a_preview_says_that_it_has_ended(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    asked = await previewing(desk, amina, form)
    data = asked.data("Non")
    await amina.taps("Quitter l’aperçu")

    await amina.taps_data(data)

    assert "Cet aperçu est terminé" in amina.notices[-1]


async def test_a_button_of_another_question_changes_nothing(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    asked = await previewing(desk, amina, form)
    data = asked.data("Non")
    await amina.taps("Non")

    await amina.taps_data(data)

    assert "Pourquoi ?" in amina.newest.text


async def test_a_consultation_that_was_opened_has_no_preview(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await becomes(desk, amina)

    await amina.taps_data(f"PreviewForm:{houses}")

    assert amina.notices
    assert await counts(desk) == (0, 0, 0)


async def test_a_preview_that_was_forgotten_is_erased_in_time(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await previewing(desk, amina, form)

    async with desk.database.unit_of_work() as session:
        await expire_sketches(session, SKETCH, desk.now)
    kept = await counts(desk)
    async with desk.database.unit_of_work() as session:
        await expire_sketches(session, "questionnaire", desk.now + timedelta(seconds=1))
        await expire_sketches(session, SKETCH, desk.now + timedelta(seconds=1))

    assert kept == (0, 0, 1)
    assert await counts(desk) == (0, 0, 0)


@pytest.mark.parametrize("data", ["WalkPreview:skip:1:0", "SpeakPreview:ar", "PreviewForm:{}"])
async def test_a_preview_of_what_was_opened_meanwhile_says_so(
    desk: Desk, amina: Visitor, form: Form, data: str
) -> None:
    await previewing(desk, amina, form)
    async with desk.database.unit_of_work() as session:
        row = (await session.scalars(select(Consultation))).one()
        row.state = ConsultationState.PUBLISHED

    await amina.taps_data(data.format(row.id))

    assert amina.notices[-1].startswith("Ce qui a été annoncé ne change plus")


@pytest.mark.parametrize("data", ["ReplaceWorkbook:{}", "WriteCardText:{}:title"])
async def test_nothing_of_what_was_opened_is_replaced(
    desk: Desk, amina: Visitor, form: Form, data: str
) -> None:
    number = await desk.opens(form)
    await becomes(desk, amina)

    await amina.taps_data(data.format(number))

    assert amina.notices[-1].startswith("Ce qui a été annoncé ne change plus")
