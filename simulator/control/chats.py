"""Chats as seen on the phones, groups, and answers to taps."""

from aiohttp import web

from simulator.control.asked import chat_of, number, person_of, told, until
from simulator.people import Misuse, People
from simulator.seen import chat_seen
from simulator.world import World


class ChatsControl:
    def __init__(self, world: World) -> None:
        self._world = world
        self._people = People(world)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/groups", self.group),
            web.post("/groups/{chat}/migrate", self.migrate),
            web.get("/chats", self.chats),
            web.get("/chats/{chat}", self.chat),
            web.get("/callbacks/{query}", self.callback),
        ]

    async def group(self, request: web.Request) -> web.Response:
        asked = await told(request)
        members = [person_of(self._world, int(member)) for member in asked.get("members", [])]
        if not members:
            raise Misuse("a group needs members: the first one adds the bot")
        chat = self._world.chats.group(
            str(asked["title"]),
            {member.id for member in members},
            str(asked.get("type", "supergroup")),
            members[0].id,
        )
        self._people.adds_bot(members[0], chat)
        return web.json_response(chat.about)

    async def migrate(self, request: web.Request) -> web.Response:
        """A group becomes a supergroup: the old id answers with the new one from now on."""
        old = chat_of(self._world, request)
        chat = self._world.chats.group(
            old.about["title"], old.members, "supergroup", old.creator_id
        )
        self._world.chats.change(old, migrated_to=chat.id)
        return web.json_response(chat.about)

    async def chats(self, request: web.Request) -> web.Response:
        return web.json_response([
            {"chat": chat.about, "started": chat.started, "blocked": chat.blocked}
            for chat in self._world.chats.all.values()
        ])  # fmt: skip

    async def chat(self, request: web.Request) -> web.Response:
        """The chat as seen; with `wait`, as soon as something has changed in it after `since`."""
        chat, since = chat_of(self._world, request), number(request, "since", 0)
        await until(
            self._world,
            lambda: any(event.chat_id == chat.id for event in self._world.events.since(since)),
            self._world.events.changed.wait,
            request,
        )
        return web.json_response(chat_seen(self._world, chat, since))

    async def callback(self, request: web.Request) -> web.Response:
        """What the bot answered to a tap; with `wait`, as soon as it has answered."""
        query = self._world.queries.get(request.match_info["query"])
        if query is None:
            raise Misuse("there was no such tap", 404)
        await until(
            self._world, lambda: query.answer is not None, self._world.events.changed.wait, request
        )
        return web.json_response({"answered": query.answer is not None, **(query.answer or {})})
