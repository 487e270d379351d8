"""People who answer in a closed loop: each acts again when what their act led to has arrived."""

import asyncio
import gc
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.bots import Bot
from benchmarks.machine import cpu_seconds
from benchmarks.scripts import Act, Script
from simulator.chats import Chat, Person
from simulator.events import Event

PATIENCE_SECONDS = 60.0


class Stuck(Exception):
    """Somebody waits for an answer that does not come."""


class Refusals(Exception):
    """The server refused requests of the bot during a measurement."""


@dataclass(slots=True)
class Seat:
    """One of the chats that are open at a time; a new person takes it after each receipt."""

    script: Script
    person: Person
    chat: Chat
    position: int = 0
    awaited: int = 0
    """Changes in the chat that the last act still leads to."""
    message_id: int = 0
    acted_at: float = 0.0
    hold: int | None = None
    """Where the person waits, before this act."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of load and what it took."""

    answers: int
    updates: int
    requests: int
    seconds: float
    bot_cpu: float
    server_cpu: float

    @property
    def answers_per_second(self) -> float:
        return self.answers / self.seconds

    @property
    def server_share(self) -> float:
        """How busy the server's process was; near 1 it limits what is measured."""
        return self.server_cpu / self.seconds


@dataclass
class Crowd:
    """``numbered``: texts and data get a number, so that an echo never repeats itself."""

    bot: Bot
    scripts: Sequence[Script]
    size: int
    numbered: bool = False
    answers: int = 0
    updates: int = 0
    people: list[int] = field(default_factory=list)
    """Chat ids of everybody who has come so far."""
    taps: list[float] = field(default_factory=list)
    """Seconds from each tap to the next question's arrival, while ``timing``."""
    timing: bool = False

    def __post_init__(self) -> None:
        self._telegram = self.bot.telegram
        self._endless = itertools.cycle(self.scripts)
        self._count = 0
        self._running = False
        self._target = 0
        self._reached = asyncio.Event()
        self._seats: dict[int, Seat] = {}
        self._idle: list[Seat] = [self._sit() for _ in range(self.size)]

    def _sit(self) -> Seat:
        person, chat = self._telegram.newcomer()
        self.people.append(chat.id)
        seat = self._seats[chat.id] = Seat(next(self._endless), person, chat)
        return seat

    async def measure(self, warm_up: int, answers: int, *, rest: bool = True) -> Window:
        """Let everybody answer, and ``rest`` afterwards until nothing moves.

        Raises Stuck, Refusals, and BotFailed where the bot has ended.
        """
        gc.collect()
        gc.disable()
        try:
            self.resume()
            await self.until(self.answers + warm_up)
            first, began = self._now(), time.perf_counter()
            count, updates = self.answers, self.updates
            since = self._telegram.world.record.count
            await self.until(self.answers + answers)
            seconds, last = time.perf_counter() - began, self._now()
        finally:
            gc.enable()
        made = self._made(since)
        window = Window(
            self.answers - count,
            self.updates - updates,
            made,
            seconds,
            last[0] - first[0],
            last[1] - first[1],
        )
        await self.pause()
        if rest:
            await self._telegram.quiet(0.1)
        return window

    def resume(self) -> None:
        self._telegram.on_change = self._changed
        self._running = True
        idle, self._idle = self._idle, []
        for seat in idle:
            self._go_on(seat)

    async def pause(self) -> None:
        """Nobody acts any more; returns when everybody has their answer."""
        self._running = False
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self._idle) < self.size:
            await asyncio.sleep(0.02)
            if time.monotonic() > deadline:
                self._stuck()

    async def until(self, answers: int) -> None:
        """Until so many answers are counted since the beginning."""
        self._target = answers
        self._reached.clear()
        if self.answers >= answers:
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._reached.wait()
        except TimeoutError:
            self._stuck()

    async def stagger(self) -> None:
        """Spread newcomers over their conversations, so that every window has the same mix."""
        await self._gather([n % len(seat.script) for n, seat in enumerate(self._idle)])

    async def gather_at(self, first: int) -> None:
        """Let newcomers go on until they stand before this act."""
        await self._gather([first] * len(self._idle))

    async def _gather(self, places: Sequence[int]) -> None:
        for seat, place in zip(self._idle, places, strict=True):
            seat.hold = place
        self.resume()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self._idle) < self.size:
            await asyncio.sleep(0.02)
            if time.monotonic() > deadline:
                self._stuck()
        self._running = False
        for seat in self._idle:
            seat.hold = None
        await self._telegram.quiet(0.1)

    async def burst(self, first: int, count: int) -> float:
        """Everybody, gathered, does ``count`` acts at once; seconds until all are answered."""
        self._telegram.on_change = self._changed
        waiting, self._idle = self._idle, []
        self._target = 0
        began = time.perf_counter()
        for step in range(first, first + count):
            for seat in waiting:
                self._push(seat, seat.script[step])
        for seat in waiting:
            acts = seat.script[first : first + count]
            seat.awaited = sum(act.changes for act in acts)
            seat.position = first + count - 1
        async with asyncio.timeout(PATIENCE_SECONDS * 2):
            while len(self._idle) < self.size:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        seconds = time.perf_counter() - began
        self.updates += (count - 1) * self.size
        self.answers += (count - 1) * self.size
        await self._telegram.quiet(0.1)
        return seconds

    def _stuck(self) -> None:
        self.bot.check()
        waiting = [seat for seat in self._seats.values() if seat.awaited > 0]
        acts = sorted({seat.script[seat.position].words for seat in waiting})
        raise Stuck(f"{self.bot.name}: {len(waiting)} wait for an answer to {acts[:5]}")

    def _now(self) -> tuple[float, float]:
        return cpu_seconds(self.bot.pid), time.process_time()

    def _made(self, since: int) -> int:
        """The bot's requests since then; the record is the witness that none was refused."""
        made = 0
        for entry in self._telegram.world.record.since(since):
            if entry.method == "getUpdates":
                continue
            made += 1
            if entry.status not in (None, 200):
                raise Refusals(f"{self.bot.name}: {entry.method}: {entry.outcome}")
        return made

    def _changed(self, event: Event) -> None:
        seat = self._seats.get(event.chat_id)
        if seat is None:
            return
        if event.kind == "message" and event.message_id is not None:
            seat.message_id = event.message_id
        seat.awaited -= 1
        if seat.awaited == 0:
            self._answered(seat)

    def _answered(self, seat: Seat) -> None:
        act = seat.script[seat.position]
        self.updates += 1
        if act.answers:
            self.answers += 1
            if self.answers == self._target:
                self._reached.set()
        if self.timing and act.is_tap and "sendMessage" in act.methods:
            self.taps.append(time.perf_counter() - seat.acted_at)
        seat.position += 1
        if seat.position == len(seat.script):
            del self._seats[seat.chat.id]
            seat = self._sit()
        if self._running:
            self._go_on(seat)
        else:
            self._idle.append(seat)

    def _go_on(self, seat: Seat) -> None:
        if seat.position == seat.hold:
            self._idle.append(seat)
            return
        act = seat.script[seat.position]
        seat.awaited = act.changes
        if self.timing:
            seat.acted_at = time.perf_counter()
        self._push(seat, act)

    def _push(self, seat: Seat, act: Act) -> None:
        words = act.words
        if self.numbered:
            self._count += 1
            words = f"{words} {self._count}"
        if act.is_tap:
            self._telegram.people.taps(seat.person, seat.chat, seat.message_id, words)
        else:
            self._telegram.people.sends(seat.person, seat.chat, {"text": words})
