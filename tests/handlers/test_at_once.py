"""Two members of staff at the same moment, each in a unit of work of their own that overlap."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.worker import is_trouble
from forms.form import Form
from participation.granting import hold_team
from storage.announcements import Delivery
from storage.consultations import Consultation, ConsultationState
from storage.invitations import Invitation
from storage.people import Role
from storage.running import Job
from tests.handlers.desk import Desk, Visitor
from tests.handlers.drafting import acts, draft, manages, rows, subscribed, the
from tests.handlers.staffing import appointed, grant_of, role_of

OVERLAPS = pytest.mark.only("postgresql", reason="one writer: nothing passes a unit of work by")
PATIENCE_SECONDS = 30


@pytest.fixture
async def karim(desk: Desk) -> Visitor:
    """An administrator."""
    return await appointed(desk, "Karim", 601, Role.ADMINISTRATOR)


@pytest.fixture
async def naima(desk: Desk) -> Visitor:
    """An officer."""
    return await appointed(desk, "Naima", 602, Role.OFFICER)


@pytest.fixture
async def said(desk: Desk) -> Visitor:
    """Another officer."""
    return await appointed(desk, "Saïd", 603, Role.OFFICER)


@asynccontextmanager
async def holding(desk: Desk, number: int | None = None) -> AsyncIterator[AsyncSession]:
    """What follows has to wait: for a consultation, else for the team; on SQLite for all."""
    async with desk.database.unit_of_work() as session:
        if number is None:
            await hold_team(session)
        else:
            await session.get_one(Consultation, number, with_for_update=True)
        yield session


async def all_wait(desk: Desk, count: int) -> None:
    """So many units of work have begun and can go no further."""
    if desk.database.is_sqlite:
        await asyncio.sleep(0)  # each stands in the line for the writer
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with desk.database.reading() as session:
                if await session.scalar(waiting) == count:
                    return


async def works(desk: Desk, who: Visitor, data: str) -> None:
    """What a worker makes of a tap; it begins anew where the database chose to end it."""
    while True:
        try:
            desk.show(await desk.feed(who.tapped(data)), who)
        except Exception as error:
            if not is_trouble(error):
                raise
        else:
            return


async def tap_at_once(desk: Desk, number: int, *taps: tuple[Visitor, str]) -> None:
    """All have begun before the first of them can end."""
    async with holding(desk, number):
        tasks = [asyncio.create_task(works(desk, who, data)) for who, data in taps]
        await all_wait(desk, len(tasks))
    await asyncio.gather(*tasks)


async def confirmation(officer: Visitor, number: int, *labels: str, reason: str = "") -> str:
    """The data of the button that is tapped at last."""
    await manages(officer, number)
    for label in labels:
        await officer.taps(label)
    if reason:
        await officer.sends(reason)
    return officer.newest.data("Confirmer")


async def test_two_officers_open_it_once(
    desk: Desk, naima: Visitor, said: Visitor, form: Form
) -> None:
    await subscribed(desk, (700, "fr"))
    number = await draft(desk, form)
    taps = [(one, await confirmation(one, number, "Ouvrir la")) for one in (naima, said)]

    await tap_at_once(desk, number, *taps)

    assert naima.notices + said.notices in (
        ["La consultation est ouverte.", "Cette consultation est déjà ouverte."],
        ["Cette consultation est déjà ouverte.", "La consultation est ouverte."],
    )
    assert (await the(desk, number)).state is ConsultationState.PUBLISHED
    assert (await acts(desk)).count("consultation.open") == 1
    assert len(await rows(desk, Delivery)) == 1
    assert [one.kind for one in await rows(desk, Job)] == ["leaflets"]


async def test_two_officers_close_it_once(
    desk: Desk, naima: Visitor, said: Visitor, form: Form
) -> None:
    number = await desk.opens(form, closes_on=date(2026, 12, 20))
    close = ("Clore",)
    taps = [
        (one, await confirmation(one, number, *close, reason="La salle a brûlé."))
        for one in (naima, said)
    ]

    await tap_at_once(desk, number, *taps)

    assert sorted(naima.notices + said.notices) == [
        "Cette consultation est déjà close.",
        "La consultation est close.",
    ]
    assert (await acts(desk)).count("consultation.close") == 1


@OVERLAPS
async def test_a_role_withdrawn_while_its_act_had_to_wait_opens_nothing(
    desk: Desk, karim: Visitor, naima: Visitor, form: Form
) -> None:
    number = await draft(desk, form)
    confirm = await confirmation(naima, number, "Ouvrir la")

    async with holding(desk, number):
        opening = asyncio.create_task(works(desk, naima, confirm))
        await all_wait(desk, 1)
        await works(desk, karim, f"WithdrawRole:{await grant_of(desk, naima)}")
    await opening

    assert ["autre rôle" in one for one in naima.notices] == [True]
    assert (await the(desk, number)).state is ConsultationState.DRAFT
    assert "consultation.open" not in await acts(desk)


@OVERLAPS
@pytest.mark.parametrize("data", ["WithdrawRole:{grant}", "IssueInvitation:officer"])
async def test_an_administrator_whose_role_ended_meanwhile_changes_the_team_no_more(
    desk: Desk, karim: Visitor, naima: Visitor, data: str
) -> None:
    salma = await appointed(desk, "Salma", 604, Role.ADMINISTRATOR)
    withdrawal = f"WithdrawRole:{await grant_of(desk, salma)}"
    late = data.format(grant=await grant_of(desk, naima))

    async with holding(desk):
        first = asyncio.create_task(works(desk, karim, withdrawal))
        await all_wait(desk, 1)
        second = asyncio.create_task(works(desk, salma, late))
        await all_wait(desk, 2)
    await asyncio.gather(first, second)

    assert ["autre rôle" in one for one in salma.notices] == [True]
    assert await role_of(desk, salma) is None
    assert await role_of(desk, naima) is Role.OFFICER
    assert await rows(desk, Invitation) == []


async def test_a_link_and_its_withdrawal_at_once_admit_or_refuse(
    desk: Desk, karim: Visitor
) -> None:
    """Whichever comes first: a knock is left to be decided, or the link is worth nothing."""
    driss = await appointed(desk, "Driss", 605, None)
    await karim.taps_data("IssueInvitation:officer")
    link = karim.newest.text.partition("start=")[2].split()[0].strip("\u2069")
    async with desk.database.reading() as session:
        number = await session.scalar(select(Invitation.id))

    await asyncio.gather(
        desk.feed(driss.written(f"/start {link}")),
        desk.feed(karim.tapped(f"TakeBackInvitation:{number}")),
    )

    (row,) = await rows(desk, Invitation)
    assert row.decision in {"refused", "withdrawn"}
    assert (row.decision == "refused") == (row.knocked_by is not None)
    assert await role_of(desk, driss) is None
