"""Posts one stored request and says what became of it."""

import json
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from bot.delivery.plain import BAD_MARKUP, plain
from bot.telegram import Answer, NotSent, OutcomeUnknown, Telegram
from storage.attachments import attachment
from storage.database import Database
from storage.documents import Document, DocumentFile

STORED = "stored:"
"""A file parameter that begins so names a document row."""

ATTACHED = "attached:"
"""A file parameter that begins so names a file made for this message alone."""

_FILES = ("document", "photo", "voice")
"""The parameters in which a file of ours can stand."""

_ALREADY_SO = ("message is not modified", "query is too old", "query id is invalid")
_EDIT_REFUSED = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_NO_SUCH_BOT = (401, 404)
"""The token is not known: what is saved waits for the right one."""
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid")


class Kind(Enum):
    ARRIVED = auto()
    HELD = auto()
    """429: this chat waits ``after`` seconds."""
    LATER = auto()
    """5xx, no connection or an unknown token: it did not arrive and is tried again."""
    UNKNOWN = auto()
    UNREACHABLE = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    message_id: int | None = None
    after: float = 0.0
    error: str = ""
    file: tuple[int, str] | None = None
    """``(document, file_id)`` of a document that was uploaded."""
    attached: int | None = None
    """The number of a file that is needed no more."""


class Postman:
    """Knows how Telegram refuses and what else can be tried."""

    def __init__(self, telegram: Telegram, database: Database, bot_id: int) -> None:
        self._telegram = telegram
        self._database = database
        self._bot_id = bot_id

    async def post(
        self, method: str, payload: bytes, message_id: int | None, *, anew: bool = True
    ) -> Outcome:
        """Send a request; ``message_id`` is set on one that edits a slot.

        ``anew``: what cannot be changed is said again; else it is left.
        """
        body: bytes | dict[str, Any] = payload
        has_file = STORED.encode() in payload or ATTACHED.encode() in payload
        if message_id is not None or has_file:
            body = json.loads(payload)
        if isinstance(body, dict) and message_id is not None:
            body["message_id"] = message_id
        try:
            return await self._tried(method, body, anew=anew)
        except NotSent as error:
            return Outcome(Kind.LATER, error=str(error))
        except OutcomeUnknown as error:
            return Outcome(Kind.UNKNOWN, error=str(error))

    async def _tried(self, method: str, body: bytes | dict[str, Any], *, anew: bool) -> Outcome:
        if isinstance(body, dict):
            for field in _FILES:
                given = str(body.get(field, ""))
                if given.startswith(STORED):
                    return await self._document(method, body, field)
                if given.startswith(ATTACHED):
                    return await self._attachment(method, body, field)
        answer = await self._telegram.call(method, body)
        if answer.status != 400:
            return _outcome(answer)
        refusal = answer.description.lower()
        if _names(refusal, _EDIT_REFUSED) and method == "editMessageText":
            if not anew:
                return Outcome(Kind.ARRIVED)
            return _outcome(await self._telegram.call("sendMessage", without_message(body)))
        if BAD_MARKUP in refusal:
            return _outcome(await self._telegram.call(method, plain(body)))
        return _outcome(answer)

    async def _document(self, method: str, body: dict[str, Any], field: str) -> Outcome:
        number = int(body[field].removeprefix(STORED))
        async with self._database.reading() as session:
            file_id = await session.scalar(
                select(DocumentFile.file_id).where(
                    DocumentFile.document_id == number, DocumentFile.bot_id == self._bot_id
                )
            )
            if file_id is not None:
                answer = await self._telegram.call(method, {**body, field: file_id})
                if answer.status != 400:
                    return _outcome(answer)
            document = await session.scalar(
                select(Document).where(Document.id == number).options(undefer(Document.content))
            )
        if document is None:
            return Outcome(Kind.REFUSED, error="document gone")
        params = {name: value for name, value in body.items() if name != field}
        answer = await self._telegram.upload(
            method,
            params,
            field,
            document.content,
            document.file_name,
            document.media_type,
        )
        outcome = _outcome(answer)
        uploaded = _file_id(answer, field)
        if outcome.kind is Kind.ARRIVED and uploaded:
            return Outcome(Kind.ARRIVED, outcome.message_id, file=(number, uploaded))
        return outcome

    async def _attachment(self, method: str, body: dict[str, Any], field: str) -> Outcome:
        number = int(body[field].removeprefix(ATTACHED))
        async with self._database.reading() as session:
            file = await attachment(session, number)
        if file is None:
            return Outcome(Kind.REFUSED, error="attachment gone")
        params = {name: value for name, value in body.items() if name != field}
        outcome = _outcome(
            await self._telegram.upload(
                method, params, field, file.content, file.file_name, file.media_type
            )
        )
        if outcome.kind in (Kind.ARRIVED, Kind.REFUSED):
            return replace(outcome, attached=number)
        return outcome


def without_message(body: bytes | dict[str, Any]) -> dict[str, Any]:
    """The parameters of an edit, as those of a new message."""
    params = json.loads(body) if isinstance(body, bytes) else dict(body)
    params.pop("message_id", None)
    params.pop("inline_message_id", None)
    return dict(params)


def _outcome(answer: Answer) -> Outcome:
    if answer.ok:
        result = answer.result
        number = result.get("message_id") if isinstance(result, dict) else None
        return Outcome(Kind.ARRIVED, message_id=number)
    refusal = answer.description.lower()
    if answer.status == 429:
        return Outcome(Kind.HELD, after=answer.retry_after or 1.0)
    if answer.status >= 500 or answer.status in _NO_SUCH_BOT:
        return Outcome(Kind.LATER, error=str(answer.status))
    if answer.status == 400 and _names(refusal, _ALREADY_SO):
        return Outcome(Kind.ARRIVED)
    if answer.status == 403 or _names(refusal, _NOBODY):
        return Outcome(Kind.UNREACHABLE, error=str(answer.status))
    return Outcome(Kind.REFUSED, error=str(answer.status))


def _names(refusal: str, known: tuple[str, ...]) -> bool:
    return any(one in refusal for one in known)


def _file_id(answer: Answer, field: str) -> str | None:
    document = answer.result.get(field) if isinstance(answer.result, dict) else None
    file_id = document.get("file_id") if isinstance(document, dict) else None
    return file_id if isinstance(file_id, str) else None
