"""The bot does not start on what would lose answers; the sentence says what to do."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from alembic.util import CommandError
from sqlalchemy import make_url, text, update

from bot.backups import back_up, new_key
from bot.commands import exports, running
from bot.commands.shell import settings_now
from bot.opening import close_consultation, list_consultations, open_consultation
from bot.readiness import NotReady, check_before_start
from bot.refusals import sentence_for
from bot.restores import bring_back
from bot.staffing import invite
from participation.known import PLACE
from storage.consultations import Consultation, ConsultationState
from storage.database import Database
from storage.dialogues import Dialogue
from storage.keys import Keyring
from storage.people import Channel, Person
from storage.schema import migrate
from tests.doctor.conftest import Ward
from tests.house.project import ROOT

EXAMPLES = ROOT / "examples"


async def test_a_bot_that_is_well_may_start(ward: Ward) -> None:
    await check_before_start(ward.settings, ward.database)


async def test_an_empty_database_names_the_command(ward: Ward, empty_database_url: str) -> None:
    database = Database(empty_database_url)

    with pytest.raises(NotReady, match="Run `musharaka migrate`"):
        await check_before_start(ward.settings, database)

    await database.close()


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [("from_the_future", "a newer release wrote it"), (None, "Run `musharaka migrate`")],
)
async def test_another_release_s_schema_is_refused(
    revision: str | None, sentence: str, ward: Ward
) -> None:
    async with ward.database.unit_of_work() as session:
        await session.execute(text("DELETE FROM alembic_version"))
        if revision:
            await session.execute(
                text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision}
            )

    with pytest.raises(NotReady, match=sentence):
        await check_before_start(ward.settings, ward.database)


async def test_commands_on_an_older_schema_name_the_command(
    ward: Ward, empty_database_url: str, tmp_path: Path
) -> None:
    await migrate(empty_database_url, "0001")
    settings = ward.settings.model_copy(update={"database_url": empty_database_url})
    export = {"format": "csv", "separator": "-", "labels": None, "identified": False}
    commands: list[Callable[[], Awaitable[object]]] = [
        lambda: list_consultations(settings),
        lambda: exports._export(settings, "houses", tmp_path / "x.csv", **export),
        lambda: running._load(settings, EXAMPLES / "taroudant"),
    ]

    said = [await _refusal(command) for command in commands]

    assert ["run `musharaka migrate`" in sentence for sentence in said] == [True] * len(commands)
    assert not (tmp_path / "x.csv").exists()


async def test_commands_that_write_leave_a_newer_schema_alone(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'future'"))
    commands: list[Callable[[], Awaitable[object]]] = [
        lambda: running._load(ward.settings, EXAMPLES / "taroudant"),
        lambda: invite(ward.settings, "officer"),
        lambda: open_consultation(ward.settings, "gardens"),
        lambda: close_consultation(ward.settings, "gardens", "rain"),
    ]

    said = [await _refusal(command) for command in commands]

    assert ["a newer release wrote it" in sentence for sentence in said] == [True] * len(commands)


@pytest.mark.parametrize("address", ["nonsense", "mysql://me:secret@server/town"])
async def test_an_address_that_is_none_is_one_sentence_for_every_command(
    ward: Ward, address: str
) -> None:
    settings = ward.with_settings(database_url=address)
    commands: list[Callable[[], Awaitable[object]]] = [
        lambda: migrate(address),
        lambda: running._load(settings, EXAMPLES / "taroudant"),
        lambda: invite(settings, "officer"),
    ]

    said = [await _refusal(command) for command in commands]

    assert ["is not an address" in sentence for sentence in said] == [True] * len(commands)
    assert "secret" not in "".join(said)


@pytest.mark.only("sqlite", reason="PostgreSQL keeps its own files")
async def test_a_file_that_is_no_database_is_one_sentence_for_every_command(
    ward: Ward, tmp_path: Path
) -> None:
    path, key = tmp_path / "notes.db", tmp_path / "backup-key"
    path.write_text("notes " * 1000)
    new_key(key)
    public = key.with_name("backup-key.pub")
    (tmp_path / "away").mkdir()
    await back_up(ward.settings, tmp_path / "away" / "one", public, None)
    settings = ward.with_settings(database_url=f"sqlite:///{path}")
    commands: list[Callable[[], Awaitable[object]]] = [
        lambda: migrate(settings.database_url),
        lambda: bring_back(settings, tmp_path / "away" / "one", key, replace=True),
    ]

    said = [await _refusal(command) for command in commands]

    assert ["is no database, or is damaged" in sentence for sentence in said] == [True, True]
    assert path.read_text() == "notes " * 1000


@pytest.mark.only("postgresql", reason="SQLite knows no accounts")
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"database": "nowhere"}, "no database of that name on the server. Make it (`createdb`)"),
        ({"username": "stranger"}, "does not take the user and password of DATABASE_URL"),
    ],
)
async def test_what_the_server_refuses_is_said_with_what_to_do(
    ward: Ward, other: dict[str, Any], sentence: str
) -> None:
    url = ward.database.url.set(**other).render_as_string(hide_password=False)
    settings = ward.with_settings(database_url=url)

    assert sentence in await _refusal(lambda: migrate(url))
    assert sentence in await _refusal(lambda: running._load(settings, EXAMPLES / "taroudant"))


@pytest.mark.only("postgresql", reason="SQLite knows no accounts")
async def test_who_may_make_no_tables_is_told_how_to(ward: Ward, empty_database_url: str) -> None:
    url = make_url(empty_database_url).set(username="guest")
    async with ward.database.engine.begin() as connection:
        await connection.exec_driver_sql("CREATE ROLE guest LOGIN")

    try:
        said = await _refusal(lambda: migrate(url))
    finally:
        async with ward.database.engine.begin() as connection:
            await connection.exec_driver_sql("DROP ROLE guest")

    assert "may not make tables" in said


@pytest.mark.only("sqlite", reason="PostgreSQL has its own folders")
async def test_a_folder_that_is_not_there_is_named(ward: Ward, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nowhere/musharaka.db"

    said = await _refusal(lambda: migrate(url))

    assert f"{tmp_path}/nowhere/musharaka.db cannot be made" in said
    assert "Make the folder" in said


async def test_a_file_of_another_account_is_named(ward: Ward) -> None:
    said = sentence_for(PermissionError(13, "Permission denied", "musharaka.db.lock"))

    assert said is not None
    assert "musharaka.db.lock belongs to another account" in said


@pytest.mark.parametrize("name", ["BOT_API_BASE", "WEBHOOK_URL"])
@pytest.mark.parametrize(
    "address",
    ["town.ma/u", "ftp://town.ma", "https:///u", "https://town.ma:99999/u", "https://[::1/u"],
)
def test_an_address_of_a_server_that_is_none_is_one_sentence(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "word")
    monkeypatch.setenv(name, address)

    with pytest.raises(typer.Exit):
        settings_now()

    said = capsys.readouterr().err
    assert f"{name}: it is not an address; write it like https://name" in said


def test_settings_that_cannot_be_read_are_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path(".env").write_bytes("BOT_TOKEN=1:secret\nKEY_FILE=clés\n".encode("latin-1"))

    with pytest.raises(typer.Exit):
        settings_now()

    assert ".env cannot be read (UnicodeDecodeError)" in (said := capsys.readouterr().err)
    assert "secret" not in said


async def _refusal(command: Callable[[], Awaitable[object]]) -> str:
    try:
        return str(await command())
    except Exception as error:
        return sentence_for(error) or repr(error)


async def test_a_missing_key_file_keeps_the_bot_from_starting(ward: Ward) -> None:
    ward.settings.key_file.unlink()

    with pytest.raises(NotReady, match="is missing while 1 consultations are not sealed"):
        await check_before_start(ward.settings, ward.database)


async def test_a_new_database_needs_no_key_file_yet(ward: Ward, new_database: object) -> None:
    assert callable(new_database)
    database = Database(new_database())
    ward.settings.key_file.unlink()

    await check_before_start(ward.settings, database)

    assert not ward.settings.key_file.exists()
    await database.close()


async def test_an_older_key_file_is_recognised(ward: Ward) -> None:
    ward.settings.key_file.unlink()
    Keyring.create(ward.settings.key_file)

    with pytest.raises(NotReady, match="has no key for gardens"):
        await check_before_start(ward.settings, ward.database)


async def test_a_key_file_of_another_database_is_recognised(ward: Ward) -> None:
    place = ward.keyring.seal(b"[null, null]", PLACE)
    async with ward.database.unit_of_work() as session:
        person = Person(channel=Channel.TELEGRAM, channel_id=7, language="fr")
        session.add(person)
        await session.flush()
        session.add(Dialogue(person_id=person.id, place=place))
    ward.settings.key_file.unlink()
    Keyring.create(ward.settings.key_file)

    with pytest.raises(NotReady, match="is not the one of this database"):
        await check_before_start(ward.settings, ward.database)


async def test_a_key_file_that_is_none_is_refused(ward: Ward) -> None:
    ward.settings.key_file.write_text("{}")

    with pytest.raises(NotReady, match="cannot be read, or is not one"):
        await check_before_start(ward.settings, ward.database)


@pytest.mark.parametrize("state", [ConsultationState.SEALED, ConsultationState.PUBLISHED])
async def test_what_is_sealed_or_due_to_be_needs_no_key(
    state: ConsultationState, ward: Ward
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    async with ward.database.unit_of_work() as session:
        await session.execute(update(Consultation).values(state=state, seal_at=past))
    ward.settings.key_file.unlink()
    Keyring.create(ward.settings.key_file)

    await check_before_start(ward.settings, ward.database)


async def test_a_moved_clock_is_for_the_simulator(ward: Ward) -> None:
    moved = ward.with_settings(
        clock_offset=timedelta(days=1), bot_api_base="https://telegram.invalid"
    )

    with pytest.raises(NotReady, match="CLOCK_OFFSET"):
        await check_before_start(moved, ward.database)


async def test_migrating_a_newer_schema_is_one_sentence(ward: Ward) -> None:
    async with ward.database.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'future'"))

    with pytest.raises(CommandError) as refused:
        await migrate(ward.settings.database_url)

    assert "a newer release wrote it" in (sentence_for(refused.value) or "")
