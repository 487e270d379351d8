"""A team comes together: the start-up code, an invitation, work, and its end."""

import re
import signal
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.staffing import start_up_sentence
from participation.clock import system_clock
from simulator.phone import Phone
from simulator.town import Town
from storage.audit import AuditEntry
from storage.database import Database
from tests.conversations.commune import Commune
from tests.processes.fixtures import Musharaka
from tests.processes.started import Started

CODE = re.compile(r"MUSH(-[0-9A-Z]{4}){3}")
LINK = re.compile(r"https://t\.me/\w+\?start=(s_[\w-]{22})")
STAFF = ["staff", "export", "start", "consultations", "language", "help"]
CITIZENS = STAFF[2:]


async def start_up_code(commune: Commune) -> str:
    database = Database(commune.database_url)
    try:
        sentence = await start_up_sentence(database, system_clock(timedelta(0)))
    finally:
        await database.close()
    found = CODE.search(sentence or "")
    assert found is not None
    return found[0]


async def taps(person: Phone, *labels: str) -> None:
    """Tap one after the other, each on the newest message that has it."""
    for label in labels:
        await person.taps(await person.waits_for(button=label, after=0), label)


async def link_from(karim: Phone, role: str) -> str:
    await taps(karim, "Espace de travail", "Équipe", "Inviter quelqu’un", role)
    issued = await karim.waits_for("https://t.me/", after=0)
    found = LINK.search(issued.text)
    assert found is not None
    return found[1]


async def commands(person: Phone) -> list[str]:
    return [one["command"] for one in (await person.menu())["commands"]]


async def acts(commune: Commune) -> list[str]:
    async def ask(session: AsyncSession) -> list[str]:
        return list(await session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))

    return [act for act in await commune.read(ask) if not act.endswith(".read")]


async def test_a_team_comes_together_and_somebody_leaves_it(commune: Commune, town: Town) -> None:
    karim = await town.phone("Karim", "fr")
    naima = await town.phone("Naima", "ar")
    already = len(await acts(commune))

    await karim.sends((await start_up_code(commune)).lower())
    await karim.waits_for("administrateur")
    link = await link_from(karim, "Agent(e) chargé(e)")
    await naima.opens_link(link)
    await naima.waits_for("تمت إحالة طلبكم")
    knock = await karim.waits_for("Naima", button="Admettre", after=0)
    await karim.taps(knock, "Admettre")

    welcome = await naima.waits_for("موظف(ة) مكلف(ة)", after=0)
    await commune.settled()
    assert await commands(naima) == STAFF
    await naima.taps(welcome, "فضاء العمل")
    await taps(naima, "كل التشاورات")
    work = await naima.waits_for("والمسودات أولا", after=0)
    await naima.taps(work, work.button_texts[0])
    page = await naima.waits_for(button="كل التشاورات")

    await taps(karim, "Équipe", "Naima", "Retirer le rôle")
    await karim.taps(await karim.waits_for("immédiat", after=0), "Retirer le rôle")
    told = await naima.waits_for("تم سحب صفتكم", after=0)
    await commune.settled()
    before = await naima.chat()
    await naima.taps(page, page.button_texts[-1])

    assert "صفة أخرى" in await naima.waits_for_notice()
    assert [one.text for one in await naima.chat()] == [one.text for one in before]
    assert told.button_texts == ["القائمة الرئيسية"]
    assert await commands(naima) == CITIZENS
    assert await commands(karim) == STAFF
    assert (await acts(commune))[already:] == [
        *("invitation.issue", "role.grant"),
        *("invitation.issue", "invitation.knock", "role.grant", "role.withdraw"),
    ]
    assert not await commune.parked()


