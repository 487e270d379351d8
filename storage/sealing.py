"""The statements that cut what ties answers to people, in rows and then in files."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import ConsultationId
from storage.consultations import Consultation, ConsultationState
from storage.database import BUSY_TIMEOUT_MS, Database, insert_ignoring
from storage.inbox import Inbox, InboxState
from storage.outbox import Shown
from storage.people import Channel, Consent, Person, Purpose
from storage.running import Job, JobState
from storage.snapshots import remove_leftovers
from storage.submissions import Submission, SubmissionState
from storage.traces import forget_traces_of

PATIENCE_MS = 2_000
"""How long other people's reading is waited for; meanwhile nobody can write."""

_LOCK_NOT_AVAILABLE = "55P03"
_TIED = (
    "person",
    "dialogue",
    "consent",
    "outcome_wish",
    "delivery",
    "shown",
    "tally",
    "trace",
    "submission",
)
"""Tables whose rows tell of people's days and of answers, by order or by transaction."""

_QUESTION = "question"
"""The slot of the question that a chat is being asked."""

_PASSING = ("inbox", "outbox")
"""Tables through which words have passed: PostgreSQL keeps erased values until it tidies up."""

_NEW_ID = {
    # Random UUIDs of version 4; SQLite keeps them as hexadecimal digits.
    "sqlite": """lower(hex(randomblob(6))) || '4' || substr(lower(hex(randomblob(2))), 2)
        || substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(8))), 2)""",
    "postgresql": "gen_random_uuid()",
}
_NEW_KEY = {
    "sqlite": "randomblob(32)",
    "postgresql": "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())",
}
_SAME_TRANSACTION = (
    "UPDATE person SET language = language",
    "UPDATE dialogue SET place = place",
    "UPDATE consent SET language = language",
    "UPDATE shown SET message = message",
    "UPDATE tally SET count = count",
    "UPDATE trace SET partition = partition",
    "UPDATE outcome_wish SET person_id = person_id",
    "UPDATE delivery SET state = state",
)


class StillRead(Exception):
    """Somebody reads an older state of the database, which must be there as long as they do."""


async def due_for_sealing(session: AsyncSession, now: datetime) -> Sequence[ConsultationId]:
    """Consultations whose time to be sealed has come, those half sealed included."""
    ids = await session.scalars(
        select(Consultation.id)
        .where(
            Consultation.state.in_((ConsultationState.PUBLISHED, ConsultationState.SEALING)),
            Consultation.seal_at <= now,
        )
        .order_by(Consultation.id)
    )
    return ids.all()


async def post_once(
    session: AsyncSession,
    kind: str,
    payload: dict[str, Any],
    dedupe_key: str,
    due_at: datetime,
    again_at: datetime,
) -> int:
    """Insert a job unless its key is there; 1 if it is new. One that has ended waits anew."""
    inserted = await session.execute(
        insert_ignoring(session, Job).returning(Job.id),
        {
            "kind": kind,
            "payload": payload,
            "state": JobState.WAITING,
            "due_at": due_at,
            "attempts": 0,
            "dedupe_key": dedupe_key,
        },
    )
    if inserted.first() is not None:
        return 1
    await session.execute(
        update(Job)
        .where(Job.dedupe_key == dedupe_key, Job.state != JobState.WAITING)
        .values(state=JobState.WAITING, attempts=0, due_at=again_at)
        .execution_options(synchronize_session=False)
    )
    return 0


async def begin_sealing(
    session: AsyncSession, consultation_id: ConsultationId, now: datetime
) -> str | None:
    """Put answers out of everybody's reach; the name of the key, or None if nothing is to do.

    Waits for the batches that hold the consultation.
    """
    consultation = await session.get_one(Consultation, consultation_id, with_for_update=True)
    if consultation.state is ConsultationState.SEALED or now < consultation.seal_at:
        return None
    consultation.state = ConsultationState.SEALING
    await session.flush()
    return consultation.key_id


