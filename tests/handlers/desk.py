"""A light desk: updates fed straight into the router with real rows, one visitor's chat kept.

The loops are left out; the batch, the dispatcher, the rows and the requests are the real ones.
"""

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.batch import OUTBOX, Batches
from bot.dispatcher import silent_bot, the_dispatcher
from forms.form import Form
from participation.clock import start_of
from participation.shelf import Shelf
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.documents import Document
from storage.inbox import Waiting
from storage.keys import Keyring
from storage.profiles import Profile
from storage.questionnaires import FormRow, FormVersion

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TITLE = {"ar": "دور الحي", "fr": "Maisons de quartier"}
PROFILE = {
    "commune": {"name": {"ar": "جماعة تارودانت", "fr": "Commune de Taroudant"}},
    "contacts": {
        "toll_free": {
            "number": "0800008585",
            "label": {"ar": "الرقم المجاني", "fr": "Numéro gratuit"},
            "shown": True,
        },
        "former_site": {"url": "http://old.example", "label": {"fr": "Ancien"}, "shown": False},
    },
}
_BEFORE_WORDS = "✅ \u2068"
"""A tick and an isolate do not begin a button's words."""
ME = {"id": 1000001, "is_bot": True, "first_name": "Musharaka", "username": "musharaka_bot"}


@dataclass
class Shown:
    """A message of the bot as the visitor sees it."""

    id: int
    text: str
    buttons: list[list[dict[str, Any]]]
    document: str | None = None

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]

    def data(self, label: str) -> str:
        """The callback data behind the button whose words begin so."""
        wanted = label.lstrip(_BEFORE_WORDS)
        for row in self.buttons:
            for button in row:
                if button["text"].lstrip(_BEFORE_WORDS).startswith(wanted):
                    return str(button["callback_data"])
        raise AssertionError(f"no button {label!r} among {self.labels}")


@dataclass
class Desk:
    """Rows, keys and what time it is."""

    database: Database
    keyring: Keyring
    now: datetime = NOON
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    visitors: "dict[int, Visitor]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.batches = Batches(
            silent_bot("1000001:token", ME), the_dispatcher(), self.keyring, Shelf()
        )

    def visitor(self, name: str, number: int, language: str | None = "fr") -> "Visitor":
        self.visitors[number] = Visitor(self, name, number, language)
        return self.visitors[number]

    async def opens(
        self,
        form: Form,
        *,
        slug: str = "houses",
        opens_on: date = date(2026, 11, 20),
        closes_on: date = date(2026, 11, 30),
        mode: Mode = Mode.ANONYMOUS,
    ) -> int:
        """A published consultation with a document in each language; its id."""
        closes_at = start_of(closes_on + timedelta(days=1))
        async with self.database.unit_of_work() as session:
            row = FormRow(form_id=slug)
            session.add(row)
            await session.flush()
            version = FormVersion(
                form_id=row.id,
                version="1",
                workbook=b"",
                workbook_hash=slug,
                compiled=form.to_json(),
                published_at=self.now,
            )
            session.add(version)
            await session.flush()
            consultation = Consultation(
                slug=slug,
                title=TITLE,
                stake={"ar": "ما رأيكم؟", "fr": "Qu’attendez-vous de <nous> ?"},
                contact=None,
                mode=mode,
                state=ConsultationState.PUBLISHED,
                form_version_id=version.id,
                key_id=slug,
                opens_on=opens_on,
                closes_on=closes_on,
                opens_at=start_of(opens_on),
                closes_at=closes_at,
                seal_at=closes_at + timedelta(hours=25),
            )
            session.add(consultation)
            if await session.get(Profile, 1) is None:
                session.add(Profile(document=PROFILE, loaded_at=self.now))
            await session.flush()
            session.add_all(_documents(consultation.id))
            self.keyring.add_consultation(slug)
            return consultation.id

    async def feed(self, *updates: dict[str, Any]) -> list[dict[str, Any]]:
        """Work on updates in one batch; the requests that follow."""
        rows = [
            self.batches.open(
                Waiting(
                    number,
                    number,
                    next(key for key in update if key != "update_id"),
                    self.keyring.seal(json.dumps(update).encode(), "inbox"),
                )
            )
            for update in updates
            for number in (next(self.numbers),)
        ]
        async with self.database.unit_of_work() as session:
            replies = await self.batches.run(session, rows, self.now)
        return [
            {
                "method": reply.method,
                "edits": reply.edits,
                "fills": reply.fills,
                **json.loads(self.keyring.open(reply.payload, OUTBOX)),
            }
            for reply in replies
        ]

    def show(self, requests: list[dict[str, Any]], to: "Visitor") -> None:
        """Let requests arrive, each in its own chat; taps are answered to who tapped."""
        for request in requests:
            chat = request.get("chat_id") or request.get("scope", {}).get("chat_id", to.number)
            (to if chat == to.number else self.visitors[chat]).sees(request)


