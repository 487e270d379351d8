"""The echo bot, storing one row per update through SQLAlchemy, committed before it answers.

It gets the best settings known for it: WAL and one connection on SQLite (more would wait for one
another's locks), a pool of ten on PostgreSQL. Commits are durable, as ours are.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from aiogram.types import TelegramObject, Update
from sqlalchemy import BigInteger, String, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.ext.asyncio import create_async_engine as create
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import AsyncAdaptedQueuePool

from benchmarks.opponents import echo


class Base(DeclarativeBase):
    pass


class Answer(Base):
    __tablename__ = "answer"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(String(4096))


class CommitEach:
    """An outer middleware: one row, one commit, then the handler."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        update: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(update, Update):
            async with self._sessions() as session:
                session.add(_answer(update))
                await session.commit()
        return await handler(update, data)


def _answer(update: Update) -> Answer:
    query, message = update.callback_query, update.message
    if query is not None:
        return Answer(
            update_id=update.update_id, chat_id=query.from_user.id, words=query.data or ""
        )
    if message is None:
        raise TypeError("an update of another kind")
    return Answer(update_id=update.update_id, chat_id=message.chat.id, words=message.text or "")


def engine_for(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create(url, pool_size=10)
    engine = create(url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine


async def run() -> None:
    engine = engine_for(os.environ["DATABASE_URL"])
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    echo.dispatcher.update.outer_middleware(CommitEach(sessions))
    await echo.run()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())
