"""Files as the page opens them: shown where nothing in them can act, else handed over shut."""

import re
from urllib.parse import quote

from aiohttp import web

from simulator.files import StoredFile
from simulator.media_types import OTHER
from simulator.people import Misuse
from simulator.world import World

SHOWN = re.compile(r"image/(png|jpeg|gif|webp|bmp|avif)|(audio|video)/[\w.+-]+|application/pdf")
WRITTEN = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
GUARDS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=3600",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class FilesControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/files/{file_id}", self.file)]

    async def file(self, request: web.Request) -> web.Response:
        """`download` hands over even what could be shown; a part when a `Range` is asked."""
        stored = self._world.files.get(request.match_info["file_id"])
        if stored is None:
            raise Misuse("there is no such file", 404)
        kind = stored.mime_type if WRITTEN.fullmatch(stored.mime_type) else OTHER
        shown = SHOWN.fullmatch(kind) is not None and "download" not in request.query
        headers = GUARDS | {
            "Content-Type": kind,
            "Content-Disposition": disposition(stored, shown=shown),
            "Content-Security-Policy": "frame-ancestors 'self'" if shown else "sandbox",
        }
        return part_of(stored.content, request, headers)


def part_of(content: bytes, request: web.Request, headers: dict[str, str]) -> web.Response:
    """All of it, or the one range asked for; a range that makes no sense is passed over."""
    try:
        start, stop, _ = request.http_range.indices(len(content))
    except ValueError:
        return web.Response(body=content, headers=headers)
    if "Range" not in request.headers:
        return web.Response(body=content, headers=headers)
    if start >= stop:
        nothing = headers | {"Content-Range": f"bytes */{len(content)}"}
        return web.Response(status=416, headers=nothing)
    place = {"Content-Range": f"bytes {start}-{stop - 1}/{len(content)}"}
    return web.Response(status=206, body=content[start:stop], headers=headers | place)


def disposition(stored: StoredFile, *, shown: bool) -> str:
    """The header after RFC 6266: the name as it is, and a plain one for old programs."""
    name = re.sub(r"[\x00-\x1f\x7f/\\]", "_", stored.name) or stored.kind
    plain = re.sub(r"[^\w .()-]", "_", name, flags=re.ASCII)
    how = "inline" if shown else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
