"""The town as a whole: what it is, its settings, its clock, its troubles."""

from aiohttp import web

from simulator.control.asked import number, told
from simulator.schema import bot_api_version
from simulator.world import World


class TownControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/about", self.about),
            web.get("/settings", self.settings),
            web.patch("/settings", self.change_settings),
            web.post("/clock", self.advance_clock),
            web.get("/faults", self.faults),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.delete("/faults/{fault}", self.clear_faults),
        ]

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

    async def faults(self, request: web.Request) -> web.Response:
        return web.json_response([fault.to_json() for fault in self._world.faults.all()])

    async def add_fault(self, request: web.Request) -> web.Response:
        fault = self._world.faults.add(await told(request))
        self._world.tell_faults()
        return web.json_response(fault.to_json())

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear(number(request, "fault", 0) or None)
        self._world.tell_faults()
        return web.json_response({})
