"""What is under way at one moment, as rows and the simulator's record tell it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.batch import CHAT, OUTBOX
from simulator.control_client import ControlClient
from simulator.town import Request, Town
from storage.keys import Keyring
from tests.chaos.rows import Rows


class Stage(StrEnum):
    """How far an update or its answer has come."""

    FETCHED = "fetched"
    """Telegram has handed updates out, and there is no row of them."""
    STORED = "stored"
    """There are rows, and Telegram has not been told: it would hand the updates out again."""
    WAITING = "waiting"
    """There are rows, Telegram has forgotten the updates, and nothing is done about them."""
    SAVED = "saved"
    """The answer stands in rows, and no request of its reply has reached Telegram."""
    CARRIED_OUT = "carried_out"
    """Telegram has carried out a request whose outbox row is still there."""
    HALFWAY = "halfway"
    """One request of a person's reply is carried out, and another has not reached Telegram."""
    STARTING = "starting"
    """The bot has been started, has not asked for updates yet, and something waits for it."""


@dataclass(frozen=True)
class Look:
    """What was seen; ``request`` is the last request that had arrived."""

    stages: frozenset[Stage]
    outbox: int
    in_flight: int
    """Rows of the outbox whose request has reached Telegram."""
    waiting: int
    unconfirmed: int
    request: int


@dataclass
class Watcher:
    """Looks at rows and record; a stopped or killed bot keeps them still."""

    town: Town
    control: ControlClient
    rows: Rows
    keyring: Keyring
    requests: dict[int, Request] = field(default_factory=dict)
    started_at: int = 0
    """The last request that came before the present start."""
    _settled: int = 0
    _effects: dict[str, bool] = field(default_factory=dict)
    """By what makes a request the same: whether it was carried out."""

    async def note_start(self) -> None:
        await self.read_record()
        self.started_at = max(self.requests, default=0)

    async def look(self) -> Look:
        """Everything, at one moment, as far as the bot is held still."""
        stored = await self.rows.fetch("SELECT max(update_id) FROM inbox")
        waiting = await self.rows.fetch(
            "SELECT update_id FROM inbox WHERE state = 'waiting' AND update_id IS NOT NULL"
        )
        outbox = await self.rows.fetch(
            "SELECT chat, method, payload FROM outbox WHERE state = 'waiting' ORDER BY id"
        )
        await self.read_record()
        pending = await self.pending()
        oldest = pending[0] if pending else float("inf")
        newest = stored[0][0] or 0
        stages, in_flight = self._of_replies(outbox)
        present = [one for n, one in self.requests.items() if n > self.started_at]
        if any(_handed_out(one) > newest for one in present):
            stages.add(Stage.FETCHED)
        if newest >= oldest:
            stages.add(Stage.STORED)
        if any(number < oldest for (number,) in waiting):
            stages.add(Stage.WAITING)
        has_polled = any(one.method == "getUpdates" for one in present)
        if not has_polled and (pending or waiting or outbox):
            stages.add(Stage.STARTING)
        last = max(self.requests, default=0)
        return Look(frozenset(stages), len(outbox), in_flight, len(waiting), len(pending), last)

    def carried_out(self) -> list[Request]:
        """Requests that changed a chat, in order."""
        return [
            one
            for _, one in sorted(self.requests.items())
            if one.effect and one.chat_id is not None
        ]

    async def confirmed(self) -> int:
        """The newest update that Telegram has forgotten; the record has been read before."""
        pending = await self.pending()
        if pending:
            return pending[0] - 1
        return max((_handed_out(one) for one in self.requests.values()), default=0)

    async def pending(self) -> list[int]:
        """The updates that Telegram would hand out again."""
        return list((await self.control.get("/updates"))["update_ids"])

    def answered_taps(self) -> int:
        """How many taps the bot has answered, in time or too late."""
        return len(
            {
                one.params["callback_query_id"]
                for one in self.requests.values()
                if one.method == "answerCallbackQuery" and one.params
            }
        )

    async def read_record(self) -> None:
        """New requests, and those again that were under way the last time."""
        for one in await self.town.requests(self._settled, polls=True):
            self.requests[one.n] = one
            if one.method != "getUpdates":
                key = same(one.method, one.params)
                self._effects[key] = self._effects.get(key, False) or one.effect
        self._settled = max(self.requests, default=0)
        for number in sorted(self.requests, reverse=True)[:400]:
            if self.requests[number].delivered is None:
                self._settled = number - 1

    def _of_replies(self, outbox: Any) -> tuple[set[Stage], int]:
        by_chat: defaultdict[int, list[str]] = defaultdict(list)
        for chat, method, payload in outbox:
            params = json.loads(self.keyring.open(bytes(payload), OUTBOX))
            number = 0 if chat is None else self.keyring.open_number(bytes(chat), CHAT)
            by_chat[number].append(same(method, params))
        stages: set[Stage] = set()
        in_flight = 0
        for requests in by_chat.values():
            unsent = [one for one in requests if one not in self._effects]
            in_flight += len(requests) - len(unsent)
            if len(unsent) == len(requests):
                stages.add(Stage.SAVED)
            if any(self._effects.get(one) for one in requests):
                stages.add(Stage.CARRIED_OUT)
                if unsent:
                    stages.add(Stage.HALFWAY)
        return stages, in_flight


def same(method: str, params: Mapping[str, Any]) -> str:
    """What makes a request the same one; the sender fills in which message an edit changes."""
    kept = {name: value for name, value in params.items() if name != "message_id"}
    return f"{method} {json.dumps(kept, sort_keys=True, ensure_ascii=False)}"


def _handed_out(request: Request) -> int:
    """The newest update in an answer that was written, 0 for none."""
    if request.method != "getUpdates" or not request.delivered:
        return 0
    return max(request.outcome, default=0) if isinstance(request.outcome, list) else 0
