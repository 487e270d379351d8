"""A clock that jumped by months is not believed at once."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.running import clock_is_steady

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_a_wrong_year_is_believed_only_after_a_day(database_url: str) -> None:
    database = Database(database_url)
    seen = [
        NOW,
        NOW + timedelta(days=40),
        NOW + timedelta(days=3650),
        NOW + timedelta(days=3650, hours=23),
        NOW + timedelta(days=3651),
    ]

    said = []
    for now in seen:
        async with database.unit_of_work() as session:
            said.append(await clock_is_steady(session, now))

    assert said == [True, True, False, False, True]
    await database.close()


async def test_a_clock_that_is_set_right_again_waits_too(database_url: str) -> None:
    database = Database(database_url)

    said = []
    for now in (NOW, NOW - timedelta(days=3650), NOW, NOW + timedelta(days=2)):
        async with database.unit_of_work() as session:
            said.append(await clock_is_steady(session, now))

    assert said == [True, False, False, True]
    await database.close()
