"""Goes down every error path it can reach with words in hand that nobody may read later.

``python -m tests.privacy.leaks DATABASE_URL KEY_FILE`` ends with a crash, on purpose. Before each
path it writes a heading to standard error; what the path says stands below.
"""

import asyncio
import contextlib
import gc
import logging
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from aiogram import Dispatcher, Router
from aiogram.types import Message
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import text

from bot import logs
from bot.batch import Batches, Outgoing
from bot.clerk import Clerk
from bot.clock import Timekeeper
from bot.delivery.posting import Postman
from bot.delivery.replies import Replies
from bot.dispatcher import silent_bot, the_dispatcher
from bot.heard import Heard
from bot.intake import Intake
from bot.receiver import Receiver, StoppedByTelegram
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.webhook import HEADER, Webhook
from bot.worker import Worker
from bot.works import Office
from participation.clock import system_clock
from participation.known import Known
from participation.shelf import Shelf
from storage.database import Database
from storage.keys import Keyring
from storage.questionnaires import FormRow
from storage.running import Job, JobState

TOKEN = "7654321:AA-canary-token-000000000000000000"  # noqa: S105  (a canary)
NAME = "Canarya Bentoken"
ANSWER = "canary answer about the well"
PHONE = "+212600987654"
CANARIES = (TOKEN, TOKEN.partition(":")[2], NAME, ANSWER, PHONE)
SECRET = "webhook-secret"  # noqa: S105  (of this test)

HEADING = "=== "
NUMBER = 7654321
CLOCK = system_clock()

log = structlog.get_logger()


@dataclass
class Ground:
    database: Database
    keyring: Keyring

    def intake(self) -> Intake:
        return Intake(self.database, self.keyring, CLOCK, NUMBER, Hint())

    def batches(self, dispatcher: Dispatcher | None = None) -> Batches:
        bot = silent_bot(TOKEN, {"id": NUMBER, "is_bot": True, "first_name": "Bot"})
        return Batches(bot, dispatcher or the_dispatcher(), self.keyring, Shelf())

    async def works(self, *updates: Any, dispatcher: Dispatcher | None = None) -> None:
        """Store updates and work through them."""
        await self.intake().store(updates)
        worker = Worker(
            self.database, self.batches(dispatcher), CLOCK, lambda _: None, Hint(), Stop()
        )
        while await worker.work():
            pass


_numbers = iter(range(1, 1000))


def update(**changed: Any) -> dict[str, Any]:
    """A message full of canaries."""
    sender = {"id": 55, "is_bot": False, "first_name": NAME, "username": "canary"}
    message = {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": 55, "type": "private", "first_name": NAME},
        "from": sender,
        "text": ANSWER,
        "contact": {"phone_number": PHONE, "first_name": NAME},
    }
    return {"update_id": next(_numbers), "message": message | changed}


async def unparsable_update(ground: Ground) -> None:
    await ground.works(update(date=ANSWER), update(chat={"id": 55, "type": NAME}))


async def handler_that_quotes(ground: Ground) -> None:
    async def fails(message: Message) -> None:
        raise ValueError(f"{message.text} {message.chat.first_name} {PHONE}")

    await ground.works(update(), dispatcher=_dispatcher(fails))


async def handler_that_breaks_the_flush(ground: Ground) -> None:
    async def fails(message: Message, known: Known) -> list[Any]:
        known.session.add_all([FormRow(form_id=ANSWER), FormRow(form_id=ANSWER)])
        return []

    await ground.works(update(), dispatcher=_dispatcher(fails))


async def handler_that_asks_the_network(ground: Ground) -> None:
    async def fails(message: Message) -> None:
        await message.answer(ANSWER)

    await ground.works(update(), dispatcher=_dispatcher(fails))


def _dispatcher(handler: Callable[..., Awaitable[Any]]) -> Dispatcher:
    router = Router()
    router.message.register(handler)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    return dispatcher


