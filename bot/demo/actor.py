"""A person of the demo: does what the script says; the conversation is told as it happens."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import typer

from bot.demo.house import House
from simulator.phone import Phone
from simulator.town import Town

PATIENCE_SECONDS = 20.0
PACE_SECONDS = 1.4
"""Between two acts of a day that is watched."""


def nobody_asks(_people: Sequence[int]) -> None:
    """Who takes part is told to nobody."""


@dataclass(frozen=True)
class Stage:
    """Where a day is played, how fast, and who is told of it."""

    house: House
    town: Town
    pace: float = 0.0
    patience: float = PATIENCE_SECONDS
    tell: Callable[..., object] = typer.secho
    take_part: Callable[[Sequence[int]], None] = nobody_asks

    def part(self, sentence: str) -> None:
        """Say what comes now."""
        self.tell(f"\n{sentence}", fg="green")

    async def passes(self, time: timedelta) -> None:
        """So much time goes by, in the town and for the bot."""
        await self.town.advance_clock(time.total_seconds())
        await self.house.passes(time)

    async def someone(self, names: tuple[str, ...], language: str) -> "Actor":
        """The first of them who has not conversed yet; the last in any case."""
        for name in names:
            phone = await self.town.phone(name, language)
            if not await phone.chat():
                break
        return Actor(self, phone, language)


class Actor:
    """One person with a phone, who reads one language."""

    def __init__(self, stage: Stage, phone: Phone, language: str) -> None:
        self._stage = stage
        self._phone = phone
        self.language = language
        self.acts = 0
        """Taps, messages and opened links so far."""

    @property
    def name(self) -> str:
        return self._phone.name

    @property
    def id(self) -> int:
        return self._phone.id

    def word(self, source: str) -> str:
        """A button's words in this person's language; read late, when the bot is on its way."""
        from handlers.language import _, speaking

        with speaking(self.language):
            return _(source)

    async def opens(self, parameter: str) -> None:
        await self._begin_to(f"opens the link ?start={parameter}")
        await self._phone.opens_link(parameter)
        await self.hears()

    async def writes(self, text: str, *, wait: bool = True) -> None:
        await self._begin_to(f"writes: {text}")
        await self._phone.sends(text)
        if wait:
            await self.hears()

    async def taps(self, *labels: str, new: bool = True) -> None:
        """Tap buttons one after the other, each of the newest message that has it."""
        for label in labels:
            await self._begin_to(f"taps [{label}]")
            await self._taps(label)
            await self.hears(new=new)

    async def answers(self, question: str, label: str) -> None:
        """Tap a button of this question: what was under way at a kill may be said twice."""
        await self._begin_to(f"taps [{label}]")
        await self._taps(label, question)
        await self.hears()

    async def _taps(self, label: str, text: str | None = None) -> None:
        """The newest message with this button, once there is one."""
        patience = self._stage.patience
        message = await self._phone.waits_for(text, button=label, after=0, timeout=patience)
        await self._phone.taps(message, label)

    async def ticks(self, *labels: str) -> None:
        """Tick choices: the same message changes."""
        for label in labels:
            await self._begin_to(f"ticks [{label}]")
            await self._taps(label)
            await self._phone.waits_for(timeout=self._stage.patience)

    async def receives(self, ending: str) -> bytes:
        """Wait for a file whose name ends so, as long as the machine needs for it; its content."""
        async with asyncio.timeout(self._stage.patience * 3):
            while True:
                for message in reversed(await self._phone.chat()):
                    if message.file is not None and str(message.file.name).endswith(ending):
                        return await self._phone.downloads(message)
                await asyncio.sleep(0.2)

    async def hears(self, **how: Any) -> None:
        """Wait for what the bot says next, and tell it."""
        message = await self._phone.waits_for(timeout=self._stage.patience, **{"new": True, **how})
        for number, line in enumerate(str(message.text).splitlines()):
            self._stage.tell(f"      {'bot:' if number == 0 else '    '} {line}")
        for row in message.buttons:
            self._stage.tell("           " + " ".join(f"[{button.text}]" for button in row))

    async def _begin_to(self, what: str) -> None:
        await asyncio.sleep(self._stage.pace)
        self.acts += 1
        self._stage.tell(f"  {self.name} {what}", bold=True)