async def rewrite_rows(session: AsyncSession, consultation_id: ConsultationId) -> None:
    """Give submissions new ids and keys, forget drafts and what tells when people were here.

    It may be repeated. On PostgreSQL each row also tells which transaction wrote it, so all of
    them are written by this one.
    """
    kind = session.get_bind().dialect.name
    if kind == "postgresql":
        await session.execute(text(f"SET LOCAL lock_timeout = {PATIENCE_MS}"))
        tables = ", ".join(_TIED)
        await session.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
        for statement in _SAME_TRANSACTION:
            await session.execute(text(statement))
    await session.execute(
        delete(Submission).where(
            Submission.consultation_id == consultation_id,
            Submission.state == SubmissionState.DRAFT,
        )
    )
    await session.execute(
        text(
            f"UPDATE submission SET id = {_NEW_ID[kind]}, respondent_key = {_NEW_KEY[kind]} "  # noqa: S608  (our constants)
            "WHERE consultation_id = :consultation_id"
        ),
        {"consultation_id": consultation_id},
    )
    await session.execute(
        update(Consent)
        .where(Consent.purpose == Purpose.CONSULTATION, Consent.subject_id == consultation_id)
        .values(seats=None)
        .execution_options(synchronize_session=False)
    )
    await forget_traces_of(session, consultation_id)
    await _forget_hours(session, consultation_id)


async def _forget_hours(session: AsyncSession, consultation_id: ConsultationId) -> None:
    """Erase message numbers of those who took part, and what parked updates still hold.

    Whoever has withdrawn took part and has no consent any more: questions are forgotten of all
    who answer nothing that is open.
    """
    took_part = _chats_with(Consent.subject_id == consultation_id)
    unsealed = select(Consultation.id).where(
        Consultation.state != ConsultationState.SEALED, Consultation.id != consultation_id
    )
    answering = _chats_with(Consent.subject_id.in_(unsealed))
    quietly = {"synchronize_session": False}
    await session.execute(
        delete(Shown).where(
            or_(
                Shown.chat_id.in_(took_part),
                and_(Shown.slot == _QUESTION, Shown.chat_id.not_in(answering)),
            )
        ),
        execution_options=quietly,
    )
    await session.execute(
        update(Inbox).where(Inbox.state == InboxState.PARKED).values(payload=None),
        execution_options=quietly,
    )


def _chats_with(consent: ColumnElement[bool]) -> Select[int]:
    """The chats of those who have such a consent to a consultation."""
    return (
        select(Person.channel_id)
        .join(Consent, Consent.person_id == Person.id)
        .where(
            Person.channel == Channel.TELEGRAM, Consent.purpose == Purpose.CONSULTATION, consent
        )
    )


async def rewrite_files(database: Database) -> None:
    """Leave nothing in the files of what rows no longer hold; raises StillRead. Repeatable.

    Runs outside of transactions. On SQLite nobody writes meanwhile; on PostgreSQL each table is
    shut while it is rewritten in the order of its key.
    """
    if database.path is not None:
        remove_leftovers(database.path)
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        await (_rewrite_sqlite(raw) if database.is_sqlite else _rewrite_postgresql(raw))


async def _rewrite_sqlite(raw: Any) -> None:
    await raw.execute_fetchall(f"PRAGMA busy_timeout={PATIENCE_MS}")
    try:
        await raw.execute_fetchall("VACUUM")
        ((busy, _frames, _moved),) = await raw.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await raw.execute_fetchall(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    if busy:
        raise StillRead


async def _rewrite_postgresql(raw: Any) -> None:
    left = list[int]()

    def heard(_connection: object, message: Any) -> None:
        """Its detail begins with the number of dead rows that somebody can still see."""
        found = re.match(r"\D*(\d+)", message.detail or "")
        if found:
            left.append(int(found[1]))

    await raw.execute(f"SET lock_timeout = {PATIENCE_MS}")
    raw.add_log_listener(heard)
    try:
        for table in (*_TIED, *_PASSING):
            await raw.execute(f"CLUSTER (VERBOSE) {table} USING pk_{table}")
        await raw.execute("ANALYZE submission")  # its old keys stand in the statistics too
    except Exception as error:
        if getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise StillRead from None
        raise
    finally:
        raw.remove_log_listener(heard)
        await raw.execute("RESET lock_timeout")
    if len(left) != len(_TIED) + len(_PASSING) or any(left):
        raise StillRead


async def finish_sealing(
    session: AsyncSession, consultation_id: ConsultationId, now: datetime
) -> int | None:
    """Say that it is sealed; how many answers it holds, or None where it was said already."""
    consultation = await session.get_one(Consultation, consultation_id, with_for_update=True)
    if consultation.state is ConsultationState.SEALED:
        return None
    consultation.state = ConsultationState.SEALED
    consultation.sealed_at = now
    await session.flush()
    return await session.scalar(
        select(func.count())
        .select_from(Submission)
        .where(Submission.consultation_id == consultation_id)
    )
