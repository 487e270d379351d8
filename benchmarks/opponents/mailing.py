"""A bare loop of python-telegram-bot with the same limiter: ``mailing BASE TOKEN FIRST COUNT``.

Eight workers, no database: what is sent is forgotten, and a kill would begin again.
"""

import asyncio
import os
import sys

from telegram.ext import AIORateLimiter, ExtBot

WORKERS = 8
PER_SECOND = 28


async def run(base: str, token: str, first: int, count: int) -> None:
    limiter = AIORateLimiter(overall_max_rate=1, overall_time_period=1 / PER_SECOND)
    bot = ExtBot(token, base_url=f"{base}/bot", rate_limiter=limiter)
    people = iter(range(first, first + count))

    async def work() -> None:
        for chat_id in people:
            await bot.send_message(chat_id, "Une consultation est ouverte.")

    async with bot:
        await asyncio.gather(*(work() for _ in range(WORKERS)))


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    base, token, first, count = sys.argv[1:]
    asyncio.run(run(base, token, int(first), int(count)))
