"""The simulator as a process of its own, and the phone in the terminal beside it."""

import asyncio
import io
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from simulator.__main__ import main
from simulator.console import run_phone
from simulator.server import OpenHost, PortInUse, Running, start
from simulator.town import Town
from tests.simulator.asking import Asking


@pytest.fixture
async def process() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", stdout=subprocess.PIPE
    )
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()
    process._transport.close()  # type: ignore[attr-defined] # else it warns when it is collected


async def first_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 20)).decode()


async def test_it_says_where_it_is_and_which_bot_api_and_stops_when_told(
    process: asyncio.subprocess.Process,
) -> None:
    line = await first_line(process)
    base_url = line.split(" at ")[1].strip()

    async with Town.open(base_url) as town:
        about = town.about
    process.send_signal(signal.SIGTERM)

    assert "Bot API 10.3" in line
    assert about["simulator"] in line
    assert base_url.startswith("http://127.0.0.1:")
    assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_it_stops_while_a_poll_waits(process: asyncio.subprocess.Process, bot: Any) -> None:
    base_url = (await first_line(process)).split(" at ")[1].strip()
    async with Town.open(base_url) as town:
        asking = Asking(f"{base_url}/bot{town.token}", bot.session)
        poll = asyncio.create_task(asking.updates(timeout=50))
        await asyncio.sleep(0.1)

        process.send_signal(signal.SIGINT)

        assert await asyncio.wait_for(poll, 5) == []
        assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_it_listens_beyond_this_machine_only_when_told_so_explicitly() -> None:
    with pytest.raises(OpenHost, match="allow other hosts explicitly"):
        async with start("0.0.0.0"):  # noqa: S104 - refused
            pass


def test_another_host_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--host", "0.0.0.0", "--port", "0"])  # noqa: S104 - refused

    assert code == 2
    assert capsys.readouterr().err.startswith("simulator: 0.0.0.0 is not this machine alone")


async def test_a_port_in_use_is_one_sentence_that_says_what_to_do(running: Running) -> None:
    port = int(running.base_url.rpartition(":")[2])

    for command in (["-m", "simulator"], ["-m", "bot", "simulator"]):
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--port", str(port), stderr=subprocess.PIPE
        )
        _, said = await asyncio.wait_for(process.communicate(), 30)

        assert process.returncode == 2
        assert f"port {port} on 127.0.0.1 is in use" in said.decode()
        assert "--port 0" in said.decode()
        assert "Traceback" not in said.decode()
    with pytest.raises(PortInUse, match=f"port {port} on 127.0.0.1 is in use"):
        async with start(port=port):
            pass


@pytest.mark.parametrize("port", ["70000", "-1", "x"])
def test_what_is_no_port_is_explained(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([f"--port={port}"])

    assert ended.value.code == 2
    assert "is no port: 1 to 65535" in capsys.readouterr().err


async def test_a_conversation_in_the_terminal(bot: Asking, town: Town) -> None:
    """A piped script: the bot answers /start with a card, the tap with a notice and an edit."""
    answering = asyncio.create_task(answer(bot))
    shown = io.StringIO()

    code = await asyncio.to_thread(
        run_phone, town.base_url, "Amina", "fr", source=io.StringIO("/start\n1\n"), show=shown
    )

    answering.cancel()
    words = shown.getvalue()
    assert code == 0
    assert "Amina │ /start" in words
    assert "Simulated bot │ Pétition" in words
    assert "1) Soutenir    2) Retour" in words
    assert "(Merci)" in words
    assert "Simulated bot ✎ │ Soutenue" in words


def test_the_terminal_says_when_no_simulator_answers() -> None:
    shown = io.StringIO()

    code = run_phone("http://127.0.0.1:9", "Amina", source=io.StringIO(""), show=shown)

    assert code == 1
    assert "No simulator answers at http://127.0.0.1:9" in shown.getvalue()


async def answer(bot: Asking) -> None:
    """A bot of two sentences."""
    row = [{"text": text, "callback_data": text} for text in ("Soutenir", "Retour")]
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=20):
            offset = update["update_id"] + 1
            if "message" in update:
                chat_id, markup = update["message"]["chat"]["id"], {"inline_keyboard": [row]}
                await bot("sendMessage", chat_id=chat_id, text="Pétition", reply_markup=markup)
                continue
            query = update["callback_query"]
            await bot("answerCallbackQuery", callback_query_id=query["id"], text="Merci")
            place = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
            await bot("editMessageText", **place, text="Soutenue")
