"""A person of the demo: does what the script says; the conversation is printed as it happens."""

from typing import Any

import typer

from bot.demo.house import House
from handlers.language import _, speaking
from simulator.phone import Phone


class Actor:
    """One person with a phone, who reads one language."""

    def __init__(self, house: House, phone: Phone, name: str, language: str) -> None:
        self._house = house
        self._phone = phone
        self.name = name
        self.language = language

    def word(self, source: str) -> str:
        """A button's words in this person's language."""
        with speaking(self.language):
            return _(source)

    async def opens(self, parameter: str) -> None:
        self._tell(f"opens the link ?start={parameter}")
        await self._phone.opens_link(parameter)
        await self.hears()

    async def writes(self, text: str, *, wait: bool = True) -> None:
        self._tell(f"writes: {text}")
        await self._phone.sends(text)
        if wait:
            await self.hears()

    async def taps(self, *labels: str, new: bool = True) -> None:
        """Tap buttons one after the other, each of the newest message that has it."""
        for label in labels:
            self._tell(f"taps [{label}]")
            await self._phone.taps(None, label)
            await self.hears(new=new)

    async def ticks(self, *labels: str) -> None:
        """Tick choices: the same message changes."""
        for label in labels:
            self._tell(f"ticks [{label}]")
            await self._phone.taps(None, label)
            await self._phone.waits_for(timeout=20)

    async def hears(self, **how: Any) -> None:
        """Wait for what the bot says next, and print it."""
        message = await self._phone.waits_for(timeout=20, **{"new": True, **how})
        for number, line in enumerate(str(message.text).splitlines()):
            typer.echo(f"      {'bot:' if number == 0 else '    '} {line}")
        for row in message.buttons:
            typer.echo("           " + " ".join(f"[{button.text}]" for button in row))

    def _tell(self, what: str) -> None:
        typer.secho(f"  {self.name} {what}", bold=True)