@contextlib.asynccontextmanager
async def telegram(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """A server that answers every method so; its address."""
    site = web.Application()
    site.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def refusal_that_quotes(ground: Ground) -> None:
    async def refuses(request: web.Request) -> web.Response:
        words = f"Bad Request: can't use {ANSWER} of {NAME} in {request.path}"
        return web.json_response(
            {"ok": False, "error_code": 400, "description": words}, status=400
        )

    async with telegram(refuses) as base:
        await _reply_through(ground, base)


async def answer_that_is_no_json(ground: Ground) -> None:
    async def babbles(request: web.Request) -> web.Response:
        return web.Response(text=f"<html>{ANSWER} {request.path}")

    async with telegram(babbles) as base:
        await _reply_through(ground, base)


async def _reply_through(ground: Ground, base: str) -> None:
    params = {"chat_id": 55, "text": ANSWER}
    async with ground.database.unit_of_work() as session:
        outgoing = [Outgoing(55, "sendMessage", params, None, None)]
        await ground.batches().write(session, outgoing, CLOCK())
    channel = Telegram(base, TOKEN)
    postman = Postman(channel, ground.database, NUMBER)
    replies = Replies(ground.database, ground.keyring, postman, CLOCK, Hint(), NUMBER)
    running = asyncio.create_task(replies.run())
    await asyncio.sleep(1.2)
    await replies.drain(2)
    await running
    await channel.close()


async def no_connection(ground: Ground) -> None:
    await _poll_for_a_while(ground, "http://127.0.0.1:9")


async def broken_connection(ground: Ground) -> None:
    async def hangs_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with telegram(hangs_up) as base:
        await _poll_for_a_while(ground, base)


async def rival(ground: Ground) -> None:
    async def refuses(request: web.Request) -> web.Response:
        words = f"Unauthorized {request.path} {NAME}"
        return web.json_response(
            {"ok": False, "error_code": 401, "description": words}, status=401
        )

    async with telegram(refuses) as base:
        try:
            await _poll_for_a_while(ground, base)
        except StoppedByTelegram as error:
            log.error("stopped", error=error, said=str(error))


async def _poll_for_a_while(ground: Ground, base: str) -> None:
    channel, stop = Telegram(base, TOKEN), Stop()
    heard = Heard(ground.database, CLOCK, moved=False)
    polling = asyncio.create_task(Receiver(channel, ground.intake(), stop, heard).run())
    await asyncio.sleep(0.3)
    stop.set()
    try:
        await polling
    finally:
        await channel.close()


async def webhook_with_bad_bodies(ground: Ground) -> None:
    hook = Webhook(ground.intake(), SECRET)
    async with telegram(hook.receive) as base, aiohttp.ClientSession() as client:
        bodies = (ANSWER, f'{{"update_id": "{NAME}"', f'["{ANSWER}"]', f'"{PHONE}"')
        for body in bodies:
            async with client.post(base, data=body, headers={HEADER: SECRET}) as got:
                assert got.status in (200, 400), got.status
        async with client.post(base, data=ANSWER, headers={HEADER: TOKEN}) as got:
            assert got.status == 401
    log.info("answered", bodies=len(bodies))


async def webhook_without_a_database(ground: Ground) -> None:
    nowhere = Database("sqlite:////nowhere/at/all.db")  # no database there
    intake = Intake(nowhere, ground.keyring, CLOCK, NUMBER, Hint())
    hook = Webhook(intake, SECRET)
    async with (
        telegram(hook.receive) as base,
        aiohttp.ClientSession() as client,
        client.post(base, json=update(), headers={HEADER: SECRET}) as got,
    ):
        assert got.status == 503
    await nowhere.close()


async def web_handler_that_quotes(ground: Ground) -> None:
    async def fails(request: web.Request) -> web.Response:
        raise ValueError(f"{ANSWER} {request.path}")

    async with telegram(fails) as base, aiohttp.ClientSession() as client:
        async with client.get(f"{base}/bot{TOKEN}/x") as got:
            assert got.status == 500
        reader, writer = await asyncio.open_connection(base[7:].split(":")[0], int(base[-5:]))
        writer.write(f"GET /bot{TOKEN} {ANSWER} HTTP/9.9\r\n\r\n".encode())
        await reader.read()
        writer.close()


async def statement_that_fails(ground: Ground) -> None:
    try:
        async with ground.database.unit_of_work() as session:
            await session.execute(
                text("INSERT INTO form (id, form_id) VALUES (1, :w), (1, :w)"), {"w": ANSWER}
            )
    except Exception as error:
        log.exception("a statement failed", error=error, other=error)


async def forgotten_task(ground: Ground) -> None:
    async def fails() -> None:
        raise ValueError(ANSWER)

    task = asyncio.create_task(fails(), name=NAME)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(_raise, ANSWER)
    await asyncio.sleep(0.01)


def _raise(words: str) -> None:
    raise ValueError(words)


async def scheduled_job(ground: Ground) -> None:
    scheduler = AsyncIOScheduler()
    scheduler.add_job(_raise, args=(ANSWER,), name=NAME)
    scheduler.start()
    await asyncio.sleep(0.2)
    scheduler.shutdown(wait=False)


async def clerks_job(ground: Ground) -> None:
    async def fails(_office: Office, _payload: Any) -> None:
        raise ValueError(f"{ANSWER} {NAME}")

    async with ground.database.unit_of_work() as session:
        session.add(
            Job(kind="fails", payload={}, state=JobState.WAITING, due_at=CLOCK(), attempts=0)
        )
    telegram = Telegram("http://127.0.0.1:1", "1:token")
    office = Office(ground.database, ground.keyring, telegram, CLOCK, 1, Hint())
    await Clerk(office, {"fails": fails}, Hint(), Stop()).work()
    await telegram.close()


async def clocks_act(ground: Ground) -> None:
    async def fails(_session: Any) -> None:
        raise ValueError(f"{ANSWER} {NAME}")

    await Timekeeper(ground.database, CLOCK, Hint(), Stop())._in_transaction("tick", fails)


async def libraries_lines(ground: Ground) -> None:
    for name in (*logs.QUIET, "aiogram.dispatcher", "aiohttp.server", "asyncpg", "elsewhere"):
        try:
            raise ValueError(f"{TOKEN} {ANSWER}")
        except ValueError:
            logging.getLogger(name).exception("%s said %s", NAME, ANSWER)
        logging.getLogger(name).error("%s %d", ANSWER, NAME)


async def thread_and_finaliser(ground: Ground) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise ValueError(ANSWER)

    thread = threading.Thread(target=_raise, args=(ANSWER,), name=NAME)
    thread.start()
    thread.join()
    Leaving()
    warnings.warn(ANSWER, stacklevel=1)


async def token_in_our_own_line(ground: Ground) -> None:
    address = f"http://x/bot{TOKEN}/getMe"
    log.error(address, urls=[address])


async def planted(ground: Ground) -> None:
    """What must be found, if it is looked for at all."""
    log.error("a careless line", said=f"{ANSWER} {NAME} {PHONE}")
    sys.stderr.write(f"http://x/bot{TOKEN}/getMe\n")


PATHS = (
    unparsable_update,
    handler_that_quotes,
    handler_that_breaks_the_flush,
    handler_that_asks_the_network,
    refusal_that_quotes,
    answer_that_is_no_json,
    no_connection,
    broken_connection,
    rival,
    webhook_with_bad_bodies,
    webhook_without_a_database,
    web_handler_that_quotes,
    statement_that_fails,
    forgotten_task,
    scheduled_job,
    clerks_job,
    clocks_act,
    libraries_lines,
    thread_and_finaliser,
    token_in_our_own_line,
)


async def walk(url: str, key_file: Path) -> None:
    """Every path, one after the other; the planted one last."""
    ground = Ground(Database(url), Keyring.create(key_file))
    for path in (*PATHS, planted):
        sys.stderr.write(f"{HEADING}{path.__name__}\n")
        await path(ground)
    await ground.database.close()


if __name__ == "__main__":
    logs.configure("DEBUG")
    asyncio.run(walk(sys.argv[1], Path(sys.argv[2])))
    sys.stderr.write(f"{HEADING}crash\n")
    _raise(f"{ANSWER} {NAME} {TOKEN}")
