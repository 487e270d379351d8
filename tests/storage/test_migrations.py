"""The migrations lead to the models, upwards and back."""

import os
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Integer, MetaData, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import models
from storage.base import Base
from storage.database import Database
from storage.revisions import current_revision, known_revisions, newest_revision
from storage.schema import alembic_config, migrate
from tests.databases import sqlite_url

assert models.__name__


def differences(connection: Connection, metadata: MetaData) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_a_new_database_is_brought_to_the_newest_revision(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    before = await current_revision(database)

    await migrate(empty_database_url)
    await migrate(empty_database_url)

    assert before is None
    assert await current_revision(database) == newest_revision()
    await database.close()


def test_the_revisions_are_those_that_the_migrations_know() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    chain = [script.revision for script in scripts.walk_revisions()]

    assert len(chain) > 1
    assert known_revisions() == chain[::-1]
    assert newest_revision() == scripts.get_current_head()


async def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    before = os.umask(0o022)
    try:
        await migrate(sqlite_url(path))
        database = Database(sqlite_url(path))
        async with database.unit_of_work() as session:
            await session.execute(text("DELETE FROM person"))
            modes = _modes(tmp_path)
        await database.close()
    finally:
        os.umask(before)

    assert len(modes) > 1
    assert set(modes) == {0o600}


def _modes(folder: Path) -> list[int]:
    """Who may do what with a database's file, its log and its index."""
    return [one.stat().st_mode & 0o777 for one in folder.glob("town.db*")]


async def test_the_migrated_schema_is_that_of_the_models(database_url: str) -> None:
    planted = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(planted)
    Table("planted", planted, Column("id", Integer, primary_key=True))
    database = Database(database_url)

    async with database.engine.connect() as connection:
        with_planted = await connection.run_sync(differences, planted)
        found = await connection.run_sync(differences, Base.metadata)

    assert len(with_planted) == 1
    assert found == []
    assert len(Base.metadata.tables) > 15
    await database.close()


async def test_a_database_goes_back_to_nothing(database_url: str) -> None:
    database = Database(database_url)

    def downgrade(connection: Connection) -> list[str]:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return inspect(connection).get_table_names()

    async with database.engine.begin() as connection:
        left = await connection.run_sync(downgrade)

    assert left == ["alembic_version"]
    await database.close()


async def test_an_upgrade_keeps_what_an_earlier_release_wrote(empty_database_url: str) -> None:
    await migrate(empty_database_url, "0001")
    await _written_by_the_first_release(empty_database_url)
    before = await _rows(empty_database_url, "0001")

    await migrate(empty_database_url)
    upgraded = await _rows(empty_database_url, "0001")
    await migrate(empty_database_url, "0001")

    assert {table: len(rows) for table, rows in before.items() if rows} == {
        **dict.fromkeys(("consent", "consultation", "document", "form", "form_version"), 1),
        **dict.fromkeys(("outbox", "person", "role_grant", "submission"), 1),
    }
    assert upgraded == before
    assert await _rows(empty_database_url, "0001") == before


async def test_after_an_upgrade_the_promises_are_kept_still(empty_database_url: str) -> None:
    await migrate(empty_database_url, "0001")
    await _written_by_the_first_release(empty_database_url)
    await migrate(empty_database_url)
    broken = (
        "UPDATE consultation SET mode = 'secret'",
        "UPDATE consultation SET state = 'lost'",
        "UPDATE consultation SET closes_at = opens_at",
        "UPDATE consultation SET created_by = 99",
        "DELETE FROM consultation",
        "INSERT INTO consultation SELECT * FROM consultation",
        "UPDATE form_version SET version = '2'",
        "UPDATE submission SET person_id = 99",
    )

    refused = [await _refuses(empty_database_url, statement) for statement in broken]

    assert refused == [True] * len(broken)
    assert not await _refuses(
        empty_database_url, "UPDATE consultation SET mode = 'identified', created_by = 5"
    )


async def test_sqlite_keeps_submissions_in_the_order_of_their_keys(database_url: str) -> None:
    database = Database(database_url)
    async with database.engine.connect() as connection:
        if database.is_sqlite:
            made = await connection.scalar(
                text("SELECT sql FROM sqlite_master WHERE name = 'submission'")
            )
            assert "WITHOUT ROWID" in str(made)
        else:
            kind = await connection.scalar(
                text(
                    "SELECT data_type FROM information_schema.columns "
                    "WHERE table_name = 'submission' AND column_name = 'id'"
                )
            )
            assert kind == "uuid"
    await database.close()


FIRST_RELEASE = (
    "INSERT INTO person (id, channel, channel_id, subscribed) VALUES (5, 'telegram', 501, true)",
    "INSERT INTO role_grant (id, person_id, role, granted_at) VALUES (1, 5, 'officer', '{now}')",
    "INSERT INTO form (id, form_id) VALUES (1, 'houses')",
    "INSERT INTO form_version (id, form_id, version, workbook, workbook_hash, compiled, "
    "published_at) VALUES (1, 1, '1', {bytes}, 'hash', '{{}}', '{now}')",
    "INSERT INTO consultation (id, slug, title, stake, mode, state, form_version_id, key_id, "
    "opens_on, closes_on, opens_at, closes_at, seal_at) VALUES (1, 'houses', '{{}}', '{{}}', "
    "'anonymous', 'published', 1, 'key', '2026-11-01', '2026-11-20', '{now}', '{later}', "
    "'{later}')",
    "INSERT INTO document (id, consultation_id, slug, position, title, file_name, media_type, "
    "size, sha256, content) VALUES (1, 1, 'note', 1, '{{}}', 'n.pdf', 'application/pdf', 1, "
    "'hash', {bytes})",
    "INSERT INTO consent (person_id, purpose, subject_id, text_version, language) VALUES "
    "(5, 'consultation', 1, 2, 'fr')",
    "INSERT INTO submission (id, consultation_id, form_version_id, respondent_key, seat, state, "
    "language, answers) VALUES ('{uuid}', 1, 1, {bytes}, 0, 'submitted', 'fr', '{{}}')",
    "INSERT INTO outbox (partition, method, state, created_at) VALUES "
    "(0, 'sendMessage', 'waiting', '{now}')",
)


async def _written_by_the_first_release(url: str) -> None:
    database = Database(url)
    words = {
        "now": "2026-11-01 10:00:00" + ("" if database.is_sqlite else "+00"),
        "later": "2026-11-21 00:00:00" + ("" if database.is_sqlite else "+00"),
        "bytes": "x'00'" if database.is_sqlite else "'\\x00'",
        "uuid": "0123456789abcdef0123456789abcdef",
    }
    async with database.engine.begin() as connection:
        for statement in FIRST_RELEASE:
            await connection.exec_driver_sql(statement.format(**words))
    await database.close()


async def _rows(url: str, revision: str) -> dict[str, list[dict[str, object]]]:
    """Every row, in the columns that a revision knew."""
    reference = Database(url)

    def read(connection: Connection) -> dict[str, list[dict[str, object]]]:
        found = {}
        for table in inspect(connection).get_table_names():
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().all()  # noqa: S608
            found[table] = [
                {name: value for name, value in row.items() if name in KNOWN_TO[revision][table]}
                for row in rows
                if table in KNOWN_TO[revision]
            ]
        return {table: rows for table, rows in found.items() if table in KNOWN_TO[revision]}

    async with reference.engine.connect() as connection:
        if not KNOWN_TO.get(revision):
            KNOWN_TO[revision] = await connection.run_sync(_columns)
        rows = await connection.run_sync(read)
    await reference.close()
    return rows


KNOWN_TO: dict[str, dict[str, set[str]]] = {}
"""The columns of each table, by revision, read when a database was at it."""


def _columns(connection: Connection) -> dict[str, set[str]]:
    looking = inspect(connection)
    return {
        table: {column["name"] for column in looking.get_columns(table)}
        for table in looking.get_table_names()
        if table != "alembic_version"
    }


async def _refuses(url: str, statement: str) -> bool:
    database = Database(url)
    try:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql(statement)
    except DBAPIError:
        return True
    finally:
        await database.close()
    return False
