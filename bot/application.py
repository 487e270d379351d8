"""Wires the loops together, starts them and stops them."""

import asyncio
import gc
from collections.abc import Collection, Coroutine
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot import webhook
from bot.batch import Batches
from bot.clerk import Clerk
from bot.clock import Timekeeper
from bot.delivery.mail import Mail
from bot.delivery.posting import Postman
from bot.delivery.replies import Replies
from bot.dispatcher import silent_bot, the_dispatcher
from bot.heard import Heard
from bot.intake import Intake
from bot.introduction import keep_introducing, learn_name, own_name
from bot.mailing import mail_loop
from bot.receiver import Receiver, StoppedByTelegram
from bot.roles import Role
from bot.settings import Settings
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.watch import Watch
from bot.worker import Worker
from bot.works import LANES, Office
from participation.clock import system_clock
from participation.shelf import Shelf
from storage.database import Database
from storage.keys import Keyring

DRAIN_SECONDS = 7.0
LOOP_SECONDS = 1.5

log = structlog.get_logger()


class Application:
    """One process of the bot, with all loops or some."""

    def __init__(self, settings: Settings, database: Database, keyring: Keyring) -> None:
        self._settings = settings
        self._database = database
        self._keyring = keyring
        self._clock = system_clock(settings.clock_offset)
        self._token = settings.bot_token.get_secret_value()
        self._stop = Stop()
        self._beside: list[asyncio.Task[None]] = []
        self._on_update = Hint()
        self._on_job = Hint()
        self._polling = Telegram(settings.bot_api_base, self._token, connections=2)
        self._posting = Telegram(settings.bot_api_base, self._token)
        self._replies = Replies(
            database,
            keyring,
            Postman(self._posting, database, settings.bot_id),
            self._clock,
            self._on_update,
            settings.bot_id,
        )

    def stop(self) -> None:
        """Begin to end: nothing new is taken, what is saved is sent for a while."""
        self._stop.set()

    async def run(self, roles: Collection[Role]) -> None:
        """Run until stopped; raises what a loop raised."""
        loops = {role: asyncio.create_task(self._make(role, roles)) for role in roles}
        self._aside(keep_introducing(self._posting, self._database, self._stop))
        _calm_the_collector()
        stopped = asyncio.create_task(self._stop.wait())
        log.info("running", roles=",".join(sorted(roles)))
        try:
            await asyncio.wait({stopped, *loops.values()}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.stop()
            stopped.cancel()
            for task in self._beside:
                task.cancel()
            await asyncio.gather(*self._beside, return_exceptions=True)
            await self._end(loops)
        for task in loops.values():
            if task.done() and not task.cancelled() and task.exception() is not None:
                await task

    async def _end(self, loops: dict[Role, asyncio.Task[None]]) -> None:
        """Stop taking, finish the batch, send what is saved, then leave."""
        if Role.RECEIVER in loops:
            loops[Role.RECEIVER].cancel()
        taking = {task for role, task in loops.items() if role is not Role.REPLIES}
        if taking:
            await asyncio.wait(taking, timeout=LOOP_SECONDS)
        if Role.REPLIES in loops:
            left = await self._replies.drain(DRAIN_SECONDS)
            log.info("stopped", replies_left=left)
        for task in loops.values():
            task.cancel()
        await asyncio.gather(*loops.values(), return_exceptions=True)
        await self._polling.close()
        await self._posting.close()

    def _make(self, role: Role, roles: Collection[Role]) -> Coroutine[Any, Any, None]:
        match role:
            case Role.RECEIVER:
                return self._receive()
            case Role.WORKER:
                return self._work(Role.REPLIES in roles)
            case Role.REPLIES:
                return self._replies.run()
            case Role.MAIL:
                return self._mail().run()
            case Role.CLERK:
                return self._clerks()
            case Role.CLOCK:
                watch = Watch(self._settings, self._office())
                return Timekeeper(
                    self._database, self._clock, self._on_job, self._stop, watch
                ).run()

    async def _clerks(self) -> None:
        """One hint wakes both; whichever misses it looks a second later."""
        office = self._office()
        clerks = [Clerk(office, works, self._on_job, self._stop) for works in LANES]
        lanes = [asyncio.create_task(clerk.run()) for clerk in clerks]
        try:
            await asyncio.gather(*lanes)
        finally:
            for lane in lanes:  # one that raises, or both, told to leave: neither stays behind
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)

    def _mail(self) -> Mail:
        return mail_loop(
            self._settings,
            self._database,
            self._keyring,
            self._clock,
            self._on_update,
            self._stop,
        )

    async def _receive(self) -> None:
        settings = self._settings
        intake = Intake(
            self._database, self._keyring, self._clock, settings.bot_id, self._on_update
        )
        heard = Heard(self._database, self._clock, moved=bool(settings.clock_offset))
        if settings.webhook_url is None or settings.webhook_secret is None:
            try:
                await Receiver(self._polling, intake, self._stop, heard).run()
            except StoppedByTelegram as error:
                await heard.refused(error.kind)
                raise
            return
        secret = settings.webhook_secret.get_secret_value()
        await webhook.announce(self._polling, settings.webhook_url, secret)
        noting = asyncio.create_task(heard.keep_noting(self._stop))
        try:
            await webhook.Webhook(intake, secret).serve(
                settings.webhook_host,
                settings.webhook_port,
                urlsplit(settings.webhook_url).path,
                self._stop,
            )
        finally:
            noting.cancel()

    async def _work(self, hand_over: bool) -> None:
        me = await own_name(self._posting)
        nameless = {"id": self._settings.bot_id, "is_bot": True, "first_name": ""}
        bot = silent_bot(self._token, me or nameless)
        if me is None:
            self._aside(learn_name(bot, self._posting, self._stop))
        batches = Batches(bot, the_dispatcher(), self._keyring, await self._shelf())
        await Worker(
            self._database,
            batches,
            self._clock,
            self._replies.accept if hand_over else lambda _: None,
            self._on_update,
            self._stop,
            self._on_job,
        ).run()

    async def _shelf(self) -> Shelf:
        """With the forms that are to be answered; empty while the database is in trouble."""
        shelf = Shelf()
        try:
            async with self._database.reading() as session:
                await shelf.prepare(session)
        except Exception as error:
            log.warning("the forms are read when they are needed", error=error)
        return shelf

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside the loops, which go on and end without it."""
        task = asyncio.create_task(work)
        task.add_done_callback(_say_what_failed)
        self._beside.append(task)

    def _office(self) -> Office:
        return Office(
            self._database,
            self._keyring,
            self._posting,
            self._clock,
            self._settings.bot_id,
            self._on_update,
        )


def _say_what_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("something beside the loops has failed", error=error)


def _calm_the_collector() -> None:
    """Leave what was imported alone, and look for garbage rarely: 15 % of an answer went there.

    Hardly anything here is cyclic, and what is waits for 50,000 objects more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
