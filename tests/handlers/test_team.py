"""Coming in and going out: codes, links, knocks, and what each of those concerned reads."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import Timekeeper
from bot.stopping import Hint, Stop
from participation.codes import new_code
from participation.invitations import first_code, operators_token
from participation.known import PLACE
from participation.places import NOWHERE, Place
from storage.audit import AuditEntry
from storage.dialogues import Dialogue
from storage.invitations import Invitation, WrongCode
from storage.people import Person, Role, RoleGrant
from tests.handlers.desk import Desk, Visitor
from tests.handlers.staffing import appointed, clerk_tells, everything, grant_of, role_of

LINK = re.compile(r"start=(s_[\w-]{22})")
STAFF = ["staff", "export", "start", "consultations", "language", "help"]


@pytest.fixture
async def karim(desk: Desk) -> Visitor:
    """The administrator, who reads French."""
    return await appointed(desk, "Karim", 601, Role.ADMINISTRATOR)


@pytest.fixture
async def naima(desk: Desk) -> Visitor:
    """Reads Arabic; holds no role yet."""
    return await appointed(desk, "Naima", 602, None, "ar")


@pytest.fixture
async def driss(desk: Desk) -> Visitor:
    return await appointed(desk, "Driss", 603, None)


async def code_of(desk: Desk) -> str:
    async with desk.database.unit_of_work() as session:
        code = await first_code(session, desk.now)
        assert code is not None
        return code


async def link_from(karim: Visitor, role: str = "Agent") -> str:
    """What the administrator sends: the start parameter of a new link."""
    await karim.sends("/staff")
    await karim.taps("Équipe")
    await karim.taps("Inviter")
    issued = await karim.taps(role)
    found = LINK.search(issued.text)
    assert found is not None, issued.text
    return found[1]


async def acts(desk: Desk) -> list[tuple[str, bool]]:
    """What the audit holds: each act, and whether a person did it."""
    async with desk.database.reading() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.act, row.person_id is not None) for row in rows]


# --- the code of a first start -----------------------------------------------------------------


async def test_the_code_makes_an_administrator_at_once(desk: Desk, driss: Visitor) -> None:
    code = await code_of(desk)

    said = await driss.sends(code)

    assert await role_of(desk, driss) is Role.ADMINISTRATOR
    assert "administrat" in said.text
    assert list(driss.menu) == STAFF
    assert "Équipe" in (await driss.taps("Espace de travail")).labels
    assert await acts(desk) == [("invitation.issue", False), ("role.grant", True)]


async def test_only_the_hash_of_the_code_is_kept(desk: Desk) -> None:
    code = await code_of(desk)

    rows = str(await everything(desk.database))

    assert "invitation.issue" in rows
    assert code not in rows
    assert code.replace("-", "") not in rows


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: f"  {code.replace('-', ' ')}\n",
        lambda code: code.replace("-", ""),
        lambda code: "".join(chr(0x660 + int(c)) if c.isdigit() else c for c in code),
        lambda code: f"\u2066{code.replace('-', '–')}\u2069",
    ],
)
async def test_a_code_is_read_however_it_was_typed(
    desk: Desk, driss: Visitor, typed: object
) -> None:
    code = await code_of(desk)

    await driss.sends(typed(code))  # type: ignore[operator]

    assert await role_of(desk, driss) is Role.ADMINISTRATOR


async def test_a_code_serves_one_person_even_in_one_batch(
    desk: Desk, driss: Visitor, naima: Visitor
) -> None:
    code = await code_of(desk)

    requests = await desk.feed(driss.written(code), naima.written(code))

    assert [await role_of(desk, one) for one in (driss, naima)] == [Role.ADMINISTRATOR, None]
    assert any("سبق استعمال" in one.get("text", "") for one in requests)


async def test_a_code_is_no_answer_and_the_question_stays(
    desk: Desk, houses: int, driss: Visitor
) -> None:
    code = await code_of(desk)
    await driss.sends("/start c_houses")
    await driss.taps("Remplir")
    await driss.taps("J’accepte")
    await driss.taps("Continuer")
    await driss.taps("Non")
    before = (await everything(desk.database))["submission"]

    await driss.sends(code)

    assert await role_of(desk, driss) is Role.ADMINISTRATOR
    assert (await everything(desk.database))["submission"] == before


async def test_a_wrong_code_says_so_and_asks_again(
    desk: Desk, houses: int, driss: Visitor
) -> None:
    await code_of(desk)

    said = await driss.sends("MUSH-7K3M-9QXT-2B4D")

    assert "n’est pas le bon" in said.text
    assert await role_of(desk, driss) is None


async def test_guesses_are_limited_and_not_tied_to_anybody(
    desk: Desk, driss: Visitor, naima: Visitor
) -> None:
    code = await code_of(desk)
    for _batch in range(10):
        await desk.feed(*(driss.written(new_code()) for _guess in range(100)))

    refused = await driss.sends(code)

    assert "Trop de codes" in refused.text
    assert await role_of(desk, driss) is None
    async with desk.database.reading() as session:
        rows = list(await session.scalars(select(WrongCode)))
        person = await session.scalar(select(Person).where(Person.channel_id == driss.number))
    assert len(rows) == 5
    assert person is not None
    assert str(person.id).encode() not in rows[0].guesser
    await naima.sends(code)
    assert await role_of(desk, naima) is Role.ADMINISTRATOR


async def test_after_an_hour_one_may_try_again(desk: Desk, driss: Visitor) -> None:
    code = await code_of(desk)
    for number in range(6):
        await driss.sends(f"MUSH-7K3M-9QXT-2B4{number}")
    desk.now += timedelta(hours=1, seconds=1)

    await driss.sends(code)

    assert await role_of(desk, driss) is Role.ADMINISTRATOR


async def test_a_code_ends_after_a_day(desk: Desk, driss: Visitor) -> None:
    code = await code_of(desk)
    desk.now += timedelta(hours=24)

    said = await driss.sends(code)

    assert "a expiré" in said.text
    assert await role_of(desk, driss) is None
    assert await code_of(desk) != code


async def test_no_code_is_made_where_one_still_works_or_somebody_is_administrator(
    desk: Desk, driss: Visitor
) -> None:
    code = await code_of(desk)

    async with desk.database.unit_of_work() as session:
        assert await first_code(session, desk.now) is None
    await driss.sends(code)
    desk.now += timedelta(days=2)
    async with desk.database.unit_of_work() as session:
        assert await first_code(session, desk.now) is None


# --- a link of the operator's ------------------------------------------------------------------


async def operators_link(desk: Desk, role: Role) -> str:
    async with desk.database.unit_of_work() as session:
        return f"s_{await operators_token(session, role, desk.now)}"


async def test_the_operators_link_admits_at_once_and_once(
    desk: Desk, naima: Visitor, driss: Visitor
) -> None:
    link = await operators_link(desk, Role.OFFICER)

    welcomed = await naima.sends(f"/start {link}")
    second = await driss.sends(f"/start {link}")

    assert await role_of(desk, naima) is Role.OFFICER
    assert "موظف(ة) مكلف(ة)" in welcomed.text
    assert list(naima.menu) == STAFF
    assert await role_of(desk, driss) is None
    assert "a déjà servi" in second.text


async def test_the_operators_link_ends_after_a_week(desk: Desk, driss: Visitor) -> None:
    link = await operators_link(desk, Role.ANALYST)
    desk.now += timedelta(days=7)

    assert "a expiré" in (await driss.sends(f"/start {link}")).text
    assert await role_of(desk, driss) is None


# --- a link of an administrator's --------------------------------------------------------------


async def test_a_link_only_asks_and_one_tap_admits(
    desk: Desk, karim: Visitor, naima: Visitor
) -> None:
    link = await link_from(karim)

    waiting = await naima.sends(f"/start {link}")
    assert "تمت إحالة طلبكم" in waiting.text
    assert await role_of(desk, naima) is None
    assert "Naima" in karim.newest.text
    await karim.taps("Admettre")

    assert await role_of(desk, naima) is Role.OFFICER
    assert "Naima" in karim.newest.text
    assert "موظف(ة) مكلف(ة)" in naima.newest.text
    assert list(naima.menu) == STAFF
    assert "الفريق" not in (await naima.taps("فضاء العمل")).labels
    assert ("invitation.knock", True) in await acts(desk)
    async with desk.database.reading() as session:
        held = await session.scalar(select(RoleGrant).where(RoleGrant.role == Role.OFFICER))
        row = await session.scalar(select(Invitation))
    assert held is not None
    assert held.name == "Naima"
    assert row is not None
    assert row.knocked_as is None


async def test_the_one_who_is_refused_is_told_and_so_next_time(
    desk: Desk, karim: Visitor, naima: Visitor, driss: Visitor
) -> None:
    link = await link_from(karim)
    await naima.sends(f"/start {link}")

    await karim.taps("Refuser")

    assert "لم يقبل" in naima.newest.text
    assert await role_of(desk, naima) is None
    assert "لم يقبل" in (await naima.sends(f"/start {link}")).text
    assert "a déjà servi" in (await driss.sends(f"/start {link}")).text
    assert "Naima" not in str((await everything(desk.database))["invitation"])


async def test_a_name_cannot_turn_or_mark_up_what_stands_beside_it(
    desk: Desk, karim: Visitor
) -> None:
    link = await link_from(karim)
    salma = desk.visitor("\u202e<b>Salma</b>\u2069 &\n\u200f", 604, "fr")

    await salma.sends(f"/start {link}")

    assert "\u2068&lt;b&gt;Salma&lt;/b&gt; &amp;\u2069" in karim.newest.text
    assert "\u202e" not in karim.newest.text
    assert "pas de nom public" in karim.newest.text


async def test_the_public_name_of_an_account_is_shown(desk: Desk, karim: Visitor) -> None:
    link = await link_from(karim)
    salma = desk.visitor("Salma", 604, "fr")
    salma.username = "salma_b"

    await salma.sends(f"/start {link}")

    assert "@salma_b" in karim.newest.text


async def test_a_link_that_was_forwarded_serves_one_person(
    desk: Desk, karim: Visitor, naima: Visitor, driss: Visitor
) -> None:
    link = await link_from(karim)

    await naima.sends(f"/start {link}")
    asked = karim.newest
    second = await driss.sends(f"/start {link}")
    again = await naima.sends(f"/start {link}")

    assert "Une autre personne" in second.text
    assert "سبق أن قدمتم" in again.text
    assert karim.newest is asked
    await karim.taps("Admettre")
    assert await role_of(desk, naima) is Role.OFFICER
    assert await role_of(desk, driss) is None


async def test_a_link_ends_after_three_days_but_a_knock_waits(
    desk: Desk, karim: Visitor, naima: Visitor, driss: Visitor
) -> None:
    late, early = await link_from(karim), await link_from(karim)
    await naima.sends(f"/start {early}")
    asked = karim.newest
    desk.now += timedelta(hours=72)

    said = await driss.sends(f"/start {late}")
    await karim.taps("Admettre", asked)

    assert "a expiré" in said.text
    assert await role_of(desk, naima) is Role.OFFICER


async def test_a_link_that_was_taken_back_leads_nowhere(
    desk: Desk, karim: Visitor, driss: Visitor
) -> None:
    link = await link_from(karim)
    await karim.taps("Équipe")
    await karim.taps("Invitation : Agent")
    await karim.taps("Annuler le lien")

    said = await driss.sends(f"/start {link}")

    assert "a été annulée" in said.text
    assert await role_of(desk, driss) is None
    assert "Invitation" not in " ".join((await karim.taps("Équipe")).labels)
    assert ("invitation.withdraw", True) in await acts(desk)


async def test_an_unknown_link_is_one_sentence(desk: Desk, driss: Visitor) -> None:
    before = await everything(desk.database)

    said = await driss.sends("/start s_" + "x" * 22)

    assert "ne fonctionne pas" in said.text
    assert await everything(desk.database) == before


async def test_whoever_holds_a_role_needs_no_link(desk: Desk, karim: Visitor) -> None:
    link = await link_from(karim)

    said = await karim.sends(f"/start {link}")

    assert "déjà partie de l’équipe" in said.text
    await karim.taps_data("OpenTeam:0")
    assert "Invitation : Agent" in " ".join(karim.newest.labels)


async def test_whoever_speaks_neither_language_knocks_and_chooses_one(
    desk: Desk, karim: Visitor
) -> None:
    link = await link_from(karim)
    john = desk.visitor("John", 605, "en")

    chosen = await john.sends(f"/start {link}")
    again = await john.sends(f"/start {link}")

    assert "Français" in chosen.labels
    assert "John" in karim.newest.text
    assert "Français" in again.labels
    assert "سبق أن قدمتم" in john.chat[-2].text


async def test_a_newcomer_whose_link_does_nothing_reads_why_in_the_language_of_the_app(
    desk: Desk, karim: Visitor, naima: Visitor
) -> None:
    link = await link_from(karim)
    await naima.sends(f"/start {link}")
    salma = desk.visitor("Salma", 604, "fr")

    said = await salma.sends(f"/start {link}")

    assert "Une autre personne" in said.text


async def test_a_knock_outlives_the_role_of_its_issuer_for_another_to_decide(
    desk: Desk, karim: Visitor, naima: Visitor
) -> None:
    salma = await appointed(desk, "Salma", 604, Role.ADMINISTRATOR)
    await naima.sends(f"/start {await link_from(salma)}")
    asked = salma.newest
    await karim.taps_data(f"WithdrawRole:{await grant_of(desk, salma)}")

    await salma.taps("Admettre", asked)
    denied = await role_of(desk, naima)
    await karim.sends("/staff")
    await karim.taps("Équipe")
    await karim.taps("Décider")
    await karim.taps("Admettre")

    assert ["autre rôle" in one for one in salma.notices] == [True]
    assert denied is None
    assert await role_of(desk, naima) is Role.OFFICER


async def test_two_taps_admit_once(desk: Desk, karim: Visitor, naima: Visitor) -> None:
    await naima.sends(f"/start {await link_from(karim)}")
    data = karim.newest.data("Admettre")

    await karim.taps_data(data)
    await karim.taps_data(data)

    assert karim.notices == ["C’est déjà décidé."]
    assert [act for act, _ in await acts(desk)].count("role.grant") == 1


async def test_nobody_is_admitted_by_a_link_that_nobody_used(desk: Desk, karim: Visitor) -> None:
    await link_from(karim)

    await karim.taps_data("AdmitStaff:1")

    assert karim.notices == ["Personne n’a encore utilisé ce lien."]


# --- going out ---------------------------------------------------------------------------------


async def test_a_withdrawn_role_ends_at_once_with_its_open_keyboards(
    desk: Desk, karim: Visitor
) -> None:
    naima = await appointed(desk, "Naima", 602, Role.OFFICER, "ar")
    await naima.sends("/staff")
    before = naima.newest
    await karim.sends("/staff")
    await karim.taps("Équipe")
    await karim.taps("Naima")
    await karim.taps("Retirer")

    asked = karim.newest.text
    await karim.taps("Retirer")
    rows = await everything(desk.database)
    await naima.taps_data("ListManaged:0", before)

    assert "Naima" in asked
    assert await role_of(desk, naima) is None
    assert ["صفة أخرى" in one for one in naima.notices] == [True]
    assert await everything(desk.database) == rows
    await clerk_tells(desk)
    assert "تم سحب صفتكم" in naima.newest.text
    assert naima.menu == {}
    assert ("role.withdraw", True) in await acts(desk)


async def test_in_one_batch_too_nothing_is_done_after_the_withdrawal(
    desk: Desk, karim: Visitor
) -> None:
    naima = await appointed(desk, "Naima", 602, Role.OFFICER, "ar")
    withdraw = f"WithdrawRole:{await grant_of(desk, naima)}"

    requests = await desk.feed(karim.tapped(withdraw), naima.tapped("ListManaged:0"))

    answers = [one for one in requests if one["method"] == "answerCallbackQuery"]
    assert ["صفة أخرى" in one.get("text", "") for one in answers] == [False, True]


async def test_whoever_loses_a_role_leaves_the_step_of_staff(desk: Desk, karim: Visitor) -> None:
    naima = await appointed(desk, "Naima", 602, Role.OFFICER, "ar")
    async with desk.database.unit_of_work() as session:
        person = await session.scalar(select(Person).where(Person.channel_id == naima.number))
        assert person is not None
        sealed = desk.keyring.seal(Place("Writing:title").to_bytes(), PLACE)
        session.add(Dialogue(person_id=person.id, place=sealed))

    await karim.taps_data(f"WithdrawRole:{await grant_of(desk, naima)}")
    await clerk_tells(desk)

    async with desk.database.reading() as session:
        row = await session.scalar(select(Dialogue).where(Dialogue.person_id == person.id))
    assert row is not None
    assert Place.from_bytes(desk.keyring.open(row.place, PLACE)) == NOWHERE


async def test_the_last_administrator_stays(desk: Desk, karim: Visitor) -> None:
    own = await grant_of(desk, karim)

    await karim.taps_data(f"WithdrawRole:{own}")
    await karim.taps_data(f"ChangeRole:{own}:officer")

    assert ["seule personne" in one for one in karim.notices] == [True, True]
    assert await role_of(desk, karim) is Role.ADMINISTRATOR


async def test_an_administrator_may_leave_once_there_is_another(
    desk: Desk, karim: Visitor
) -> None:
    salma = await appointed(desk, "Salma", 604, Role.OFFICER)
    link = await link_from(karim)
    await karim.taps_data(f"ChangeRole:{await grant_of(desk, salma)}:administrator")
    await clerk_tells(desk)

    await karim.taps_data(f"WithdrawRole:{await grant_of(desk, karim)}")

    assert "administrat" in salma.newest.text
    assert await role_of(desk, salma) is Role.ADMINISTRATOR
    assert await role_of(desk, karim) is None
    driss = await appointed(desk, "Driss", 603, None)
    assert "a été annulée" in (await driss.sends(f"/start {link}")).text


async def test_a_role_that_was_changed_is_the_one_that_counts(desk: Desk, karim: Visitor) -> None:
    salma = await appointed(desk, "Salma", 604, Role.ADMINISTRATOR)
    await karim.sends("/staff")
    await karim.taps("Équipe")
    await karim.taps("Salma")

    await karim.taps("Changer en : Analyste")
    await clerk_tells(desk)

    assert "analyste" in salma.newest.text
    await salma.taps_data("OpenTeam:0")
    assert ["autre rôle" in one for one in salma.notices] == [True]
    assert [act for act, _ in await acts(desk)][-2:] == ["role.withdraw", "role.grant"]


async def test_an_old_button_of_the_team_page_is_answered(desk: Desk, karim: Visitor) -> None:
    for data in ("WithdrawRole:77", "OpenMember:77", "OpenInvitation:77", "IssueInvitation:ar"):
        await karim.taps_data(data)

    assert karim.notices == [
        "Cette personne n’a plus ce rôle.",
        "Cette personne n’a plus ce rôle.",
        "Cette invitation n’existe pas.",
        "Ce rôle n’existe pas.",
    ]


async def test_who_reads_the_team_is_noted(desk: Desk, karim: Visitor) -> None:
    await karim.taps_data("OpenTeam:0")

    assert await acts(desk) == [("team.read", True)]


# --- the menu of commands ----------------------------------------------------------------------


async def test_a_menu_speaks_the_language_that_was_chosen_whatever_the_app_speaks(
    desk: Desk, karim: Visitor
) -> None:
    link = await link_from(karim, "Analyste")
    salma = desk.visitor("Salma", 604, "en")
    await salma.sends(f"/start {link}")
    await karim.taps("Admettre")
    before = salma.menu["staff"]

    await salma.taps_data("SpeakLanguage:fr:0")
    french = salma.menu["staff"]
    await salma.taps_data("SpeakLanguage:ar:0")

    assert (before, french, salma.menu["staff"]) == (
        "فضاء العمل",
        "Espace de travail",
        "فضاء العمل",
    )
    assert salma.menu["export"] == "تصدير الأجوبة"
    assert list(salma.menu) == STAFF


async def test_in_the_middle_of_a_question_too_the_menu_changes_its_language(
    desk: Desk, houses: int, karim: Visitor
) -> None:
    await karim.sends("/start c_houses")
    await karim.taps("Remplir")
    await karim.taps("J’accepte")

    await karim.taps_data("SpeakLanguage:ar:0")

    assert karim.menu["staff"] == "فضاء العمل"


async def test_the_language_of_a_citizen_sets_no_menu(desk: Desk, naima: Visitor) -> None:
    await naima.taps_data("SpeakLanguage:fr:0")

    assert naima.menu == {}


async def test_another_role_and_none_change_the_menu(desk: Desk, karim: Visitor) -> None:
    naima = await appointed(desk, "Naima", 602, Role.OFFICER, "ar")
    await karim.taps_data(f"ChangeRole:{await grant_of(desk, naima)}:analyst")
    await clerk_tells(desk)
    changed = dict(naima.menu)

    await karim.taps_data(f"WithdrawRole:{await grant_of(desk, naima)}")
    await clerk_tells(desk)

    assert list(changed) == STAFF
    assert naima.menu == {}


# --- at the same moment ------------------------------------------------------------------------


async def test_two_administrators_who_withdraw_each_other_leave_one(
    desk: Desk, karim: Visitor
) -> None:
    salma = await appointed(desk, "Salma", 604, Role.ADMINISTRATOR)
    both = [
        (karim, f"WithdrawRole:{await grant_of(desk, salma)}"),
        (salma, f"WithdrawRole:{await grant_of(desk, karim)}"),
    ]

    await asyncio.gather(*(desk.feed(who.tapped(data)) for who, data in both))

    held = [await role_of(desk, karim), await role_of(desk, salma)]
    assert sorted(map(str, held)) == ["None", "administrator"]


async def test_a_code_serves_one_person_in_two_batches_at_once(
    desk: Desk, driss: Visitor, naima: Visitor
) -> None:
    code = await code_of(desk)

    await asyncio.gather(*(desk.feed(one.written(code)) for one in (driss, naima)))

    held = [await role_of(desk, driss), await role_of(desk, naima)]
    assert sorted(map(str, held)) == ["None", "administrator"]


async def test_wrong_codes_are_forgotten_after_an_hour(desk: Desk, driss: Visitor) -> None:
    await driss.sends("MUSH-7K3M-9QXT-2B4D")
    assert (await everything(desk.database))["wrong_code"]
    later = desk.now + timedelta(hours=1)

    await Timekeeper(desk.database, lambda: later, Hint(), Stop()).tidy()

    assert (await everything(desk.database))["wrong_code"] == []