async def test_a_link_outlives_a_restart_and_is_refused_when_forwarded(
    commune: Commune, town: Town
) -> None:
    karim, naima = await town.phone("Karim", "fr"), await town.phone("Naima", "ar")
    driss = await town.phone("Driss", "fr")
    await karim.sends(await start_up_code(commune))
    link = await link_from(karim, "Analyste")

    await commune.restart()
    await naima.opens_link(link)
    await naima.waits_for("تمت إحالة طلبكم")
    await driss.opens_link(link)
    await driss.waits_for("Une autre personne a déjà utilisé ce lien")

    await karim.taps(await karim.waits_for(button="Refuser", after=0), "Refuser")
    await naima.waits_for("لم يقبل", after=0)
    assert await commands(naima) == CITIZENS


async def test_the_one_who_left_telegram_keeps_nobody_from_deciding(
    commune: Commune, town: Town
) -> None:
    karim, naima = await town.phone("Karim", "fr"), await town.phone("Naima", "ar")
    await karim.sends(await start_up_code(commune))
    link = await link_from(karim, "Analyste")
    await naima.opens_link(link)
    knock = await karim.waits_for(button="Admettre", after=0)

    await naima.leaves_telegram()
    await karim.taps(knock, "Admettre")

    await karim.waits_for("fait maintenant partie de l’équipe")
    await commune.settled()
    await karim.sends("/staff")
    await karim.waits_for("administrateur")


async def test_a_bot_that_begins_while_telegram_is_away_learns_its_name_later(
    commune: Commune, town: Town
) -> None:
    karim = await town.phone("Karim", "fr")
    await karim.sends(await start_up_code(commune))
    await karim.waits_for("administrateur")
    await town.fault("error", "getMe", status=502)
    await commune.restart()
    await taps(karim, "Espace de travail", "Équipe", "Inviter quelqu’un", "Analyste")
    assert "Aucun lien" in await karim.waits_for_notice()
    choice = await karim.waits_for(button="Analyste", after=0)

    await town.clear_faults()

    async def a_link_is_made() -> bool:
        await karim.taps(choice, "Analyste")
        await commune.settled()
        return any("https://t.me/" in one.text for one in await karim.chat())

    await commune.until(a_link_is_made, seconds=30)


# --- as a process ------------------------------------------------------------------------------


async def run_until_it_runs(musharaka: Musharaka, env: Mapping[str, str]) -> Started:
    """Start the bot, stop it once it runs."""
    bot = musharaka("run", env=env)
    await bot.says("event='running'")
    bot.send(signal.SIGTERM)
    await bot.ends()
    return bot


async def test_the_code_is_printed_once_and_never_logged(
    apart: dict[str, str], musharaka: Musharaka
) -> None:
    first = await run_until_it_runs(musharaka, apart)
    second = await run_until_it_runs(musharaka, apart)

    assert len(CODE.findall(first.out)) == 1
    assert first.out.count("\n") == 1
    assert "MUSH-" not in first.err
    assert second.out == ""


async def test_an_operator_makes_a_link_and_reads_the_audit(
    apart: dict[str, str], commune: Commune, town: Town, musharaka: Musharaka
) -> None:
    naima = await town.phone("Naima", "ar")

    invited = musharaka("invite", "officer", env=apart)
    code = await invited.ends()
    found = LINK.search(invited.printed)
    assert found is not None
    await naima.opens_link(found[1])
    await naima.waits_for("موظف(ة) مكلف(ة)")
    audit = musharaka("audit", env=apart)
    code_of_audit = await audit.ends()

    assert (code, code_of_audit) == (0, 0)
    issued, granted, holds = audit.printed.splitlines()[-3:]
    assert "invitation.issue" in issued
    assert "operator role=officer" in issued
    assert re.search(r"role\.grant person:\d+ person:\d+ ", granted)
    assert "chain" in holds
    assert found[1] not in audit.printed


async def test_a_link_for_no_role_is_one_sentence(
    apart: dict[str, str], musharaka: Musharaka
) -> None:
    invited = musharaka("invite", "mayor", env=apart)

    assert await invited.ends() == 1
    assert invited.printed == (
        "There is no such role. The roles are: administrator, officer, analyst.\n"
    )
