"""The clerk makes what carries a consultation outside of the chat: a code and a poster."""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.logs import describe
from bot.telegram import OutcomeUnknown
from bot.works.office import Office
from handlers.views.leaflets import poster_words
from participation.poster import Words, code_picture, draw_in_child
from participation.sharing import link_to
from storage.attachments import attach
from storage.base import ConsultationId
from storage.consultations import Consultation
from storage.profiles import profile

log = structlog.get_logger()


async def make_leaflets(office: Office, payload: Mapping[str, Any]) -> None:
    """Draw them for the consultation that the job names, and have the worker hand them over."""
    number = ConsultationId(payload["consultation"])
    async with office.database.reading() as session:
        row = await session.get_one(Consultation, number)
        slug, title, first, last = row.slug, dict(row.title), row.opens_on, row.closes_on
        loaded = await profile(session)
        commune = dict(loaded.document) if loaded else {}
    link = link_to(slug, await _username(office))
    poster = await _drawn(poster_words(title, first, last, commune, link))
    now = office.clock()
    async with office.database.unit_of_work() as session:
        await office.tell(
            session,
            payload["chat"],
            "leaflets.made",
            consultation=number,
            link=link,
            code=await attach(session, f"{slug}.png", "image/png", code_picture(link), now),
            poster=await attach(session, f"{slug}.pdf", "application/pdf", poster, now)
            if poster
            else None,
        )


async def _drawn(words: Words) -> bytes | None:
    """The poster; None where it cannot be drawn: link and code go out without it."""
    try:
        return await draw_in_child(words)
    except (RuntimeError, TimeoutError) as error:
        log.error("a poster could not be drawn", error=describe(error))
        return None


async def _username(office: Office) -> str:
    """The bot's name in addresses; the job is done later while Telegram does not tell it."""
    answer = await office.telegram.call("getMe")
    name = answer.result.get("username") if isinstance(answer.result, dict) else None
    if not answer.ok or not isinstance(name, str):
        raise OutcomeUnknown(str(answer.status))
    return name
