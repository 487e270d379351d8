"""What the phone page begins with: the whole town as it is now, in one answer."""

from aiohttp import web

from simulator.control.backstage import Backstage
from simulator.seen import conversation
from simulator.world import World


class PageControl:
    def __init__(self, world: World, backstage: Backstage) -> None:
        self._world = world
        self._backstage = backstage

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/page", self.page)]

    async def page(self, request: web.Request) -> web.Response:
        """`seq` is where the stream of changes goes on from."""
        world = self._world
        if world.events.unsaid_at == world.events.seq:  # told herewith: who follows from here
            world.tell_queue()  # has missed nothing
        return web.json_response({
            "town": world.town,
            "seq": world.events.seq,
            "bot": world.bot | {"first_name": world.profile.text("name", "")},
            "bot_api": world.schema.version,
            "people": [person.user for person in world.chats.people.values()],
            "chats": [conversation(world, chat) for chat in world.chats.all.values()],
            "faults": [fault.to_json() for fault in world.faults.all()],
            "pending": len(world.updates.pending),
            "backstage": self._backstage.shown,
        })  # fmt: skip
