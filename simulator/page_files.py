"""The files of the phone page: `/` and `/page/…`, read anew for each request, and guarded."""

import gzip
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from simulator.media_types import OTHER, media_type_of

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
NO_PAGE = "The phone page is not installed. Control interface: /control/about\n"


class PageFiles:
    """Answers carry an ETag and `no-cache`: an edit is seen when the page is loaded again."""

    def __init__(self, folder: Path = PAGE) -> None:
        self._folder = folder.resolve()

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/", self.index), web.get("/page/{path:.+}", self.file)]

    async def index(self, request: web.Request) -> web.StreamResponse:
        return self._answer(request, "index.html")

    async def file(self, request: web.Request) -> web.StreamResponse:
        return self._answer(request, request.match_info["path"])

    def _answer(self, request: web.Request, path: str) -> web.StreamResponse:
        found = self.found(path)
        if found is None:
            return web.Response(status=404, text=NO_PAGE if path == "index.html" else "Not found")
        kind = media_type_of(found.name)
        words = kind.startswith("text/") or kind.endswith(("json", "svg+xml"))
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if words else kind,
            "Cache-Control": "no-cache",
        }
        if words:
            return packed(request, found.read_bytes(), headers | GUARDS)
        return web.FileResponse(found, headers=headers | GUARDS)

    def found(self, path: str) -> Path | None:
        """The file of that path, if it lies in the page's folder and is of a known kind."""
        try:
            found = (self._folder / path).resolve()
            inside = found.is_relative_to(self._folder) and found.is_file()
        except (OSError, ValueError):  # a name no file can have
            return None
        return found if inside and media_type_of(found.name) != OTHER else None


def packed(request: web.Request, content: bytes, headers: dict[str, str]) -> web.Response:
    """Words, compressed for a client that takes it; 304 for one that has them already."""
    etag = sha256(content).hexdigest()[:32]
    headers = headers | {"ETag": f'"{etag}"', "Vary": "Accept-Encoding"}
    if any(known.value in (etag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = compressed(content)
    return web.Response(body=content, headers=headers)


@lru_cache(maxsize=256)
def compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