@dataclass
class Visitor:
    """One person's chat with the bot."""

    desk: Desk
    name: str
    number: int
    language: str | None
    chat: list[Shown] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    slots: dict[str, int] = field(default_factory=dict)
    username: str | None = None
    menu: dict[str, str] = field(default_factory=dict)
    """The commands of this chat alone, each with what it does."""

    @property
    def newest(self) -> Shown:
        return self.chat[-1]

    def said(self, words: str) -> Shown:
        """The newest message of the bot that holds these words."""
        return next(one for one in reversed(self.chat) if words in one.text)

    @property
    def user(self) -> dict[str, Any]:
        user = {"id": self.number, "is_bot": False, "first_name": self.name}
        if self.username is not None:
            user["username"] = self.username
        return user if self.language is None else {**user, "language_code": self.language}

    async def sends(self, text: str | None = None, **content: Any) -> Shown:
        """Write, or send something else; the newest message of the bot."""
        body = content if text is None else {"text": text, **content}
        await self.receives("message", self._message(next(self.desk.numbers), body))
        return self.newest

    async def edits(self, text: str) -> Shown:
        await self.receives("edited_message", self._message(1, {"text": text, "edit_date": 1}))
        return self.newest

    async def taps(self, label: str, message: Shown | None = None) -> Shown:
        """Tap a button by its words; the newest message of the bot."""
        message = message or self.newest
        await self.taps_data(message.data(label), message)
        return self.newest

    async def taps_data(self, data: str, message: Shown | None = None) -> None:
        await self._receives(self.tapped(data, message))

    def tapped(self, data: str, message: Shown | None = None) -> dict[str, Any]:
        """The update of a tap, for a batch of several people's."""
        message = message or self.newest
        content = {"caption": ""} if message.document else {"text": message.text or "-"}
        body = {
            "id": str(next(self.desk.numbers)),
            "from": self.user,
            "chat_instance": "1",
            "message": self._message(message.id, content) | {"from": ME},
            "data": data,
        }
        return {"update_id": next(self.desk.numbers), "callback_query": body}

    def written(self, text: str) -> dict[str, Any]:
        """The update of a message, for a batch of several people's."""
        body = self._message(next(self.desk.numbers), {"text": text})
        return {"update_id": next(self.desk.numbers), "message": body}

    async def blocks(self) -> None:
        """Block the bot, as Telegram says it."""
        await self._is_now("member", "kicked")

    async def unblocks(self) -> list[dict[str, Any]]:
        return await self._is_now("kicked", "member")

    async def _is_now(self, old: str, new: str) -> list[dict[str, Any]]:
        body = {
            "chat": {"id": self.number, "type": "private", "first_name": self.name},
            "from": self.user,
            "date": int(self.desk.now.timestamp()),
            "old_chat_member": {"status": old, "user": ME, "until_date": 0},
            "new_chat_member": {"status": new, "user": ME, "until_date": 0},
        }
        return await self.receives("my_chat_member", body)

    async def receives(self, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        return await self._receives({"update_id": next(self.desk.numbers), kind: body})

    async def _receives(self, update: dict[str, Any]) -> list[dict[str, Any]]:
        requests = await self.desk.feed(update)
        self.desk.show(requests, self)
        return requests

    def _message(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": self.number, "type": "private", "first_name": self.name}
        moment = int(self.desk.now.timestamp())
        return {"message_id": number, "date": moment, "chat": chat, "from": self.user, **body}

    def sees(self, request: dict[str, Any]) -> None:
        """A request of the bot that arrives in this chat."""
        if request["method"] == "answerCallbackQuery":
            if request.get("text"):
                self.notices.append(_spaced(request["text"]))
            return
        if request["method"] in ("setMyCommands", "deleteMyCommands"):
            listed = request.get("commands", [])
            self.menu = {one["command"]: one["description"] for one in listed}
            return
        assert request["chat_id"] == self.number
        text = _spaced(request.get("text") or request.get("caption") or "")
        rows = (request.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = [[one | {"text": _spaced(one["text"])} for one in row] for row in rows]
        assert len(text) <= 4096
        number = request.get("message_id") or self.slots.get(request["edits"] or "")
        found = [one for one in self.chat if one.id == number]
        if request["method"] == "editMessageText" and found:
            found[0].text, found[0].buttons = text, buttons
        else:
            number = int(next(self.desk.numbers))
            self.chat.append(
                Shown(number, text, buttons, request.get("document") or request.get("voice"))
            )
        if request["fills"]:
            self.slots[request["fills"]] = self.chat[-1].id if number is None else number


def _spaced(text: str) -> str:
    """French puts a no-break space before its double signs: read as a space."""
    return text.replace("\u00a0", " ")


def _documents(consultation_id: Any) -> list[Document]:
    return [
        Document(
            consultation_id=consultation_id,
            slug="note",
            language=language,
            position=1,
            title={"ar": "بطاقة", "fr": "Note"},
            summary={"ar": "ملخص", "fr": "Résumé"},
            file_name=f"note-{language}.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            content=b"x",
        )
        for language in ("ar", "fr")
    ]
