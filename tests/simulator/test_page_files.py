"""The page's files over HTTP: what is served, how it is guarded, and what stays out of reach."""

from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from yarl import URL

from simulator.page_files import PAGE, PageFiles
from simulator.server import Running
from tests.simulator.asking import Asking

KINDS = {
    "js/start.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icons.svg": "image/svg+xml; charset=utf-8",
    "fonts/letters.woff2": "font/woff2",
    "voices/sample.ogg": "audio/ogg",
}


async def test_the_page_is_served_with_a_policy_that_lets_nothing_foreign_in(
    running: Running, bot: Asking
) -> None:
    async with bot.session.get(running.base_url) as response:
        words = await response.text()

    assert response.content_type == "text/html"
    assert words.lower().startswith("<!doctype html>")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_every_file_of_the_page_is_of_a_kind_that_is_served(
    running: Running, bot: Asking
) -> None:
    served = [path for path in PAGE.rglob("*.*") if path.suffix in (".css", ".js", ".woff2")]
    assert served

    for path in served:
        address = f"{running.base_url}/page/{path.relative_to(PAGE).as_posix()}"
        async with bot.session.head(address) as response:
            assert response.status == 200, path
            assert response.content_type != "application/octet-stream"


@pytest.mark.parametrize("name", KINDS)
async def test_each_file_has_the_type_that_browsers_ask_for(folder: Path, name: str) -> None:
    place = folder / "page" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")

    async with (
        served(folder) as server,
        ClientSession() as session,
        session.get(server.make_url(f"/page/{name}")) as response,
    ):
        assert response.headers["Content-Type"] == KINDS[name]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_edit_is_seen_and_what_is_unchanged_is_not_sent_again(folder: Path) -> None:
    place = folder / "page" / "page.css"
    place.write_text("a{}")

    async with served(folder) as server, ClientSession() as session:
        address = server.make_url("/page/page.css")
        async with session.get(address) as response:
            known = {"If-None-Match": response.headers["ETag"]}
            assert response.headers["Cache-Control"] == "no-cache"
        async with session.get(address, headers=known) as response:
            assert response.status == 304
        place.write_text("b{color:red}")
        async with session.get(address, headers=known) as response:
            assert (response.status, await response.text()) == (200, "b{color:red}")


@pytest.mark.parametrize(
    "path",
    ["..%2Fsecret.css", "%2e%2e/secret.css", "js/..%2f..%2fsecret.css", "%2Fetc%2Fhostname.txt",
     "link.css", "notes.py", ".hidden", "js", "a%00.css", "x" * 5000 + ".css", "absent.css"],
)  # fmt: skip
async def test_nothing_outside_the_page_is_served(folder: Path, path: str) -> None:
    (folder / "secret.css").write_text("secret")
    (folder / "page" / "js").mkdir()
    for name in ("notes.py", ".hidden"):
        (folder / "page" / name).write_text("secret")
    (folder / "page" / "link.css").symlink_to(folder / "secret.css")

    async with served(folder) as server, ClientSession() as session:
        address = URL(f"{server.make_url('/page/')}{path}", encoded=True)
        async with session.get(address) as response:
            assert response.status == 404
            assert "secret" not in await response.text()


async def test_without_its_files_there_is_a_sentence(folder: Path) -> None:
    async with (
        served(folder) as server,
        ClientSession() as session,
        session.get(server.make_url("/")) as response,
    ):
        assert response.status == 404
        assert "/control/about" in await response.text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page").mkdir()
    return tmp_path


def served(folder: Path) -> TestServer:
    app = web.Application()
    app.add_routes(PageFiles(folder / "page").routes())
    return TestServer(app)


async def test_words_travel_packed_to_those_who_can_unpack_them(
    running: Running, bot: Asking
) -> None:
    address = f"{running.base_url}/page/js/start.js"
    lying_there = (PAGE / "js" / "start.js").read_bytes()

    async with bot.session.get(address, headers={"Accept-Encoding": "gzip"}) as packed:
        assert await packed.read() == lying_there
    async with bot.session.get(address, headers={"Accept-Encoding": "identity"}) as plain:
        assert await plain.read() == lying_there
    known = {"If-None-Match": packed.headers["ETag"]}
    async with bot.session.get(address, headers=known) as again:
        assert await again.read() == b""

    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < len(lying_there)
    assert "Content-Encoding" not in plain.headers
    assert again.status == 304
