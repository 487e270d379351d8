"""Behind the stage: who runs the bot tells what stands there, and fetches what the page asks for.

The simulator passes on what it is told and understands nothing of it but `acts`: what may be
asked just now.
"""

import re
from collections import deque
from typing import Any

from aiohttp import web

from simulator.control.asked import number, told, until
from simulator.people import Misuse
from simulator.signals import Signal
from simulator.world import World

BODY_LIMIT = 256 * 1024
WORD = re.compile(r"[\w:.-]{1,64}")
NOBODY = (
    "nobody stands behind the stage: this simulator was started alone, without a bot to act on"
)


class Backstage:
    """`shown` is None until somebody tells; `asked` are the last acts, numbered from 1."""

    def __init__(self) -> None:
        self.shown: dict[str, Any] | None = None
        self.changed = Signal()
        self._asked: deque[dict[str, Any]] = deque(maxlen=1000)
        self._count = 0

    def show(self, shown: dict[str, Any]) -> None:
        """Raises Misuse when `acts` is not a list of words."""
        acts = shown.get("acts", [])
        if not isinstance(acts, list) or not all(is_word(act) for act in acts):
            raise Misuse('acts must be a list of words, as "kill" or "play:answer"')
        self.shown = shown

    def ask(self, act: Any) -> int:
        """The act's number; raises Misuse (409) when it cannot be asked now."""
        if not is_word(act):
            raise Misuse('ask as {"act": "kill"}')
        if self.shown is None:
            raise Misuse(NOBODY, 409)
        acts = self.shown.get("acts", [])
        if act not in acts:
            known = ", ".join(acts) or "nothing"
            raise Misuse(f"{act} cannot be asked now; what can: {known}", 409)
        self._count += 1
        self._asked.append({"n": self._count, "act": act})
        self.changed.notify()
        return self._count

    def asked(self, since: int) -> list[dict[str, Any]]:
        return [act for act in self._asked if act["n"] > since]


class BackstageControl:
    def __init__(self, world: World, backstage: Backstage) -> None:
        self._world = world
        self._backstage = backstage
        world.wakes.append(backstage.changed)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.put("/backstage", self.show),
            web.post("/backstage/acts", self.ask),
            web.get("/backstage/acts", self.asked),
        ]

    async def show(self, request: web.Request) -> web.Response:
        try:
            shown = await told(request.clone(client_max_size=BODY_LIMIT))
        except web.HTTPRequestEntityTooLarge:
            raise Misuse(
                f"more than {BODY_LIMIT // 1024} kB stand behind the stage", 413
            ) from None
        self._backstage.show(shown)
        seq = self._world.events.add("backstage", 0, details={"backstage": shown})
        return web.json_response({"seq": seq})

    async def ask(self, request: web.Request) -> web.Response:
        return web.json_response({"n": self._backstage.ask((await told(request)).get("act"))})

    async def asked(self, request: web.Request) -> web.Response:
        """Acts asked for after number `since`; with `wait`, as soon as there is one."""
        since, backstage = number(request, "since", 0), self._backstage
        await until(
            self._world, lambda: bool(backstage.asked(since)), backstage.changed.wait, request
        )
        return web.json_response({"acts": backstage.asked(since)})


def is_word(act: Any) -> bool:
    return isinstance(act, str) and WORD.fullmatch(act) is not None
