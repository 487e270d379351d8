"""Who may do what: every button and command of staff, tried by everybody."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from aiogram import Router
from aiogram.fsm.state import StatesGroup
from aiogram.types import CallbackQuery
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dispatcher import the_dispatcher
from handlers import buttons
from handlers import steps as steps_of_handlers
from handlers.buttons import ACTIONS, Tapped, pack
from handlers.commands import menu_of_staff
from handlers.events import EVENTS
from handlers.filters import Commanded, StaffCommanded
from handlers.views.actions import Action, CitizenAction, StaffAction
from participation.known import PLACE, Known
from participation.places import CITIZENS, Place
from participation.roles import RULES, Act, NotAllowed
from participation.shelf import Shelf
from participation.staff import Staff
from storage.base import ConsultationId, PersonId
from storage.dialogues import Dialogue
from storage.keys import Keyring
from storage.people import Person, Role, RoleGrant
from tests.handlers.desk import ME, NOON, Desk, Visitor
from tests.handlers.staffing import appointed, clerk_tells, everything, grant_of, role_of
from tests.handlers.walking import all_handlers, filters_of, handlers_in

ROLES = (None, Role.ANALYST, Role.OFFICER, Role.ADMINISTRATOR)
NAMES: Mapping[Role | None, str] = {
    None: "Driss",
    Role.ANALYST: "Salma",
    Role.OFFICER: "Naima",
    Role.ADMINISTRATOR: "Karim",
}
WORDS = {int: 1, bool: True, str: "ar"}
REFUSED = "autre rôle"
UNKNOWN_COMMAND = "aucune question"


def staff_actions() -> list[type[StaffAction]]:
    return [kind for kind in ACTIONS.values() if issubclass(kind, StaffAction)]


def staff_commands() -> list[StaffCommanded]:
    return [
        one for handler in all_handlers("message") for one in filters_of(handler, StaffCommanded)
    ]


def sample(kind: type[Action]) -> Action:
    """A tap that would do something: number 1 of whatever it names."""
    hints = get_type_hints(kind)
    return kind(*(WORDS[hints[field.name]] for field in fields(kind)))


def denied(act: Act, role: Role | None) -> bool:
    """By the table of rules alone, read here once more."""
    rule = RULES.get(act)
    return rule is None or role not in rule.roles


@pytest.fixture
async def team(desk: Desk, houses: int) -> dict[Role | None, Visitor]:
    """One person for each role, and a citizen."""
    return {
        role: await appointed(desk, NAMES[role], 600 + number, role)
        for number, role in enumerate(ROLES)
    }


def test_the_buttons_and_commands_of_staff_are_found_in_the_code() -> None:
    assert len(staff_actions()) >= 10
    assert "staff" in {one.name for one in staff_commands()}


async def test_whoever_may_not_tap_a_button_is_refused_and_changes_nothing(
    desk: Desk, team: dict[Role | None, Visitor]
) -> None:
    before = await everything(desk.database)
    tried = 0

    for kind in staff_actions():
        for role, visitor in team.items():
            if denied(kind.act, role):
                visitor.notices.clear()
                await visitor.taps_data(pack(sample(kind)))
                tried += 1
                assert [REFUSED in one for one in visitor.notices] == [True], (kind, role)

    assert tried > 2 * len(staff_actions())
    assert sum(map(len, before.values())) > 10
    assert await everything(desk.database) == before


async def test_a_command_of_staff_does_not_exist_for_others(
    desk: Desk, team: dict[Role | None, Visitor]
) -> None:
    before = await everything(desk.database)
    tried = 0

    for command in staff_commands():
        for role, visitor in team.items():
            if denied(command.act, role):
                said = await visitor.sends(f"/{command.name}")
                tried += 1
                assert UNKNOWN_COMMAND in said.text, (command.name, role)

    assert tried >= len(staff_commands())
    assert await everything(desk.database) == before


@pytest.mark.parametrize("role", Role)
def test_every_command_that_a_role_may_use_stands_in_its_menu(role: Role) -> None:
    allowed = {one.name for one in staff_commands() if not denied(one.act, role)}

    menu = {one.command for one in menu_of_staff(1, role).commands}

    assert allowed
    assert menu - CITIZENS_COMMANDS == allowed


async def test_a_change_would_be_seen(desk: Desk, team: dict[Role | None, Visitor]) -> None:
    before = await everything(desk.database)

    await team[Role.ADMINISTRATOR].taps_data("OpenTeam:0")

    after = await everything(desk.database)
    assert [name for name in before if before[name] != after[name]] == ["audit_entry"]


async def test_an_act_without_a_rule_is_denied_to_everybody(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, team: dict[Role | None, Visitor]
) -> None:
    monkeypatch.setattr(
        "participation.roles.RULES", {act: RULES[act] for act in RULES if act is not Act.WORK}
    )
    before = await everything(desk.database)

    for visitor in team.values():
        visitor.notices.clear()
        await visitor.taps_data("OpenWorkspace")
        assert [REFUSED in one for one in visitor.notices] == [True]

    assert await everything(desk.database) == before


@dataclass(frozen=True)
class Unruled(StaffAction):
    """Its act stands in no rule."""

    act = "planted"  # type: ignore[assignment]


@dataclass(frozen=True)
class Unsaid(Action):
    """Says neither that it is a citizen's nor staff's."""


@pytest.mark.parametrize("kind", [Unruled, Unsaid])
async def test_a_planted_button_without_a_rule_is_refused_before_its_handler(
    kind: type[Action], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(buttons.ACTIONS, kind.__name__, kind)
    keyring = Keyring.create(tmp_path / "keys")
    query = CallbackQuery.model_validate(
        {"id": "1", "from": {**ME, "is_bot": False}, "chat_instance": "1", "data": kind.__name__}
    )

    for role in ROLES:
        roles = {} if role is None else {PersonId(1): role}
        known = Known(AsyncSession(), keyring, NOON, Shelf(), roles=roles)
        with pytest.raises(NotAllowed):
            await Tapped(kind)(query, Staff(known, Person(id=1)))


def test_every_act_has_a_rule() -> None:
    assert set(RULES) == set(Act)


def test_every_button_says_whether_it_is_for_citizens_or_for_staff() -> None:
    citizens = [kind for kind in ACTIONS.values() if issubclass(kind, CitizenAction)]

    assert len(citizens) > 30
    assert all(isinstance(kind.act, Act) for kind in staff_actions())
    assert len(citizens) + len(staff_actions()) == len(ACTIONS)


# --- the gate ----------------------------------------------------------------------------------

CITIZENS_COMMANDS = {"start", "consultations", "resume", "language", "help", "stop"}


def ungated(router: Router) -> Iterator[str]:
    """Handlers that could be reached without their gate: each by its name.

    A tap goes through ``Tapped``, which looks the act up; a command that is not every citizen's
    goes through ``StaffCommanded``.
    """
    for handler in handlers_in(router, "callback_query"):
        if not filters_of(handler, Tapped):
            yield handler.callback.__name__
    for handler in handlers_in(router, "message"):
        for one in filters_of(handler, Commanded):
            if not isinstance(one, StaffCommanded) and one.name not in CITIZENS_COMMANDS:
                yield handler.callback.__name__


def test_no_handler_forgets_the_gate() -> None:
    planted = Router()

    @planted.callback_query()
    async def tapped_by_anybody(query: CallbackQuery) -> None: ...

    @planted.message(Commanded("exports"))
    async def typed_by_anybody(staff: Staff) -> None: ...

    assert list(ungated(planted)) == ["tapped_by_anybody", "typed_by_anybody"]
    assert len(all_handlers("callback_query")) > 20
    assert list(ungated(the_dispatcher())) == []


# --- what loops have the worker say ------------------------------------------------------------

FOR_ANYBODY = {
    "role.now",  # the end of a role is told to whoever had it
    "export.done",  # the use asks, so that the message can say why there is no file
    "export.refused",
    "export.failed",
    "form.not_a_draft",
}


async def test_an_event_says_nothing_to_whoever_may_not_hear_it(
    desk: Desk, team: dict[Role | None, Visitor]
) -> None:
    before = await everything(desk.database)
    tried = 0

    for name, told in EVENTS.items():
        for role, visitor in team.items():
            if told.act is not None and denied(told.act, role):
                event = {"event": name, "chat_id": visitor.number, "data": {}}
                tried += 1
                assert await desk.feed(event) == [], (name, role)

    assert tried > len(EVENTS) / 2
    assert await everything(desk.database) == before
    assert {name for name, told in EVENTS.items() if told.act is None} == FOR_ANYBODY


# --- steps -------------------------------------------------------------------------------------

PLANTED = "Planted:writing"
"""A step that nobody handles, as one that a later release took away."""


def staff_steps() -> list[str]:
    """The steps that are not open to everybody."""
    groups = [one for _name, one in inspect.getmembers(steps_of_handlers, inspect.isclass)]
    found = {
        name
        for group in groups
        if issubclass(group, StatesGroup)
        for name in group.__all_states_names__
    }
    assert found >= CITIZENS
    return [PLANTED, *sorted(found - CITIZENS)]


@pytest.mark.parametrize("role", [None, Role.ANALYST])
async def test_whoever_lost_a_role_in_the_middle_of_a_step_changes_nothing_there(
    desk: Desk, team: dict[Role | None, Visitor], houses: int, role: Role | None
) -> None:
    """Every step is an officer's: an analyst can stand there only since a change of role."""
    person = team[role]

    for step in staff_steps():
        for content in CONTENTS:
            await stands(desk, person, Place(step, ConsultationId(houses)))
            before = await everything(desk.database)
            await person.sends(**content)
            after = await everything(desk.database)
            before.pop("dialogue")
            after.pop("dialogue")
            assert after == before, (step, content)


