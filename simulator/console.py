"""A phone in the terminal: the bot's messages with numbered buttons, a line of text as an answer.

A number taps a button of the newest message that has buttons, anything else is sent as text.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Thread
from typing import TextIO

from aiohttp import ClientError

from simulator.chat_message import Button, ChatMessage
from simulator.control_client import ControlRefused
from simulator.phone import Phone
from simulator.town import Town

PATIENCE = 5.0  # seconds a script's next line waits for the bot's answer to the one before
SETTLED = 0.4  # seconds of silence after which the bot has finished speaking
HELP = "A number taps a button; text is sent. /start begins. End with Ctrl-D."


class Console:
    """One person's conversation, shown as it happens."""

    def __init__(self, phone: Phone, show: TextIO) -> None:
        self._phone = phone
        self._out = show
        self._buttons: list[Button] = []
        self._holder: ChatMessage | None = None
        self._seq = 0
        self._notices = 0
        self.heard = asyncio.Event()

    async def follow(self) -> None:
        """Show whatever the bot says, until cancelled."""
        while True:
            seen = await self._phone.changes(self._seq, wait=30.0)
            for notice in seen["notices"]:
                self._heard()
                if notice["text"]:
                    self._line(f"  ({notice['text']})")
            for known in seen["messages"]:
                message = ChatMessage.from_json(known)
                if message.sender == "bot":
                    self._heard()
                    self._show(message)
            self._seq = seen["seq"]

    async def act(self, line: str) -> None:
        """A number is a tap, everything else is said."""
        if line.isascii() and line.isdigit() and 1 <= int(line) <= len(self._buttons):
            button = self._buttons[int(line) - 1]
            try:
                await self._phone.taps(self._holder, button)
            except LookupError as elsewhere:
                self._line(f"  ({elsewhere})")
            return
        await self._phone.sends(line)

    def _heard(self) -> None:
        self.heard.set()

    def _show(self, message: ChatMessage) -> None:
        mark = "✎ " if message.edited else ""
        what = message.text
        if message.file is not None:
            what = f"[{message.kind} {message.file.name or ''}] {what}"
        elif message.kind != "text":
            what = f"[{message.kind}] {what}"
        self._line(f"\n{self._phone.bot_name} {mark}│ " + what.replace("\n", "\n  │ "))
        if message.buttons:
            self._holder = message
            self._buttons = [button for row in message.buttons for button in row]
            number = 0
            for row in message.buttons:
                texts = []
                for button in row:
                    number += 1
                    texts.append(f"{number}) {button.text}")
                self._line("      " + "    ".join(texts))
        elif self._holder is not None and message.id == self._holder.id:
            self._holder, self._buttons = None, []

    def _line(self, text: str) -> None:
        self._out.write(f"{text}\n")
        self._out.flush()


async def lines(source: TextIO) -> AsyncIterator[str]:
    """Lines as they are typed or piped, without holding the conversation or its end up."""
    loop = asyncio.get_running_loop()
    typed: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        with suppress(RuntimeError, ValueError):  # the conversation has ended meanwhile
            for line in source:
                loop.call_soon_threadsafe(typed.put_nowait, line)
            loop.call_soon_threadsafe(typed.put_nowait, "")

    Thread(target=listen, daemon=True).start()
    while line := await typed.get():
        if line.strip():
            yield line.strip()


async def converse(
    base_url: str, name: str, language: str | None, source: TextIO, show: TextIO
) -> None:
    async with Town.open(base_url) as town:
        phone = await town.phone(name, language)
        console = Console(phone, show)
        following = asyncio.create_task(console.follow())
        show.write(f"{name}'s phone. {HELP}\n")
        show.flush()
        try:
            await settle(console, SETTLED)
            async for line in lines(source):
                if not source.isatty():
                    show.write(f"\n{name} │ {line}\n")
                console.heard.clear()
                await console.act(line)
                if not source.isatty():
                    await settle(console, PATIENCE)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def settle(console: Console, patience: float) -> None:
    """Until the bot has spoken and is silent again, or has not spoken at all."""
    limit = patience
    while True:
        try:
            await asyncio.wait_for(console.heard.wait(), limit)
        except TimeoutError:
            return
        console.heard.clear()
        limit = SETTLED


def run_phone(
    base_url: str,
    name: str,
    language: str | None = None,
    *,
    source: TextIO | None = None,
    show: TextIO | None = None,
) -> int:
    """Converse until the end of input; exit code 0, or 1 with a sentence when nobody answers."""
    show = show or sys.stdout
    try:
        asyncio.run(converse(base_url, name, language, source or sys.stdin, show))
    except KeyboardInterrupt:
        return 0
    except (ClientError, ControlRefused, OSError) as error:
        show.write(f"No simulator answers at {base_url}: {error}\n")
        return 1
    return 0
