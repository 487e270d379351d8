"""A simulated town, driven from a test or a script: people, clock, troubles, recorded requests.

Speaks HTTP only: the simulator may run in this process or in another one.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, TCPConnector

from simulator.control_client import ControlClient
from simulator.phone import Phone


@dataclass(frozen=True)
class Request:
    """One request of the bot as it was recorded; `at` is the simulator's time.

    `effect` says whether it was carried out; `status` is None while it has no answer; `delivered`
    is None until the answer has left, then whether the connection was still open.
    """

    n: int
    at: float
    method: str
    via: str
    params: dict[str, Any]
    chat_id: int | None
    effect: bool
    status: int | None
    outcome: Any
    delivered: bool | None
    seconds: float | None

    @classmethod
    def from_json(cls, line: str) -> Self:
        recorded = json.loads(line)
        recorded["at"] = recorded.pop("time")
        return cls(**recorded)


class NotQuiet(AssertionError):
    """Something is still going on in the town."""


class Town:
    def __init__(self, base_url: str, session: ClientSession, about: dict[str, Any]) -> None:
        self._control = ControlClient(base_url, session)
        self.base_url = base_url.rstrip("/")
        self.about = about
        self.bot: dict[str, Any] = about["bot"]
        self.token: str = about["token"]

    @classmethod
    @asynccontextmanager
    async def open(cls, base_url: str) -> AsyncIterator[Self]:
        """A running simulator's town; raises aiohttp.ClientError when nobody answers there."""
        # every waiting phone holds a connection: a limit would starve who asks beside a hundred
        async with ClientSession(connector=TCPConnector(limit=0)) as session:
            about = await ControlClient(base_url, session).get("/about")
            yield cls(base_url, session, about)

    async def phone(self, name: str, language: str | None = None, **more: Any) -> Phone:
        """The phone of the person of that name, who appears now or lives here already.

        `more`: last_name, username, id.
        """
        body = {"name": name, "language": language, **more}
        return Phone(self._control, await self._control.post("/people", body), self.bot)

    async def group(self, title: str, *members: Phone, kind: str = "supergroup") -> dict[str, Any]:
        """A group ("group" or "supergroup") to which its first member has added the bot."""
        body = {"title": title, "members": [member.id for member in members], "type": kind}
        group: dict[str, Any] = await self._control.post("/groups", body)
        return group

    async def migrates(self, group: dict[str, Any]) -> dict[str, Any]:
        """The group becomes a supergroup with a new id."""
        moved: dict[str, Any] = await self._control.post(f"/groups/{group['id']}/migrate")
        return moved

    async def advance_clock(self, seconds: float) -> float:
        """Move the simulator's clock; its time afterwards."""
        return float((await self._control.post("/clock", {"advance": seconds}))["now"])

    async def settings(self, **changes: Any) -> dict[str, Any]:
        """The settings after those changes; see `simulator.settings.Settings`."""
        settings: dict[str, Any] = await self._control.patch("/settings", changes)
        return settings

    async def fault(self, kind: str, methods: str = "*", **more: Any) -> int:
        """Set a fault, see `simulator.faults`; its id.

        "The next three sendMessage are reset after their effect" is
        `fault("reset_after", "sendMessage", count=3)`.
        """
        return int(
            (await self._control.post("/faults", {"kind": kind, "methods": methods, **more}))["id"]
        )

    async def faults(self) -> list[dict[str, Any]]:
        """Those that are set, with how often each has happened."""
        faults: list[dict[str, Any]] = await self._control.get("/faults")
        return faults

    async def clear_faults(self, fault_id: int | None = None) -> None:
        await self._control.delete("/faults" if fault_id is None else f"/faults/{fault_id}")

    async def push_update(self, raw: dict[str, Any]) -> int:
        """Queue a raw update, well formed or not; its id."""
        return int((await self._control.post("/updates", raw))["update_id"])

    async def repeat_updates(self, last: int = 1) -> list[int]:
        """Deliver the last confirmed updates once more; their ids."""
        return list((await self._control.post("/updates/repeat", {"last": last}))["update_ids"])

    async def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return int((await self._control.get("/updates"))["pending"])

    async def requests(
        self,
        since: int = 0,
        *,
        method: str = "*",
        chat_id: int | None = None,
        polls: bool = False,
        stage: str = "arrived",
        wait: float = 0.0,
    ) -> list[Request]:
        """What the bot has asked after request number `since`; getUpdates only with `polls`.

        `stage` leaves out those that have not come so far: arrived, effect, answered, delivered
        (the answer was written, whether or not it could be). With `wait`, up to so many seconds
        until there is one.
        """
        query = {
            "since": since,
            "method": method,
            "wait": wait,
            "stage": stage,
            "polls": int(polls),
        }
        if chat_id is not None:
            query["chat_id"] = chat_id
        lines = await self._control.text("/requests", **query)
        return [Request.from_json(line) for line in lines.splitlines()]

    async def forget_requests(self) -> int:
        """Empty the record; the number of the last request, to be used as `since`."""
        return int((await self._control.delete("/requests"))["count"])

    async def quiet(self, timeout: float = 10.0, *, calm: float = 0.15) -> None:  # noqa: ASYNC109
        """Wait until no update is pending and no request was in flight for `calm` seconds."""
        said = await self._control.get("/quiet", wait=timeout, **{"for": calm})
        if not said["quiet"]:
            raise NotQuiet(
                f"after {timeout:g} s {said['pending']} updates are pending and "
                f"{said['in_flight']} requests are in flight"
            )