FILE = {"file_id": "1", "file_unique_id": "1"}
CONTENTS: list[dict[str, Any]] = [
    {"text": "Bonjour"},
    {"text": "2"},
    {"document": {**FILE, "file_name": "form.xlsx", "file_size": 10}},
    {"voice": {**FILE, "duration": 3}},
]


async def stands(desk: Desk, visitor: Visitor, place: Place) -> None:
    """Put somebody there, as an earlier tap would have."""
    async with desk.database.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.channel_id == visitor.number))
        assert person is not None
        sealed = desk.keyring.seal(place.to_bytes(), PLACE)
        row = await session.get(Dialogue, person.id)
        if row is None:
            session.add(Dialogue(person_id=person.id, place=sealed))
        else:
            row.place = sealed


# --- any sequence ------------------------------------------------------------------------------

PEOPLE = ("Karim", "Naima", "Salma", "Driss")
people = st.sampled_from(range(len(PEOPLE)))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("invite"), people, people, st.sampled_from(Role)),
        st.tuples(st.just("withdraw"), people, people, st.none()),
        st.tuples(st.just("change"), people, people, st.sampled_from(Role)),
        st.tuples(st.just("tap"), people, people, st.none()),
    ),
    max_size=8,
)


@given(steps=steps)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_whatever_happens_roles_are_those_given_and_somebody_can_give_them(
    desk: Desk, steps: list[tuple[str, int, int, Role | None]]
) -> None:
    await everybody_leaves(desk)
    staff = [
        await appointed(desk, name, 700 + number, None if number else Role.ADMINISTRATOR)
        for number, name in enumerate(PEOPLE)
    ]
    held: list[Role | None] = [Role.ADMINISTRATOR, None, None, None]

    for act, by, to, role in steps:
        await ACTS[act](desk, staff[by], staff[to], role)
        expected(held, act, by, to, role)
        assert [await role_of(desk, one) for one in staff] == held
        assert Role.ADMINISTRATOR in held
        await clerk_tells(desk)
        for one, role_now in zip(staff, held, strict=True):
            assert await may_work(one) == (role_now is not None)


