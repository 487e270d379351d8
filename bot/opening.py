"""``musharaka consultation list``, ``open``, ``close``: the uses of the chat, by the operator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.readiness import check_schema
from bot.settings import Settings
from handlers.closing import closing_words
from handlers.opening import opening_words
from handlers.refusals import sentence
from handlers.views.lacking import lack_sentence
from participation.clock import system_clock
from participation.closing import EarlyClosing
from participation.counts import counts_of
from participation.errors import OperatorError, ParticipationError
from participation.known import load
from participation.managing import managed
from participation.opening import NotReadyToOpen, Opening
from participation.operating import Operator
from participation.shelf import Shelf
from storage.base import ConsultationId
from storage.consultations import all_consultations, consultation_named
from storage.database import Database
from storage.keys import Keyring


async def list_consultations(settings: Settings) -> list[str]:
    """A line each: short name, how it stands, window, number of answers sent."""
    now = system_clock(settings.clock_offset)()
    database = Database(settings.database_url)
    try:
        await check_schema(database)
        async with database.reading() as session:
            return [
                f"{one.slug:30} {one.phase or one.state:10} {one.opens_on} – {one.closes_on} "
                f"{(await counts_of(session, one.consultation_id)).submitted} answers"
                for one in [managed(row, now) for row in await all_consultations(session)]
            ]
    finally:
        await database.close()


async def open_consultation(settings: Settings, slug: str) -> str:
    """Open a draft; raises OperatorError with what is missing."""
    async with _operating(settings, slug) as (operator, number):
        opening = Opening(operator)
        try:
            done = await opening.open_at_once(number, opening_words)
        except NotReadyToOpen:
            lacks = (await opening.prepare(number)).lacks
            missing = "\n".join(lack_sentence(one) for one in lacks)
            raise OperatorError(f"{slug} cannot be opened.\n{missing}") from None
        last = done.managed.closes_on
        return f"{slug} is open until the end of {last}; {done.told} people are being told."


async def close_consultation(settings: Settings, slug: str, reason: str) -> str:
    """Close an open consultation now."""
    async with _operating(settings, slug) as (operator, number):
        done = await EarlyClosing(operator).close_at_once(number, reason, closing_words)
        return f"{slug} is closed; {done.answering} people may finish for 24 hours."


@asynccontextmanager
async def _operating(
    settings: Settings, slug: str
) -> AsyncIterator[tuple[Operator, ConsultationId]]:
    """One unit of work of the operator's; refusals become sentences in plain English."""
    database = Database(settings.database_url)
    try:
        await check_schema(database)
        async with database.unit_of_work() as session:
            row = await consultation_named(session, slug)
            if row is None:
                raise OperatorError(f"There is no consultation {slug}.")
            now = system_clock(settings.clock_offset)()
            known = await load(session, Keyring(settings.key_file), Shelf(), (), now)
            yield Operator(known), row.id
    except ParticipationError as refusal:
        raise OperatorError(sentence(refusal)) from None
    finally:
        await database.close()
