"""The doctor names what is wrong in one sentence, and disturbs nobody who is well."""

import asyncio
import shutil
import time
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import doctor, telegram_checks
from bot.doctor import examine
from bot.findings import Finding, State
from bot.instance import only_instance
from bot.settings import Settings
from bot.telegram import Telegram
from participation.legal import LEGAL_FIELDS
from storage.inbox import Inbox, InboxState
from storage.outbox import Outbox, OutboxState
from storage.people import Channel
from storage.profiles import Profile
from tests.doctor.conftest import TOKEN, Ward, appoint

QUICK = 0.1


async def look(settings: Settings) -> dict[str, Finding]:
    """Findings by name; no two have the same."""
    findings = await examine(settings, listening=QUICK)
    by_name = {one.name: one for one in findings}
    assert len(by_name) == len(findings)
    return by_name


def troubles(findings: dict[str, Finding]) -> dict[str, State]:
    return {name: one.state for name, one in findings.items() if one.state is not State.OK}


async def test_a_bot_that_is_well_has_no_findings_but_good_ones(ward: Ward) -> None:
    findings = await look(ward.settings)

    assert troubles(findings) == {}
    assert {"python", "time zones", "disk", "migrations", "database"} <= findings.keys()
    assert {"key file", "updates", "replies", "token", "receiver", "clock"} <= findings.keys()
    assert all(one.sentence.endswith((".", "?")) for one in findings.values())


async def test_no_finding_tells_the_token(ward: Ward) -> None:
    wrong = ward.with_settings(bot_token=SecretStr("1000001:some-other-token"))
    away = ward.with_settings(bot_api_base="http://127.0.0.1:9")

    said = [*await examine(ward.settings, listening=QUICK)]
    said += [*await examine(wrong, listening=QUICK), *await examine(away, listening=QUICK)]

    assert not any("token" in one.sentence and ":" in one.sentence for one in said)
    assert not any(TOKEN.partition(":")[2] in one.sentence for one in said)


async def test_an_absent_token_is_a_fault(ward: Ward) -> None:
    findings = await look(ward.with_settings(bot_token=SecretStr("")))

    assert troubles(findings) == {"token": State.FAULT}
    assert "BotFather" in findings["token"].sentence


@pytest.mark.parametrize(
    "token", ["1000001", "1000001:", "bot1000001:a", "<1000001:a>", "١:a", "1:a b"]
)
async def test_what_is_no_token_is_told_from_an_absent_one(ward: Ward, token: str) -> None:
    findings = await look(ward.with_settings(bot_token=SecretStr(token)))

    assert troubles(findings) == {"token": State.FAULT}
    assert "is not a token" in findings["token"].sentence


async def test_a_wrong_token_is_a_fault(ward: Ward) -> None:
    findings = await look(ward.with_settings(bot_token=SecretStr("1000001:wrong")))

    assert troubles(findings) == {"token": State.FAULT}
    assert "revoked" in findings["token"].sentence


async def test_an_unreachable_telegram_is_a_fault(ward: Ward) -> None:
    findings = await look(ward.with_settings(bot_api_base="http://127.0.0.1:9"))

    assert troubles(findings) == {"token": State.FAULT, "clock": State.WARNING}
    assert "cannot be reached at 127.0.0.1:9" in findings["token"].sentence


async def test_a_webhook_beside_polling_is_one_clear_sentence(ward: Ward) -> None:
    await ask(ward, "setWebhook", {"url": "http://127.0.0.1:9/secret-path"})

    receiver = (await look(ward.settings))["receiver"]

    assert receiver.state is State.FAULT
    assert "a webhook at 127.0.0.1:9" in receiver.sentence
    assert "409" in receiver.sentence
    assert "secret-path" not in receiver.sentence


@pytest.mark.parametrize(
    ("hook", "state", "words"),
    [
        ("", State.OK, "no webhook yet"),
        ("http://127.0.0.1:9/ours", State.OK, "posts to 127.0.0.1:9"),
        ("http://127.0.0.1:8/other", State.FAULT, "another webhook, at 127.0.0.1:8"),
    ],
)
async def test_a_webhook_of_ours_is_compared(
    hook: str, state: State, words: str, ward: Ward
) -> None:
    await ask(ward, "setWebhook", {"url": hook})

    settings = ward.with_settings(
        webhook_url="http://127.0.0.1:9/ours", webhook_secret=SecretStr("s")
    )
    receiver = (await look(settings))["receiver"]

    assert receiver.state is state
    assert words in receiver.sentence


