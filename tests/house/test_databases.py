"""The databases that tests are given, and the counting of what ran on which."""

import os
import pwd
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database, current_revision, newest_revision
from tests import postgres_ground
from tests.databases import NewDatabase
from tests.postgres import PostgresServer


async def test_a_test_of_rows_gets_a_migrated_database(database_url: str) -> None:
    database = Database(database_url)

    revision = await current_revision(database)

    await database.close()
    assert revision == newest_revision() is not None


async def test_an_empty_database_has_never_been_migrated(empty_database_url: str) -> None:
    database = Database(empty_database_url)

    revision = await current_revision(database)

    await database.close()
    assert revision is None


def test_a_further_database_is_another_one(new_database: NewDatabase) -> None:
    first, second = new_database(), new_database()

    assert first != second
