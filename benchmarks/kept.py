"""Whether every answer that was counted is a stored one."""

from sqlalchemy import select

from storage.database import Database
from storage.submissions import Submission


async def stored_answers(database_url: str) -> int:
    """Answers in the rows; what was read or passed over is none."""
    database = Database(database_url)
    try:
        async with database.reading() as session:
            rows = await session.scalars(select(Submission.answers))
            return sum(value is not None for answers in rows for value in answers.values())
    finally:
        await database.close()


async def spoil_submissions(database_url: str) -> None:
    """Let every submission stand at a question that its form does not have: its person's next
    words make the handler raise. For the one that there is in a new database."""
    database = Database(database_url)
    try:
        async with database.unit_of_work() as session:
            for submission in await session.scalars(select(Submission)):
                submission.asked = "no/such/question"
    finally:
        await database.close()
