"""The migrations lead to the models, upwards and back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Integer, MetaData, Table, inspect, text

from storage import models
from storage.base import Base
from storage.database import Database, alembic_config, current_revision, migrate, newest_revision

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