def expected(held: list[Role | None], act: str, by: int, to: int, role: Role | None) -> None:
    """The rules of giving and taking, in other words than the product's."""
    if held[by] is not Role.ADMINISTRATOR or act == "tap":
        return
    if act == "invite":
        held[to] = held[to] or role
    elif held[to] is not None:
        only = held.count(Role.ADMINISTRATOR) == 1 and held[to] is Role.ADMINISTRATOR
        held[to] = held[to] if only and role is not Role.ADMINISTRATOR else role


async def invites(desk: Desk, by: Visitor, to: Visitor, role: Role | None) -> None:
    await by.taps_data(f"IssueInvitation:{role}")
    found = re.search(r"start=(s_[\w-]+)", by.newest.text)
    if found is None:
        return
    await to.sends(f"/start {found[1]}")
    if "Admettre" in by.newest.labels:
        await by.taps("Admettre")


async def withdraws(desk: Desk, by: Visitor, to: Visitor, _role: Role | None) -> None:
    if await role_of(desk, to) is not None:
        await by.taps_data(f"WithdrawRole:{await grant_of(desk, to)}")


async def changes(desk: Desk, by: Visitor, to: Visitor, role: Role | None) -> None:
    if await role_of(desk, to) is not None:
        await by.taps_data(f"ChangeRole:{await grant_of(desk, to)}:{role}")


async def taps(desk: Desk, by: Visitor, _to: Visitor, _role: Role | None) -> None:
    await by.taps_data("ListManaged:0")


ACTS = {"invite": invites, "withdraw": withdraws, "change": changes, "tap": taps}


async def may_work(one: Visitor) -> bool:
    one.notices.clear()
    await one.taps_data("ListManaged:0")
    return not any(REFUSED in notice for notice in one.notices)


async def everybody_leaves(desk: Desk) -> None:
    async with desk.database.unit_of_work() as session:
        await session.execute(update(RoleGrant).values(withdrawn_at=desk.now))
