"""Staff choose a table in the chat: what is offered, to whom, once a tap."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers.exports import slot_of
from storage.attachments import Attachment, attach
from storage.audit import AuditEntry
from storage.consultations import Consultation, ConsultationState, Mode
from storage.people import Role
from storage.running import Job
from storage.submissions import Submission, SubmissionState
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.staffing import appointed, becomes, grant_of


async def answers(desk: Desk) -> None:
    """Somebody has sent their answers."""
    async with desk.database.unit_of_work() as session:
        consultation = (await session.scalars(select(Consultation))).one()
        session.add(
            Submission(
                consultation_id=consultation.id,
                form_version_id=consultation.form_version_id,
                respondent_key=b"k" * 32,
                state=SubmissionState.SUBMITTED,
                language="fr",
                answers={"use": "no"},
                submitted_on=consultation.opens_on,
            )
        )


async def jobs(desk: Desk) -> list[Job]:
    async with desk.database.reading() as session:
        return list(await session.scalars(select(Job).where(Job.kind == "export")))


async def changes(desk: Desk, **values: Any) -> None:
    """The consultation is so from now on."""
    async with desk.database.unit_of_work() as session:
        row = (await session.scalars(select(Consultation))).one()
        for name, value in values.items():
            setattr(row, name, value)


async def offered(visitor: Visitor) -> Shown:
    """From the command to the choice of a table."""
    await visitor.sends("/export")
    return await visitor.taps("Maisons")


async def test_the_command_leads_to_a_job_of_the_chosen_table(
    desk: Desk, houses: int, amina: Visitor
) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, Role.ANALYST)

    choice = await offered(amina)
    assert [label for label in choice.labels if " · " in label] == [
        "Excel · العربية",
        "Excel · Français",
        "CSV · العربية",
        "CSV · Français",
    ]
    message = await amina.taps("CSV · Français")

    (job,) = await jobs(desk)
    assert (job.payload["format"], job.payload["edition"]) == ("csv", "fr")
    assert job.payload["chat_id"] == amina.number
    assert message.id == choice.id
    assert "en préparation" in message.text
    assert amina.slots[f"job:{job.id}"] == message.id


async def test_the_card_of_a_consultation_has_the_button_once_it_was_opened(
    desk: Desk, houses: int, amina: Visitor
) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, Role.OFFICER)

    await amina.sends("/staff")
    await amina.taps("Toutes les consultations")
    await amina.taps("Maisons")
    assert "Excel · Français" in (await amina.taps("Exporter les réponses")).labels

    await changes(desk, state=ConsultationState.DRAFT)
    card = await amina.taps("Retour à la consultation")
    assert "Exporter les réponses" not in card.labels


async def test_a_double_tap_makes_one_table(desk: Desk, houses: int, amina: Visitor) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, Role.OFFICER)
    choice = await offered(amina)
    data = choice.data("Excel · Français")

    await amina.taps_data(data, choice)
    await amina.taps_data(data, choice)

    assert len(await jobs(desk)) == 1
    assert amina.notices == ["Ce tableau est déjà en préparation."]


async def test_an_export_of_nothing_is_refused_in_a_sentence(
    desk: Desk, houses: int, amina: Visitor
) -> None:
    await becomes(amina.desk, amina, Role.OFFICER)
    await amina.sends("/export")

    await amina.taps("Maisons")

    assert amina.notices == ["Il n’y a encore rien à exporter : personne n’a envoyé ses réponses."]
    assert await jobs(desk) == []


async def test_a_citizen_has_neither_the_command_nor_the_buttons(
    desk: Desk, houses: int, amina: Visitor, hassan: Visitor
) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, Role.OFFICER)
    data = (await offered(amina)).data("Excel · Français")
    await hassan.sends("/start")

    shown = await hassan.sends("/export")
    await hassan.taps_data(data)

    assert "Excel" not in shown.text
    assert len(hassan.notices) == 1
    assert await jobs(desk) == []


@pytest.mark.parametrize(("role", "says_who"), [(Role.OFFICER, True), (Role.ANALYST, False)])
async def test_only_some_roles_are_offered_who_answered_and_only_where_it_is_known(
    role: Role, *, says_who: bool, desk: Desk, houses: int, amina: Visitor
) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, role)

    assert "Dire qui a répondu" not in (await offered(amina)).labels

    await changes(desk, mode=Mode.IDENTIFIED)
    choice = await offered(amina)
    assert ("Dire qui a répondu" in choice.labels) is says_who


async def test_an_officer_may_order_who_answered_and_an_analyst_is_refused(
    desk: Desk, houses: int, amina: Visitor, hassan: Visitor
) -> None:
    await answers(desk)
    await changes(desk, mode=Mode.IDENTIFIED)
    await becomes(amina.desk, amina, Role.OFFICER)
    await becomes(hassan.desk, hassan, Role.ANALYST)
    await offered(amina)
    data = (await amina.taps("Dire qui a répondu")).data("Excel · Français")

    await hassan.taps_data(data)
    assert await jobs(desk) == []

    await amina.taps_data(data)
    (job,) = await jobs(desk)
    assert job.payload["identified"] is True


async def test_in_an_anonymous_consultation_nobody_can_order_who_answered(
    desk: Desk, houses: int, amina: Visitor
) -> None:
    await answers(desk)
    await becomes(amina.desk, amina, Role.OFFICER)
    choice = await offered(amina)
    data = choice.data("Excel · Français")

    await amina.taps_data(data[: data.rindex(":")] + ":1", choice)

    (job,) = await jobs(desk)
    assert job.payload["identified"] is False


# --- handing over ------------------------------------------------------------------------------


async def made(desk: Desk, visitor: Visitor, *, identified: bool) -> dict[str, Any]:
    """The clerk has made the table: what it has the worker hand over."""
    async with desk.database.unit_of_work() as session:
        consultation = (await session.scalars(select(Consultation))).one()
        file = await attach(session, "houses-fr.csv", "text/csv", b"x", desk.now)
    data = {
        "job": 1,
        "consultation": consultation.id,
        "attachment": file,
        "format": "csv",
        "edition": "fr",
        "rows": 1,
        "identified": identified,
    }
    return {"event": "export.done", "chat_id": visitor.number, "data": data}


async def exported(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """What the audit says of tables that were handed over."""
    async with desk.database.reading() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.act, row.details) for row in rows if row.act.startswith("export")]


@pytest.mark.parametrize("identified", [False, True])
async def test_a_table_that_is_handed_over_is_in_the_audit_by_its_name(
    desk: Desk, houses: int, amina: Visitor, identified: bool
) -> None:
    await becomes(desk, amina, Role.OFFICER)
    event = await made(desk, amina, identified=identified)

    desk.show(await desk.feed(event), amina)

    assert (amina.newest.document or "").startswith("attached:")
    details = {"format": "csv", "labels": "fr", "rows": 1, "identified": identified}
    assert await exported(desk) == [("export_identified" if identified else "export", details)]


@pytest.mark.parametrize(
    ("role", "becoming", "identified"),
    [
        (Role.OFFICER, None, False),
        (Role.ANALYST, None, False),
        (Role.OFFICER, Role.ANALYST, True),
    ],
)
async def test_a_role_that_ended_while_the_table_was_made_gets_nothing(
    desk: Desk,
    houses: int,
    amina: Visitor,
    role: Role,
    becoming: Role | None,
    identified: bool,
) -> None:
    karim = await appointed(desk, "Karim", 601, Role.ADMINISTRATOR)
    await becomes(desk, amina, role)
    event = await made(desk, amina, identified=identified)
    grant = await grant_of(desk, amina)
    end = f"ChangeRole:{grant}:{becoming}" if becoming else f"WithdrawRole:{grant}"

    requests = await desk.feed(karim.tapped(end), event)

    assert "sendDocument" not in [one["method"] for one in requests]
    (said,) = [one["text"] for one in requests if one["edits"] == slot_of(1)]
    assert "rôle" in said
    assert await exported(desk) == []
    async with desk.database.reading() as session:
        assert len((await session.scalars(select(Attachment))).all()) == 1  # the clock's to remove


async def test_an_order_is_in_the_audit(desk: Desk, houses: int, amina: Visitor) -> None:
    await answers(desk)
    await becomes(desk, amina, Role.ANALYST)
    await offered(amina)

    await amina.taps("CSV · Français")

    details = {"format": "csv", "edition": "fr", "identified": False}
    assert await exported(desk) == [("export.order", details)]
