"""The web server that operators are given, before a real bot: what passes, what does not."""

import asyncio
import io
import os
import re
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from simulator.phone import Phone
from simulator.town import Town
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.house.project import ROOT
from tests.processes.fixtures import Musharaka
from tests.processes.started import Started
from tests.templates import Filled

SECRET = "a-secret_of-the-commune"  # noqa: S105  (this test's own)
WHY = "a web server knows no database"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{server}
}}
"""


class Behind:
    """A bot and the web server before it, each a process that can be killed."""

    def __init__(
        self, nginx: Path, folder: Path, env: dict[str, str], musharaka: Musharaka
    ) -> None:
        self.port, self.bot_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}/updates"
        self._nginx, self._folder = nginx, folder
        self._musharaka = musharaka
        self._env = {
            **env,
            "WEBHOOK_URL": self.url,
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_PORT": str(self.bot_port),
        }
        self.web: asyncio.subprocess.Process | None = None
        self.bot: Started | None = None

    async def start_web(self) -> None:
        """The file of ``deploy/``, without its certificate, on a port of this machine."""
        server = (ROOT / "deploy" / "nginx.conf").read_text()
        server = re.sub(r"^ *(listen \[|ssl_).*\n", "", server, flags=re.MULTILINE)
        server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        server = server.replace("127.0.0.1:8080", f"127.0.0.1:{self.bot_port}")
        user = "user root;" if os.geteuid() == 0 else ""
        config = self._folder / "nginx.conf"
        config.write_text(AROUND.format(folder=self._folder, user=user, server=server))
        self.web = await asyncio.create_subprocess_exec(
            self._nginx, "-p", str(self._folder), "-e", "stderr", "-c", str(config)
        )
        await listening(self.port)

    async def start_bot(self) -> None:
        self.bot = self._musharaka("run", env=self._env)
        await listening(self.bot_port)

    async def kill_web(self) -> None:
        """End it and its children at once, with no word of farewell."""
        if self.web is None or self.web.returncode is not None:
            return
        children = children_of(self.web.pid)
        self.web.kill()
        for child in children:
            os.kill(child, signal.SIGKILL)
        await self.web.wait()

    async def kill_bot(self) -> None:
        if self.bot is not None:
            await self.bot.killed()

    async def post(self, path: str, body: bytes, method: str = "POST") -> int:
        address = f"http://127.0.0.1:{self.port}{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address, data=io.BytesIO(body)) as answer,
        ):
            return answer.status


def children_of(pid: int) -> list[int]:
    """nginx works in a child, which would go on alone."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def listening(port: int) -> None:
    async with asyncio.timeout(90):
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            await asyncio.sleep(0.05)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def env(example_url: str, loaded_example: Filled, tmp_path: Path, town: Town) -> dict[str, str]:
    shutil.copyfile(loaded_example.keys, tmp_path / "keys")
    return {
        "BOT_TOKEN": town.token,
        "BOT_API_BASE": town.base_url,
        "DATABASE_URL": example_url,
        "KEY_FILE": str(tmp_path / "keys"),
    }


@pytest.fixture
async def behind(
    nginx: Path, env: dict[str, str], tmp_path: Path, town: Town, musharaka: Musharaka
) -> AsyncIterator[Behind]:
    folder = tmp_path / "nginx"
    folder.mkdir()
    await town.settings(webhook_backoff=0.1, webhook_backoff_most=0.5)
    both = Behind(nginx, folder, env, musharaka)
    try:
        await both.start_web()
        await both.start_bot()
        yield both
    finally:
        await both.kill_web()


@pytest.mark.only("sqlite", reason=WHY)
async def test_an_update_passes_and_is_answered_and_nothing_else_does(
    behind: Behind, town: Town, amina: Phone
) -> None:
    await amina.sends("/start")
    await amina.waits_for("Bienvenue", timeout=30)

    polls = await town.requests(polls=True, method="getUpdates")
    refused = [
        await behind.post("/updates", b"{}"),
        await behind.post("/other", b"{}"),
        await behind.post("/updates/x", b"{}"),
        await behind.post("/updates", b"[" + b" " * 1_100_000),
        await behind.post("/updates", b"", method="GET"),
    ]

    assert not polls
    assert refused == [401, 404, 404, 413, 403]


@pytest.mark.only("sqlite", reason=WHY)
async def test_neither_a_killed_web_server_nor_a_killed_bot_loses_a_word(
    behind: Behind, env: dict[str, str], town: Town, amina: Phone, hassan: Phone
) -> None:
    await amina.sends("/start")
    await amina.waits_for("Bienvenue", timeout=30)

    await behind.kill_web()
    await amina.sends("/help")
    await behind.start_web()
    await behind.kill_bot()
    await hassan.sends("/start")
    await behind.start_bot()
    await hassan.waits_for(timeout=30)

    commune = Commune(env["DATABASE_URL"], Path(env["KEY_FILE"]), town)
    await commune.settled()
    assert await commune.inbox() == {InboxState.DONE: 3}
    await commune.end()
