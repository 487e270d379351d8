"""Words with somebody's number in them: once the batch is committed, nothing holds them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keys import Keyring
from tests.privacy.copies import as_it_lies, files_of, opened
from tests.privacy.town import PrivateTown, residents

CNIE = "JC482913"
PHONE = "0655443322"
WORDS = f"Ma carte est {CNIE}, mon téléphone le {PHONE}"


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[PrivateTown]:
    database = Database(database_url)
    town = PrivateTown(database, tmp_path / "keys")
    await town.publish()
    yield town
    await database.close()


async def test_no_row_and_no_file_keeps_a_number_that_was_typed(town: PrivateTown) -> None:
    who, careful = residents(2)
    await town.answers(careful, submitting=False)
    await town.answers_until_words(who)
    await town.receives(town.says(who, WORDS))
    waiting = opened(await as_it_lies(town.database), Keyring(town.key_file))
    assert CNIE in str(waiting)
    while await town.worker.work():
        pass
    town.arrive()
    await town.writer.write()

    rows = opened(await as_it_lies(town.database), Keyring(town.key_file))
    files = await files_of(town.database)

    assert careful.words in str(rows)
    assert careful.words.encode() in files
    for secret in (CNIE, PHONE, WORDS):
        assert secret not in str(rows)
        assert secret.encode() not in files
    assert [one["answers"] for one in rows["submission"]].count({"works": "yes"}) == 1
