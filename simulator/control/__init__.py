"""The control interface over HTTP: people and what they do, chats as seen, time and trouble.

Documented in `docs/developers/simulator.md`. Errors are `{"error": sentence}` with 400 or 404.
"""

from aiohttp import web

from simulator.control.asked import explained
from simulator.control.backstage import Backstage, BackstageControl
from simulator.control.chats import ChatsControl
from simulator.control.files import FilesControl
from simulator.control.page import PageControl
from simulator.control.people import PeopleControl
from simulator.control.record import RecordControl
from simulator.control.stream import StreamControl
from simulator.control.town import TownControl
from simulator.world import World

BODY_LIMIT = 80 * 1024 * 1024  # a file of 50 MB in base64
PARTS = (TownControl, StreamControl, PeopleControl, ChatsControl, FilesControl, RecordControl)


def control_application(world: World) -> web.Application:
    """To be mounted at `/control/`."""
    app = web.Application(middlewares=[explained], client_max_size=BODY_LIMIT)
    backstage = Backstage()
    for part in PARTS:
        app.add_routes(part(world).routes())
    app.add_routes(PageControl(world, backstage).routes())
    app.add_routes(BackstageControl(world, backstage).routes())
    return app
