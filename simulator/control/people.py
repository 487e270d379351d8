"""Persons: who lives here, what they do, and the menu they see."""

import re
from typing import Any

from aiohttp import web

from simulator.control.asked import number, person_of, told
from simulator.people import Misuse, People
from simulator.profile import DEFAULT_MENU
from simulator.world import World

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # an IETF tag


class PeopleControl:
    def __init__(self, world: World) -> None:
        self._world = world
        self._people = People(world)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/people", self.people),
            web.post("/people", self.meet),
            web.patch("/people/{person}", self.change),
            web.post("/people/{person}/messages", self.send),
            web.patch("/people/{person}/messages/{message}", self.edit),
            web.post("/people/{person}/taps", self.tap),
            web.post("/people/{person}/{act:block|unblock|deactivate}", self.stand),
            web.get("/people/{person}/commands", self.commands),
        ]

    async def people(self, request: web.Request) -> web.Response:
        return web.json_response([person.user for person in self._world.chats.people.values()])

    async def meet(self, request: web.Request) -> web.Response:
        asked = await told(request)
        known = {"id", "name", "language", "last_name", "username", "is_premium"}
        if not asked.keys() <= known or not is_name(asked.get("name")):
            raise Misuse(f"a person has a name, and perhaps {', '.join(sorted(known - {'name'}))}")
        if asked.get("language") is not None:
            ensure_tag(asked["language"])
        if not isinstance(asked.get("id", 0), int):
            raise Misuse("the id of a person is a number")
        more = {key: asked[key] for key in ("last_name", "username") if asked.get(key)}
        person = self._world.chats.person(
            asked["name"], asked.get("language"), asked.get("id"), **more
        )
        return web.json_response(person.user)

    async def change(self, request: web.Request) -> web.Response:
        """A person changes the language of their app."""
        person, asked = person_of(self._world, number(request, "person")), await told(request)
        if asked.keys() != {"language"}:
            raise Misuse("a person may change the language, and nothing else")
        ensure_tag(asked["language"])
        self._world.chats.speaks(person, asked["language"])
        return web.json_response(person.user)

    async def send(self, request: web.Request) -> web.Response:
        person, asked = person_of(self._world, number(request, "person")), await told(request)
        message = self._people.sends(
            person, self._people.chat_of(person, asked.get("chat_id")), asked
        )
        return self._done({"message_id": message["message_id"]})

    async def edit(self, request: web.Request) -> web.Response:
        person, asked = person_of(self._world, number(request, "person")), await told(request)
        chat = self._people.chat_of(person, asked.get("chat_id"))
        self._people.edits(person, chat, number(request, "message"), str(asked["text"]))
        return self._done({})

    async def tap(self, request: web.Request) -> web.Response:
        person, asked = person_of(self._world, number(request, "person")), await told(request)
        chat = self._people.chat_of(person, asked.get("chat_id"))
        query = self._people.taps(person, chat, int(asked["message_id"]), str(asked["data"]))
        return self._done({"callback_query_id": query.id})

    async def stand(self, request: web.Request) -> web.Response:
        """A person blocks the bot, unblocks it, or leaves Telegram for ever."""
        person = person_of(self._world, number(request, "person"))
        match request.match_info["act"]:
            case "block":
                self._people.blocks(person)
            case "unblock":
                self._people.unblocks(person)
            case _:
                person.deactivated = True
        return self._done({})

    async def commands(self, request: web.Request) -> web.Response:
        """The menu as this person sees it, in the private chat or in a group (`chat_id`)."""
        person, profile = person_of(self._world, number(request, "person")), self._world.profile
        chat = self._people.chat_of(person, number(request, "chat_id", person.id))
        language = person.user.get("language_code", "")
        return web.json_response({
            "commands": profile.commands_seen(chat, person.id, language),
            "menu_button": profile.menu(person.id) if chat.is_private else DEFAULT_MENU,
            "name": profile.text("name", language),
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
        })  # fmt: skip

    def _done(self, more: dict[str, Any]) -> web.Response:
        """With the number of the last event: what the bot says to this comes after it."""
        return web.json_response({"seq": self._world.events.seq, **more})


def is_name(name: Any) -> bool:
    return isinstance(name, str) and bool(name.strip())


def ensure_tag(language: Any) -> None:
    if not isinstance(language, str) or LANGUAGE.fullmatch(language) is None:
        raise Misuse('a language is a tag such as "fr" or "ar"')
