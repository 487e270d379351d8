"""Calling the bot's webhook: in order within a chat, again after a failure, slower each time."""

import asyncio
import json
from collections import defaultdict, deque
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from simulator.api import BotApi
from simulator.refusals import Refused
from simulator.requests import Read, read_parts
from simulator.world import Webhook, World


class WebhookCaller:
    """One lane a chat: the next update leaves when the one before was taken with a 2xx."""

    def __init__(self, world: World, api: BotApi) -> None:
        self._world = world
        self._api = api
        self._lanes: dict[int, deque[int]] = defaultdict(deque)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(40)
        self._client: ClientSession | None = None

    async def run(self) -> None:
        """Until cancelled."""
        self._world.updates.pushed = self._queue
        self._client = ClientSession()
        try:
            while True:
                await self._world.webhook_changed.wait(3600)
                self._slots = asyncio.Semaphore(self._world.webhook.max_connections)
                for update_id, (chat_id, _) in list(self._world.updates.pending.items()):
                    self._queue(update_id, chat_id)
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            await self._client.close()

    def _queue(self, update_id: int, chat_id: int) -> None:
        if not self._world.updates.webhook_is_set or update_id in self._lanes[chat_id]:
            return
        self._lanes[chat_id].append(update_id)
        if chat_id not in self._tasks:
            self._tasks[chat_id] = asyncio.create_task(self._walk(chat_id))

    async def _walk(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        failures = 0
        try:
            while lane and self._world.updates.webhook_is_set:
                self._world.updates.drop_old(self._world.settings.update_hours * 3600)
                if lane[0] not in self._world.updates.pending:
                    lane.popleft()
                elif await self._call(lane[0]):
                    self._confirm(lane.popleft())
                    failures = 0
                else:
                    settings = self._world.settings
                    delay = settings.webhook_backoff * 2**failures
                    failures = min(failures + 1, 16)
                    await self._world.webhook_changed.wait(
                        min(delay, settings.webhook_backoff_most)
                    )
        finally:
            lane.clear()
            self._tasks.pop(chat_id, None)

    def _confirm(self, update_id: int) -> None:
        if update_id in self._world.updates.pending:  # the bot may have had all dropped meanwhile
            self._world.updates.confirm(update_id)

    async def _call(self, update_id: int) -> bool:
        """Whether the bot has taken the update."""
        hook = self._world.webhook
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret_token
        body = json.dumps(self._world.updates.pending[update_id][1]).encode()
        timeout = ClientTimeout(total=self._world.settings.webhook_timeout)
        if self._client is None:
            return False
        try:
            async with (
                self._slots,
                self._client.post(
                    hook.url, data=body, headers=headers, timeout=timeout, ssl=False
                ) as response,
            ):
                if not 200 <= response.status < 300:
                    reason = f"{response.status} {response.reason}"
                    self._failed(hook, f"Wrong response from the webhook: {reason}")
                    return False
                answer = await method_in(response)
        except (ClientError, TimeoutError, OSError) as error:
            self._failed(hook, f"Connection failed: {type(error).__name__}")
            return False
        if answer is not None:
            await self._act(answer)
        return True

    def _failed(self, hook: Webhook, words: str) -> None:
        hook.last_error_date = self._world.clock.unix()
        hook.last_error_message = words

    async def _act(self, asked: Read) -> None:
        """The method that the bot put into its answer; nobody hears how it ended."""
        world = self._world
        entry = world.record.begin(str(asked.params.pop("method")), world.clock.now(), "webhook")
        entry.params = asked.params
        chat_id = asked.params.get("chat_id")
        entry.chat_id = int(str(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        entry.status, _ = await self._api.answer(entry, asked)
        world.record.finish(entry, world.clock.now(), delivered=True)


async def method_in(response: ClientResponse) -> Read | None:
    """The method in a webhook's answer, if there is one; anything else is ignored."""
    try:
        if response.content_type == "multipart/form-data":
            params, files = await read_parts(MultipartReader.from_response(response).stream)
            return Read(params, files, text=True) if "method" in params else None
        if response.content_type == "application/json":
            body: Any = json.loads(await response.read() or b"null")
            return (
                Read(body, {}, text=False) if isinstance(body, dict) and "method" in body else None
            )
    except (ValueError, Refused):
        return None
    return None