async def test_another_poller_is_noticed_and_nothing_is_confirmed(ward: Ward) -> None:
    rival = asyncio.create_task(poll_without_end(ward))
    try:
        await asyncio.sleep(0.2)
        findings = {one.name: one for one in await examine(ward.settings, listening=3)}
    finally:
        rival.cancel()

    assert troubles(findings) == {"receiver": State.FAULT}
    assert "Another program receives this bot's updates (409)" in findings["receiver"].sentence


async def test_waiting_updates_stay_at_telegram(ward: Ward) -> None:
    amina = await ward.town.phone("Amina", "fr")
    await amina.sends("/start")

    await look(ward.settings)

    assert await ward.town.pending_updates() == 1


async def test_a_running_bot_is_left_in_peace(ward: Ward) -> None:
    async with only_instance(ward.database):
        findings = await look(ward.settings)

    assert "is running on this database" in findings["instance"].sentence
    assert "getUpdates" not in {one.method for one in await ward.town.requests()}


async def test_a_clock_that_is_wrong_is_a_fault(ward: Ward, an_hour_behind: str) -> None:
    clock = (await look(ward.with_settings(bot_api_base=an_hour_behind)))["clock"]

    assert clock.state is State.FAULT
    assert "ahead" in clock.sentence
    assert "NTP" in clock.sentence


async def test_a_moved_clock_is_said(ward: Ward) -> None:
    findings = await look(ward.with_settings(clock_offset=timedelta(days=3)))

    assert troubles(findings) == {"clock offset": State.WARNING}


async def test_a_moved_clock_towards_telegram_is_a_fault(ward: Ward) -> None:
    moved = ward.with_settings(
        clock_offset=timedelta(days=3), bot_api_base="http://telegram.invalid"
    )

    assert (await look(moved))["clock offset"].state is State.FAULT


async def test_a_database_without_schema_names_the_command(
    ward: Ward, empty_database_url: str
) -> None:
    findings = await look(ward.with_settings(database_url=empty_database_url))

    assert troubles(findings) == {"migrations": State.FAULT}
    assert "musharaka migrate" in findings["migrations"].sentence


async def test_the_doctor_makes_no_database(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "musharaka.db"
    nowhere = f"sqlite:///{path}"  # no database there

    findings = await look(ward.with_settings(database_url=nowhere))

    assert "There is no database at" in findings["migrations"].sentence
    assert not path.parent.exists()


async def test_an_unreachable_server_is_named_without_its_password(ward: Ward) -> None:
    url = "postgresql://officer:hidden-word@127.0.0.1:9/musharaka"

    findings = await look(ward.with_settings(database_url=url))

    assert troubles(findings) == {"migrations": State.FAULT}
    assert "127.0.0.1/musharaka cannot be used" in findings["migrations"].sentence
    assert "hidden-word" not in findings["migrations"].sentence


@pytest.mark.parametrize(
    "url",
    [
        "musharaka.db",
        "mysql://officer@127.0.0.1/musharaka",
        "postgresql://officer@127.0.0.1:port/musharaka",
        "postgresql://officer:secret:word@127.0.0.1:/musharaka",
        "postgresql://officer@127.0.0.1/musharaka?connect_timeout=3",
        "postgresql://officer:se@cret-word@127.0.0.1:9/musharaka",
        "postgresql://officer:se@cret#word@127.0.0.1/musharaka",
    ],
)
async def test_an_address_that_is_none_is_a_fault(ward: Ward, url: str) -> None:
    findings = await look(ward.with_settings(database_url=url))

    assert troubles(findings) == {"database": State.FAULT}
    assert "%40 for @" in findings["database"].sentence
    assert "cret" not in findings["database"].sentence


@pytest.mark.only("sqlite", reason="a damaged file is SQLite's; PostgreSQL keeps its own")
async def test_a_file_that_is_no_database_is_a_fault(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.touch(0o600)
    path.write_text("notes " * 1000)

    findings = await look(ward.with_settings(database_url=f"sqlite:///{path}"))

    assert troubles(findings) == {"migrations": State.FAULT}
    assert "DatabaseError" in findings["migrations"].sentence


@pytest.mark.only("postgresql", reason="a standby is PostgreSQL's; root writes any SQLite file")
async def test_a_database_that_takes_no_writes_is_a_fault(ward: Ward) -> None:
    name = ward.database.url.database
    async with ward.database.unit_of_work() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
        )

    findings = await look(ward.settings)

    assert troubles(findings) == {"database": State.FAULT}
    assert "takes no writes" in findings["database"].sentence


async def test_a_missing_key_file_says_what_to_restore(ward: Ward) -> None:
    ward.settings.key_file.unlink()

    key_file = (await look(ward.settings))["key file"]

    assert key_file.state is State.FAULT
    assert "Restore it" in key_file.sentence


async def test_a_key_file_that_others_may_read_is_a_warning(ward: Ward) -> None:
    ward.settings.key_file.chmod(0o644)

    key_file = (await look(ward.settings))["key file"]

    assert key_file.state is State.WARNING
    assert "chmod 600" in key_file.sentence


async def test_parked_updates_and_failed_replies_are_counted(ward: Ward) -> None:
    now = datetime.now(UTC)
    async with ward.database.unit_of_work() as session:
        session.add(
            Inbox(
                bot_id=1000001,
                update_id=7,
                channel=Channel.TELEGRAM,
                kind="message",
                state=InboxState.PARKED,
                received_at=now,
            )
        )
        for state in (OutboxState.FAILED, OutboxState.UNCERTAIN):
            session.add(Outbox(partition=0, method="sendMessage", state=state, created_at=now))

    findings = await look(ward.settings)

    assert troubles(findings) == {"updates": State.WARNING, "replies": State.WARNING}
    assert "1 updates are parked" in findings["updates"].sentence
    assert "1 replies were refused by Telegram and 1 may not" in findings["replies"].sentence


async def test_a_full_disk_is_said_before_it_is_full(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**10, 10**10, 4 * 10**8))

    findings = await look(ward.settings)

    assert troubles(findings) == {"disk": State.WARNING}
    assert "0.4 GB are free" in findings["disk"].sentence


