"""The commands that keep a commune's rows: backup, restore, drill."""

import stat
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from bot.backups import CannotBackUp, back_up, new_key
from bot.instance import SecondInstance, only_instance
from bot.restores import bring_back, drill
from storage import backup_files
from storage.audit import AuditEntry
from storage.backup_keys import read_opener, read_recipient
from storage.consultations import Consultation
from storage.database import Database
from storage.inbox import Inbox, InboxState
from storage.keys import Keyring
from storage.people import Channel
from storage.restoring import CannotRestore
from storage.revisions import current_revision
from storage.running import BACKUP_MADE, remembered
from storage.snapshots import PREFIX
from tests.doctor.conftest import Ward

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    """Where the private half of the backup key is kept."""
    folder = tmp_path / "safe"
    folder.mkdir()
    new_key(folder / "backup-key")
    return folder / "backup-key"


@pytest.fixture
def public(safe: Path) -> Path:
    return safe.with_name("backup-key.pub")


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
async def empty(empty_database_url: str, ward: Ward) -> AsyncIterator[Ward]:
    """Another database, with the same key file."""
    database = Database(empty_database_url)
    settings = ward.with_settings(database_url=empty_database_url)
    yield Ward(settings, database, ward.keyring, ward.town)
    await database.close()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def everything_in(folder: Path) -> set[str]:
    """Every path, but those that SQLite has while a file is open."""
    return {str(path) for path in folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


async def test_a_backup_brings_a_commune_back(
    ward: Ward, empty: Ward, safe: Path, public: Path, backups: Path
) -> None:
    saved = await back_up(ward.settings, backups / "one", public, None)
    said = await bring_back(empty.settings, backups / "one", safe, replace=False)

    assert "musharaka.keys is not in it: copy that file apart" in saved
    assert "the audit chain is whole. The key file fits. Start the bot" in said
    async with empty.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Consultation)) == 1
        acts = (await session.scalars(select(AuditEntry.act))).all()
    assert acts[-1] == "backup.restore"


async def test_a_backup_tells_nothing_without_its_key(
    ward: Ward, public: Path, backups: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)

    content = (backups / "one").read_bytes()

    assert b"gardens" not in content
    assert b"consultation" not in content
    assert stat.S_IMODE((backups / "one").stat().st_mode) == 0o600
    assert names_in(backups) == ["one"]


async def test_a_backup_is_noted_where_the_doctor_looks(
    ward: Ward, public: Path, backups: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)

    async with ward.database.reading() as session:
        assert await remembered(session, BACKUP_MADE) is not None
        entry = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()))).first()
    assert entry is not None
    assert entry.act == "backup.make"
    assert entry.details["key"] == read_recipient(public).number


async def test_a_folder_keeps_the_newest_by_their_dates(
    ward: Ward, public: Path, backups: Path
) -> None:
    for day in range(1, 5):
        (backups / f"musharaka-2026110{day}T030000Z.backup").touch()
    (backups / "notes.backup").touch()

    said = await back_up(ward.settings, backups, public, 2)

    names = names_in(backups)
    assert "3 older backups were removed" in said
    assert names[:2] == ["musharaka-20261104T030000Z.backup", names[1]]
    assert names[2:] == ["notes.backup"]


async def test_what_keeps_a_number_of_backups_is_a_folder(
    ward: Ward, public: Path, backups: Path
) -> None:
    with pytest.raises(CannotBackUp, match=r"none is no folder.*Make it first"):
        await back_up(ward.settings, backups / "none", public, 7)

    assert names_in(backups) == []


async def test_a_backup_does_not_lie_beside_what_opens_or_ties_it(
    ward: Ward, safe: Path, public: Path, backups: Path
) -> None:
    (backups / "musharaka.keys.old").write_bytes(ward.settings.key_file.read_bytes())

    with pytest.raises(CannotBackUp, match="lies in the same folder"):
        await back_up(ward.settings, ward.settings.key_file.parent / "one", public, None)
    with pytest.raises(CannotBackUp, match="is a copy of a key file"):
        await back_up(ward.settings, backups / "one", public, None)
    with pytest.raises(CannotBackUp, match="opens the backups"):
        await back_up(ward.settings, safe.parent / "one", public, None)

    assert not (backups / "one").exists()


async def test_what_is_there_is_not_replaced(ward: Ward, public: Path, backups: Path) -> None:
    (backups / "one").write_text("older")

    with pytest.raises(CannotBackUp, match="is there already"):
        await back_up(ward.settings, backups / "one", public, None)
    with pytest.raises(CannotBackUp, match="may open older backups"):
        new_key(public.with_name("backup-key"))

    assert (backups / "one").read_text() == "older"


