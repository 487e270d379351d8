"""The control interface over HTTP: people and what they do, the chats as seen, time and trouble.

Documented in `docs/developers/simulator.md`. Errors are `{"error": sentence}` with 400 or 404.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from fnmatch import fnmatchcase
from typing import Any

from aiohttp import web

from simulator.chats import Chat, Person
from simulator.people import Misuse, People
from simulator.schema import bot_api_version
from simulator.seen import chat_seen, event_seen
from simulator.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WAIT_LIMIT = 60.0  # seconds a long poll on the control interface lasts at most
HEARTBEAT = 15.0


class Control:
    def __init__(self, world: World) -> None:
        self._world = world
        self._people = People(world)

    def application(self) -> web.Application:
        app = web.Application(middlewares=[explained], client_max_size=80 * 1024 * 1024)
        app.add_routes([
            web.get("/about", self.about),
            web.get("/settings", self.settings),
            web.patch("/settings", self.change_settings),
            web.post("/clock", self.advance_clock),
            web.get("/people", self.people),
            web.post("/people", self.meet),
            web.post("/people/{person}/messages", self.send),
            web.patch("/people/{person}/messages/{message}", self.edit),
            web.post("/people/{person}/taps", self.tap),
            web.post("/people/{person}/{act:block|unblock|deactivate}", self.stand),
            web.get("/people/{person}/commands", self.commands),
            web.post("/groups", self.group),
            web.post("/groups/{chat}/migrate", self.migrate),
            web.get("/chats", self.chats),
            web.get("/chats/{chat}", self.chat),
            web.get("/callbacks/{query}", self.callback),
            web.get("/events", self.events),
            web.get("/files/{file_id}", self.file),
            web.get("/requests", self.requests),
            web.delete("/requests", self.forget_requests),
            web.get("/updates", self.updates),
            web.post("/updates", self.push_update),
            web.post("/updates/repeat", self.repeat_updates),
            web.get("/quiet", self.quiet),
            web.get("/faults", self.faults),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.delete("/faults/{fault}", self.clear_faults),
        ])  # fmt: skip
        return app

    async def about(self, request: web.Request) -> web.Response:
        world = self._world
        return web.json_response({
            "simulator": bot_api_version(),
            "bot_api": world.schema.version,
            "bot": world.bot,
            "token": world.token,
            "now": world.clock.now(),
            "people": len(world.chats.people),
            "requests": world.record.count,
            "name": world.profile.text("name", ""),
            "webhook": world.webhook.url,
        })  # fmt: skip

    async def settings(self, request: web.Request) -> web.Response:
        return web.json_response(self._world.settings.to_json())

    async def change_settings(self, request: web.Request) -> web.Response:
        self._world.change_settings(await told(request))
        return web.json_response(self._world.settings.to_json())

    async def advance_clock(self, request: web.Request) -> web.Response:
        self._world.clock.advance(float((await told(request)).get("advance", 0)))
        return web.json_response({"now": self._world.clock.now()})

    async def people(self, request: web.Request) -> web.Response:
        return web.json_response([person.user for person in self._world.chats.people.values()])

    async def meet(self, request: web.Request) -> web.Response:
        asked = await told(request)
        known = {"id", "name", "language", "last_name", "username", "is_premium"}
        if not asked.keys() <= known or not asked.get("name"):
            raise Misuse(f"a person has a name, and perhaps {', '.join(sorted(known - {'name'}))}")
        more = {key: asked[key] for key in ("last_name", "username") if asked.get(key)}
        person = self._world.chats.person(
            asked["name"], asked.get("language"), asked.get("id"), **more
        )
        return web.json_response(person.user)

    async def send(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await told(request)
        message = self._people.sends(
            person, self._people.chat_of(person, asked.get("chat_id")), asked
        )
        return self._done({"message_id": message["message_id"]})

    async def edit(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await told(request)
        chat = self._people.chat_of(person, asked.get("chat_id"))
        self._people.edits(person, chat, number(request, "message"), str(asked["text"]))
        return self._done({})

    async def tap(self, request: web.Request) -> web.Response:
        person, asked = self._person(request), await told(request)
        chat = self._people.chat_of(person, asked.get("chat_id"))
        query = self._people.taps(person, chat, int(asked["message_id"]), str(asked["data"]))
        return self._done({"callback_query_id": query.id})

    async def stand(self, request: web.Request) -> web.Response:
        """A person blocks the bot, unblocks it, or leaves Telegram for ever."""
        person = self._person(request)
        match request.match_info["act"]:
            case "block":
                self._people.blocks(person)
            case "unblock":
                self._people.unblocks(person)
            case _:
                person.deactivated = True
        return self._done({})

    async def commands(self, request: web.Request) -> web.Response:
        """The menu as this person sees it."""
        person, profile = self._person(request), self._world.profile
        language = person.user.get("language_code", "")
        return web.json_response({
            "commands": profile.commands_seen(person.id, language),
            "menu_button": profile.menu(person.id),
            "name": profile.text("name", language),
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
        })  # fmt: skip

    async def group(self, request: web.Request) -> web.Response:
        asked = await told(request)
        members = [self._known(int(member)) for member in asked.get("members", [])]
        if not members:
            raise Misuse("a group needs members: the first one adds the bot")
        chat = self._world.chats.group(
            str(asked["title"]),
            {member.id for member in members},
            str(asked.get("type", "supergroup")),
        )
        self._people.adds_bot(members[0], chat)
        return web.json_response(chat.about)

    async def migrate(self, request: web.Request) -> web.Response:
        """A group becomes a supergroup: the old id answers with the new one from now on."""
        old = self._chat(request)
        chat = self._world.chats.group(old.about["title"], old.members, "supergroup")
        old.migrated_to = chat.id
        return web.json_response(chat.about)

    async def chats(self, request: web.Request) -> web.Response:
        return web.json_response([
            {"chat": chat.about, "started": chat.started, "blocked": chat.blocked}
            for chat in self._world.chats.all.values()
        ])  # fmt: skip

    async def chat(self, request: web.Request) -> web.Response:
        """The chat as seen; with `wait`, as soon as something has changed in it after `since`."""
        chat, since = self._chat(request), number(request, "since", 0)
        await self._until(
            lambda: any(
                event.chat_id == chat.id for event in list(self._world.events.since(since))
            ),
            self._world.events.changed.wait,
            request,
        )
        return web.json_response(chat_seen(self._world, chat, since))

    async def callback(self, request: web.Request) -> web.Response:
        """What the bot answered to a tap; with `wait`, as soon as it has answered."""
        query = self._world.queries.get(request.match_info["query"])
        if query is None:
            raise Misuse("there was no such tap", 404)
        await self._until(
            lambda: query.answer is not None, self._world.events.changed.wait, request
        )
        return web.json_response({"answered": query.answer is not None, **(query.answer or {})})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events of one chat or of all; goes on after `Last-Event-ID` or `since`."""
        given = request.headers.get("Last-Event-ID") or request.query.get("since")
        seq = int(given) if given else self._world.events.seq
        only = number(request, "chat_id", 0)
        response = web.StreamResponse(headers={"Cache-Control": "no-cache"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        while not self._world.stopping:
            for event in list(self._world.events.since(seq)):
                seq = event.seq
                if only in (0, event.chat_id):
                    data = json.dumps(event_seen(self._world, event))
                    await response.write(
                        f"id: {seq}\nevent: {event.kind}\ndata: {data}\n\n".encode()
                    )
            if seq == self._world.events.seq and not await self._world.events.changed.wait(
                HEARTBEAT
            ):
                await response.write(b": still here\n\n")
        return response

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.get(request.match_info["file_id"])
        if stored is None:
            raise Misuse("there is no such file", 404)
        return web.Response(body=stored.content, content_type=stored.mime_type)

    async def requests(self, request: web.Request) -> web.Response:
        """Recorded requests as JSON lines; with `wait`, as soon as one matches."""
        since, most = number(request, "since", 0), number(request, "limit", 1_000_000)
        methods = request.query.get("method", "*")
        chat_id, polls = number(request, "chat_id", 0), number(request, "polls", 1)

        def matching() -> list[Any]:
            return [
                entry
                for entry in self._world.record.since(since)
                if (polls or entry.method != "getUpdates")
                and (methods == "*" or fnmatchcase(entry.method, methods))
                and chat_id in (0, entry.chat_id)
            ][:most]

        await self._until(lambda: bool(matching()), self._world.record.changed.wait, request)
        lines = "".join(
            f"{json.dumps(entry.to_json(), ensure_ascii=False)}\n" for entry in matching()
        )
        return web.Response(text=lines, content_type="application/x-ndjson")

    async def forget_requests(self, request: web.Request) -> web.Response:
        self._world.record.forget()
        return web.json_response({"count": self._world.record.count})

    async def updates(self, request: web.Request) -> web.Response:
        pending = self._world.updates.pending
        return web.json_response({"pending": len(pending), "update_ids": list(pending)[:1000]})

    async def push_update(self, request: web.Request) -> web.Response:
        """Queue a raw update, well formed or not; what the bot makes of it is its affair."""
        asked = await told(request)
        return web.json_response(
            {"update_id": self._world.updates.push(asked, chat_of_update(asked))}
        )

    async def repeat_updates(self, request: web.Request) -> web.Response:
        """Deliver the last confirmed updates once more, under the ids they had."""
        last = int((await told(request)).get("last", 1))
        return web.json_response({"update_ids": self._world.updates.repeat(last=last)})

    async def quiet(self, request: web.Request) -> web.Response:
        """Whether everything has calmed down: no update pending, no request for `for` seconds."""
        loop, record = asyncio.get_running_loop(), self._world.record
        calm, deadline = float(request.query.get("for", 0.15)), loop.time() + wait_of(request)
        while not self._world.stopping:
            busy = bool(self._world.updates.pending or record.in_flight)
            left = record.last_at + calm - self._world.clock.now()
            if not busy and left <= 0:
                return web.json_response({"quiet": True})
            until_deadline = deadline - loop.time()
            if until_deadline <= 0:
                break
            signal = self._world.updates.changed if self._world.updates.pending else record.changed
            await signal.wait(min(until_deadline, max(left, 0.01) if not busy else until_deadline))
        return web.json_response({
            "quiet": False,
            "pending": len(self._world.updates.pending),
            "in_flight": record.in_flight,
        })  # fmt: skip

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response([fault.to_json() for fault in self._world.faults.all()])

    async def add_fault(self, request: web.Request) -> web.Response:
        return web.json_response(self._world.faults.add(await told(request)).to_json())

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear(number(request, "fault", 0) or None)
        return web.json_response({})

    async def _until(
        self,
        done: Callable[[], bool],
        wait: Callable[[float], Awaitable[bool]],
        request: web.Request,
    ) -> None:
        deadline = asyncio.get_running_loop().time() + wait_of(request)
        while not done() and not self._world.stopping:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await wait(left):
                return

    def _done(self, more: dict[str, Any]) -> web.Response:
        """With the number of the last event: what the bot says to this comes after it."""
        return web.json_response({"seq": self._world.events.seq, **more})

    def _person(self, request: web.Request) -> Person:
        return self._known(number(request, "person"))

    def _known(self, person_id: int) -> Person:
        person = self._world.chats.people.get(person_id)
        if person is None:
            raise Misuse(f"there is no person {person_id}", 404)
        return person

    def _chat(self, request: web.Request) -> Chat:
        chat = self._world.chats.all.get(number(request, "chat"))
        if chat is None:
            raise Misuse("there is no such chat", 404)
        return chat


@web.middleware
async def explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors as sentences; and no page of another site may drive the simulator."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return web.json_response({"error": "requests from other sites are refused"}, status=403)
    try:
        return await handler(request)
    except Misuse as misuse:
        return web.json_response({"error": str(misuse)}, status=misuse.status)
    except (ValueError, TypeError, KeyError) as error:
        return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)


async def told(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    said = json.loads(body) if body else {}
    if not isinstance(said, dict):
        raise Misuse("the body must be a JSON object")
    return said


def number(request: web.Request, name: str, otherwise: int | None = None) -> int:
    """A number out of the path or the query string."""
    given = request.match_info.get(name) or request.query.get(name)
    if given is None:
        if otherwise is None:
            raise Misuse(f"{name} is missing")
        return otherwise
    return int(given)


def wait_of(request: web.Request) -> float:
    return min(float(request.query.get("wait", 0)), WAIT_LIMIT)


def chat_of_update(update: dict[str, Any]) -> int:
    """The chat a raw update seems to belong to, for the order of webhook calls; 0 when unclear."""
    for value in update.values():
        if isinstance(value, dict):
            holder = value.get("message", value)
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return 0
