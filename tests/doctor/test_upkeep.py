"""Faults around the bot and in its rows, each provoked, each with what to do."""

import ast
import os
import re
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, text

from bot import surroundings
from bot.backups import new_key
from bot.findings import State
from storage.alarms import AlarmKind, see
from storage.people import RoleGrant
from storage.running import BACKUP_MADE, Job, JobState, remember
from tests.doctor.conftest import Ward, appoint, free_port
from tests.doctor.test_doctor import look, troubles
from tests.house.project import ROOT

PAGE = ROOT / "docs" / "operators" / "doctor.md"
TELEGRAM = "https://telegram.invalid"


async def test_a_settings_file_that_others_may_read_is_a_warning(ward: Ward) -> None:
    write_readable(Path(".env"))

    findings = await look(ward.settings)

    assert troubles(findings) == {"settings file": State.WARNING}
    assert "chmod 600 .env" in findings["settings file"].sentence


@pytest.mark.only("sqlite", reason="PostgreSQL keeps its own files")
@pytest.mark.parametrize("beside", ["", "-wal"])
async def test_a_database_file_that_others_may_read_is_a_warning(ward: Ward, beside: str) -> None:
    path = ward.database.path
    assert path is not None
    await appoint(ward.database, 71)
    path.with_name(path.name + beside).chmod(0o640)

    findings = await look(ward.settings)

    assert troubles(findings) == {"database file": State.WARNING}
    assert f"chmod 600 {path}*" in findings["database file"].sentence


def write_readable(file: Path) -> None:
    file.touch()
    file.chmod(0o644)


@pytest.mark.only("sqlite", reason="PostgreSQL chooses its own file system")
async def test_a_database_on_a_network_disk_is_a_fault(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)

    findings = await look(ward.settings)

    assert troubles(findings) == {"file system": State.FAULT}
    assert "network file system (nfs4)" in findings["file system"].sentence


def test_a_file_that_cannot_be_rewritten_is_a_warning(ward: Ward, tmp_path: Path) -> None:
    large = tmp_path / "large.db"
    large.touch()
    os.truncate(large, shutil.disk_usage(tmp_path).free)
    settings = ward.with_settings(database_url=f"sqlite:///{large}")  # no database there

    (finding,) = surroundings._file_system(settings)

    assert finding.state is State.WARNING
    assert "needs twice its size" in finding.sentence


@pytest.mark.parametrize(
    ("url", "secret", "base", "words"),
    [
        ("http://bot.example/u", "s", TELEGRAM, "must begin with https"),
        ("https://bot.example:8000/u", "s", TELEGRAM, "only to the ports 80, 88, 443, 8443"),
        ("https://bot.example/u", "a b", TELEGRAM, "a sign that Telegram refuses"),
        ("https://bot.example/u", "x" * 257, TELEGRAM, "a sign that Telegram refuses"),
    ],
)
def test_a_webhook_that_telegram_would_refuse_is_a_fault(
    url: str, secret: str, base: str, words: str, ward: Ward
) -> None:
    settings = ward.with_settings(
        webhook_url=url, webhook_secret=SecretStr(secret), bot_api_base=base
    )

    webhook = {one.name: one for one in surroundings.look_around(settings, running=False)}

    assert webhook["webhook"].state is State.FAULT
    assert words in webhook["webhook"].sentence


async def test_a_port_in_use_is_a_fault(ward: Ward) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port := free_port()))
        other.listen()
        settings = ward.with_settings(
            webhook_url="http://127.0.0.1:9/u", webhook_secret=SecretStr("s"), webhook_port=port
        )
        findings = await look(settings)

    assert troubles(findings) == {"webhook": State.FAULT}
    assert f"cannot listen on 127.0.0.1:{port}" in findings["webhook"].sentence


async def test_jobs_that_were_given_up_are_a_warning(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        now, failed = datetime.now(UTC), JobState.FAILED
        session.add(Job(kind="seal", payload={}, due_at=now, state=failed, attempts=5))

    findings = await look(ward.settings)

    assert troubles(findings) == {"jobs": State.WARNING}
    assert "1 jobs were given up" in findings["jobs"].sentence


async def test_an_alarm_that_stands_is_a_warning(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        await see(session, AlarmKind.CLOCK, datetime.now(UTC), {"seconds": 90})

    findings = await look(ward.settings)

    assert troubles(findings) == {"alarms": State.WARNING}
    assert "it lasts: clock" in findings["alarms"].sentence


async def test_a_backup_that_is_late_is_a_warning(ward: Ward, public: Path) -> None:
    settings = ward.with_settings(backup_days=2, backup_key=public)
    never = await look(settings)
    async with ward.database.unit_of_work() as session:
        await remember(session, BACKUP_MADE, datetime.now(UTC) - timedelta(days=3))
    old = await look(settings)
    async with ward.database.unit_of_work() as session:
        await remember(session, BACKUP_MADE, datetime.now(UTC))
    fresh = await look(settings)

    assert troubles(never) == troubles(old) == {"backup": State.WARNING}
    assert "No backup was made yet. Run `musharaka backup`" in never["backup"].sentence
    assert "musharaka backup" in old["backup"].sentence
    assert troubles(fresh) == {}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """The public half of a backup key; the private one was taken away."""
    new_key(tmp_path / "backup-key")
    (tmp_path / "backup-key").unlink()
    return tmp_path / "backup-key.pub"


async def test_a_backup_key_that_is_missing_is_a_warning(ward: Ward, public: Path) -> None:
    lost = public.with_name("lost.pub")

    findings = await look(ward.with_settings(backup_days=2, backup_key=lost))

    assert troubles(findings) == {"backup": State.WARNING}
    assert "cannot be made. There is no backup key at" in findings["backup"].sentence


@pytest.mark.parametrize("named", ["backup-key", "backup-key.pub"])
async def test_a_private_backup_key_on_the_machine_is_a_fault(
    ward: Ward, tmp_path: Path, named: str
) -> None:
    new_key(tmp_path / "backup-key")

    findings = await look(ward.with_settings(backup_key=tmp_path / named))

    assert troubles(findings) == {"backup": State.FAULT}
    assert f"{tmp_path / 'backup-key'} is the private half" in findings["backup"].sentence
    assert "Take it away" in findings["backup"].sentence


async def test_a_house_without_administrator_says_how_to_get_one(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        await session.execute(delete(RoleGrant))

    findings = await look(ward.settings)

    assert troubles(findings) == {"administrators": State.WARNING}
    assert "start-up code" in findings["administrators"].sentence


async def test_a_newer_schema_says_which_release_to_install(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'future'"))

    findings = await look(ward.settings)

    assert troubles(findings) == {"migrations": State.FAULT}
    assert "a newer release wrote it" in findings["migrations"].sentence


async def test_the_page_names_every_line_and_every_fault_that_is_provoked(ward: Ward) -> None:
    lines, faults = tables_of(PAGE.read_text())
    tests = {
        node.name
        for file in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    findings = await look(ward.with_settings(webhook_url="http://127.0.0.1:9/u"))

    assert findings.keys() <= lines
    assert len(faults) >= 15
    assert {line for line, _ in faults} <= lines
    assert {test for _, test in faults} <= tests


def tables_of(page: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The lines of the first table, and line and test of each fault of the second."""
    first, second = page.split("## Faults that we provoke")
    named = re.findall(r"^\| (`.*?) \|", first, re.MULTILINE)
    lines = {line for one in named for line in re.findall("`(.*?)`", one)}
    faults = re.findall(r"^\| .*? \| `(.*?)` \| .*? \| `(test_\w+)` \|$", second, re.MULTILINE)
    return lines, faults