def test_a_misspelt_setting_is_named() -> None:
    Path(".env").write_text("# ours\nLOG_LEVEL=INFO\nexport DATABASE_ULR=x\nQUITE_OTHER=1\n")

    said = [one.sentence for one in doctor._unknown_settings()]

    assert said == [
        "DATABASE_ULR in .env is not a setting of ours. Did you mean DATABASE_URL?",
        "QUITE_OTHER in .env is not a setting of ours. Take it out, or see .env.example.",
    ]


@pytest.mark.only("sqlite", reason="only SQLite has the file")
async def test_a_write_ahead_log_that_grew_is_a_warning(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "LARGEST_LOG", 1)
    await appoint(ward.database, 71)

    findings = await look(ward.settings)

    assert troubles(findings) == {"write-ahead log": State.WARNING}


def test_the_doctor_and_telegram_agree_on_what_a_recent_error_is() -> None:
    now = int(time.time())
    hook = {"url": "https://x.invalid/a", "last_error_date": now, "last_error_message": "refused"}

    recent = telegram_checks._webhook("https://x.invalid/a", hook, running=True)
    old = telegram_checks._webhook(
        "https://x.invalid/a", hook | {"last_error_date": now - 3600}, running=True
    )

    assert (recent.state, old.state) == (State.WARNING, State.OK)
    assert "refused" in recent.sentence


async def ask(ward: Ward, method: str, params: dict[str, object]) -> None:
    telegram = Telegram(ward.town.base_url, TOKEN)
    answer = await telegram.call(method, params)
    await telegram.close()
    assert answer.ok


async def poll_without_end(ward: Ward) -> None:
    """As another bot does: when its poll is ended by ours, it asks again."""
    telegram = Telegram(ward.town.base_url, TOKEN)
    try:
        while True:
            await telegram.call("getUpdates", {"timeout": 20})
            await asyncio.sleep(0.3)
    finally:
        await telegram.close()


async def test_every_legal_field_that_the_commune_has_not_supplied_is_named(ward: Ward) -> None:
    assert (await look(ward.settings))["legal"].state is State.OK
    async with ward.database.unit_of_work() as session:
        row = await session.get_one(Profile, 1)
        row.document = {**row.document, "personal_data": {}}

    found = (await look(ward.settings))["legal"]

    assert found.state is State.WARNING
    for key in (*LEGAL_FIELDS, "confirmed"):
        assert key in found.sentence