async def test_a_failed_backup_leaves_nothing(
    ward: Ward, public: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)  # the disk, not our code

    with pytest.raises(CannotBackUp, match="No space left on device"):
        await back_up(ward.settings, backups / "one", public, None)

    assert names_in(backups) == []


async def test_spoilt_backups_are_a_clear_sentence_each_and_write_nothing(
    ward: Ward, empty: Ward, safe: Path, public: Path, backups: Path, tmp_path: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)
    whole = (backups / "one").read_bytes()
    other = tmp_path / "other-key"
    new_key(other)
    spoilt = {
        "cut": whole[:-20],
        "changed": whole[:-30] + bytes([whole[-30] ^ 1]) + whole[-29:],
        "none": b"{}",
    }
    for name, content in spoilt.items():
        (backups / name).write_bytes(content)

    for name, key, words in (
        ("cut", safe, "cut off or changed.*Nothing was written"),
        ("changed", safe, "cut off or changed.*Nothing was written"),
        ("none", safe, "is not a backup of ours"),
        ("nowhere", safe, "There is no backup at"),
        ("one", other, "was made for backup key .* Bring that key"),
    ):
        with pytest.raises(CannotRestore, match=words):
            await bring_back(empty.settings, backups / name, key, replace=False)

    assert await current_revision(empty.database) is None


async def test_a_running_bot_is_not_restored_under_its_feet(
    ward: Ward, safe: Path, public: Path, backups: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)

    async with only_instance(ward.database):
        with pytest.raises(SecondInstance, match="Stop"):
            await bring_back(ward.settings, backups / "one", safe, replace=True)


async def test_going_back_is_restoring_with_replace(
    ward: Ward, safe: Path, public: Path, backups: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)
    async with ward.database.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'newer'"))
    await ward.database.close()

    with pytest.raises(CannotRestore, match="at revision newer"):
        await bring_back(ward.settings, backups / "one", safe, replace=False)
    said = await bring_back(ward.settings, backups / "one", safe, replace=True)

    assert "rows are restored" in said
    again = Database(ward.settings.database_url)
    assert await current_revision(again) != "newer"
    await again.close()


async def test_a_restored_commune_without_its_key_file_is_told_what_is_missing(
    ward: Ward, empty: Ward, safe: Path, public: Path, backups: Path
) -> None:
    await back_up(ward.settings, backups / "one", public, None)
    ward.settings.key_file.unlink()
    Keyring.create(ward.settings.key_file)

    said = await bring_back(empty.settings, backups / "one", safe, replace=False)

    assert "Before you start the bot: The key file" in said
    assert "has no key for gardens" in said


async def test_a_drill_says_how_long_it_took_and_leaves_nothing(
    ward: Ward, tmp_path: Path
) -> None:
    before = everything_in(tmp_path)

    said = await drill(ward.settings)

    after = everything_in(tmp_path)
    assert after == before
    assert "seconds" in said[0]
    assert "Every row came back" in said[2]


async def test_a_drill_that_fails_leaves_nothing_either(ward: Ward, tmp_path: Path) -> None:
    async with ward.database.unit_of_work() as session:
        session.add(AuditEntry(at=NOW, act="x", details={}, link=b"forged"))

    with pytest.raises(CannotRestore, match="audit chain"):
        await drill(ward.settings)

    assert not any(PREFIX in name for name in everything_in(tmp_path))


async def test_memory_does_not_grow_with_the_rows(
    ward: Ward, safe: Path, public: Path, backups: Path
) -> None:
    """Thirty megabytes of payloads pass; what is held at once is a few pieces."""
    async with ward.database.unit_of_work() as session:
        await session.execute(delete(Inbox))
        for number in range(30):
            session.add(
                Inbox(
                    bot_id=1,
                    update_id=number,
                    channel=Channel.TELEGRAM,
                    kind="message",
                    payload=bytes(1_000_000),
                    state=InboxState.DONE,
                    received_at=NOW,
                )
            )
    recipient, opener = read_recipient(public), read_opener(safe)

    tracemalloc.start()
    try:
        written = await backup_files.write(ward.database, backups / "one", recipient, NOW)
        lines = sum(1 for _ in backup_files.read(backups / "one", opener))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert lines == written.rows + 1 > 30
    assert peak < 20_000_000  # the lines together have twice as much
