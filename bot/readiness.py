"""What must be right before the bot starts; everything here is one sentence with what to do."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import exists, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings, is_loopback
from participation.clock import ZoneDataOutOfDate, check_zone_data, system_clock
from participation.known import PLACE
from storage.consultations import Consultation, ConsultationState
from storage.database import Database, is_of_another_schema
from storage.dialogues import Dialogue
from storage.inbox import Inbox
from storage.keys import KeyFileMissing, KeyFileUnreadable, Keyring
from storage.outbox import Outbox
from storage.revisions import known_revisions, newest_revision, revision_of

DATABASE_SECONDS = 10.0
_REFUSED = {
    "3D000": "There is no database of that name on the server. Make it (`createdb`), or correct "
    "DATABASE_URL.",
    "28000": "The server does not take the user and password of DATABASE_URL. Correct them.",
    "28P01": "The server does not take the user and password of DATABASE_URL. Correct them.",
    "42501": "The user of DATABASE_URL may not make tables in this database. Make it the owner "
    "(`ALTER DATABASE … OWNER TO …`).",
}
"""What an operator does, by PostgreSQL's SQLSTATE (appendix A)."""
NOT_AN_ADDRESS = (
    "DATABASE_URL is not an address. Write it like sqlite:///musharaka.db or "
    "postgresql://user:password@host/name; in a password write %40 for @, %3A for : and "
    "%2F for /; after a ? it knows host, port, sslmode, passfile and target_session_attrs."
)


class NotReady(Exception):
    """The bot cannot start as things stand; the message says what an operator does."""


async def check_before_start(settings: Settings, database: Database) -> None:
    """Everything that keeps ``musharaka run`` from starting; raises NotReady for the first."""
    check_zones()
    check_clock_offset(settings)
    await check_schema(database)
    await check_keys(settings, database)


def check_zones() -> None:
    """Refuse time-zone data that are older than the decree of 2026."""
    try:
        check_zone_data()
    except ZoneDataOutOfDate:
        raise NotReady(
            "The time-zone data do not know that Morocco keeps UTC+0 since 20 September 2026. "
            "Install the tzdata package of requirements/run.txt again."
        ) from None


def check_clock_offset(settings: Settings) -> None:
    """Refuse a moved clock anywhere but on a simulator of this machine."""
    if settings.clock_offset and not is_loopback(settings.bot_api_base):
        raise NotReady(
            "CLOCK_OFFSET moves the clock and is for the simulator only. Take it out of the "
            "settings."
        )


async def check_schema(database: Database) -> None:
    """Refuse a database of another release, or none at all. Changes and creates nothing."""
    current = await _revision(database)
    if current == newest_revision():
        return
    if current is None:
        raise NotReady("The database is empty. Run `musharaka migrate`.")
    if current in known_revisions():
        raise NotReady(
            f"The database is at revision {current}, this release needs "
            f"{newest_revision()}. Make a backup, then run `musharaka migrate`."
        )
    raise NotReady(
        f"The database is at revision {current}, which this release does not know: a newer "
        "release wrote it. Install that release again, or restore a backup."
    )


async def check_keys(settings: Settings, database: Database) -> None:
    """Refuse to start without the keys that the rows need; a new database needs none yet."""
    async with trying(database) as session:
        consultations = await _unsealed(session)
        place = await session.scalar(select(Dialogue.place).limit(1))
        waiting = await session.scalar(
            select(
                select(Inbox.seq).where(Inbox.payload.is_not(None)).exists()
                | exists(select(Outbox.id).where(Outbox.payload.is_not(None)))
            )
        )
    if not consultations and place is None and not waiting:
        return
    keyring = _keyring(settings, len(consultations))
    _check_same(settings, keyring, place)
    _check_each(settings, keyring, consultations, system_clock(settings.clock_offset)())


@asynccontextmanager
async def trying(database: Database) -> AsyncIterator[AsyncSession]:
    """A reading session; what the database refuses becomes NotReady."""
    path = database.path
    if path is not None and str(path) != ":memory:" and not path.exists():
        raise NotReady(f"There is no database at {path}. Run `musharaka migrate`.")
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.reading() as session:
            yield session
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        if is_of_another_schema(error):
            raise  # told by what is to be done about it
        if said := said_of_the_server(error):
            raise NotReady(said) from None
        raise NotReady(
            f"The database {address(database.url)} cannot be used ({reason(error)}). Check "
            "DATABASE_URL, and that the server runs and lets us in."
        ) from None


def address(url: URL) -> str:
    """A database's address without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.host or url.query.get('host', 'local')}/{url.database}"


def said_of_the_server(error: BaseException) -> str | None:
    """What is to be done where PostgreSQL lets us not in, or not enough; None for other errors."""
    return _REFUSED.get(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def reason(error: BaseException) -> str:
    """The driver's own class of an error; never its text, which may hold an address."""
    return type(getattr(error, "orig", None) or error).__name__


async def _revision(database: Database) -> str | None:
    async with trying(database) as session:
        connection = await session.connection()
        return await connection.run_sync(revision_of)


async def _unsealed(session: AsyncSession) -> Sequence[Consultation]:
    """Those whose answers still need a key. One that is being sealed may have lost it already."""
    found = await session.scalars(
        select(Consultation)
        .where(Consultation.state.in_([ConsultationState.DRAFT, ConsultationState.PUBLISHED]))
        .order_by(Consultation.id)
    )
    return found.all()


def _keyring(settings: Settings, consultations: int) -> Keyring:
    try:
        return Keyring(settings.key_file)
    except KeyFileMissing:
        raise NotReady(
            f"The key file {settings.key_file} is missing while {consultations} consultations are "
            "not sealed: without it nobody finds their answers again. Restore it from its own "
            "backup, or set KEY_FILE to where it is."
        ) from None
    except (KeyFileUnreadable, OSError):
        raise NotReady(
            f"The key file {settings.key_file} cannot be read, or is not one. Check who may read "
            "it, or restore it from its own backup."
        ) from None


def _check_same(settings: Settings, keyring: Keyring, place: bytes | None) -> None:
    if place is None:
        return
    try:
        keyring.open(place, PLACE)
    except InvalidTag:
        raise NotReady(
            f"The key file {settings.key_file} is not the one of this database. Set KEY_FILE to "
            "the right one, or restore it from its own backup."
        ) from None


def _check_each(
    settings: Settings, keyring: Keyring, consultations: Sequence[Consultation], now: datetime
) -> None:
    """One that is due for sealing may be without its key: nobody answers it any more."""
    missing = [
        one.slug for one in consultations if one.seal_at > now and not keyring.knows(one.key_id)
    ]
    if missing:
        raise NotReady(
            f"The key file {settings.key_file} has no key for {', '.join(missing)}: it is older "
            "than the database. Restore its newest backup."
        )
