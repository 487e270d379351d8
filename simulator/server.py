"""The simulator as one HTTP server: Bot API, files, control interface, and the phone page."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web

from simulator.api import BotApi
from simulator.control import control_application
from simulator.files import UPLOAD_LIMIT
from simulator.page_files import PageFiles
from simulator.settings import DEFAULT_TOKEN, Settings
from simulator.webhook import WebhookCaller
from simulator.world import World

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class OpenHost(ValueError):
    """The simulator would be reachable from other machines, which nobody has asked for."""


class PortInUse(OSError):
    """Another program listens there; the sentence says what to do."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            errno.EADDRINUSE,
            f"port {port} on {host} is in use by another program, perhaps another simulator; "
            f"choose another port, or --port 0, which takes a free one",
        )

    def __str__(self) -> str:
        return str(self.strerror)


@dataclass(frozen=True)
class Running:
    """A started server: where it is, and its state for tests in the same process."""

    base_url: str
    token: str
    world: World

    @property
    def bot_url(self) -> str:
        return f"{self.base_url}/bot{self.token}"


@asynccontextmanager
async def start(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    token: str = DEFAULT_TOKEN,
    settings: Settings | None = None,
    allow_other_hosts: bool = False,
) -> AsyncIterator[Running]:
    """Serve until the block is left; port 0 takes a free one. Raises OpenHost, PortInUse."""
    if host not in LOOPBACK and not allow_other_hosts:
        raise OpenHost(f"{host} is not this machine alone; allow other hosts explicitly")
    world = World(settings or Settings(), token)
    api = BotApi(world, any_name=allow_other_hosts)
    runner = web.AppRunner(
        application(world, api), access_log=None, shutdown_timeout=0.5, keepalive_timeout=120
    )
    await runner.setup()
    caller = asyncio.create_task(WebhookCaller(world, api).run())
    try:
        site = web.TCPSite(runner, host, port, backlog=1024)
        await listening(site, host, port)
        bound = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        yield Running(f"http://{shown}:{bound}", token, world)
    finally:
        world.stop()
        caller.cancel()
        with suppress(asyncio.CancelledError):
            await caller
        await runner.cleanup()


async def listening(site: web.TCPSite, host: str, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortInUse(host, port) from None


def application(world: World, api: BotApi) -> web.Application:
    async def control(request: web.Request) -> web.Response:
        raise web.HTTPFound("/control/about")

    app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", api.file)
    app.add_routes(PageFiles().routes())
    app.router.add_get("/control", control)
    app.add_subapp("/control/", control_application(world))
    return app
