"""What is waited for, and what is an update's own fault."""

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from bot.batch import UpdateFailed
from bot.worker import is_trouble
from storage.inbox import Waiting
from storage.keys import KeyFileMissing


class Deadlock(Exception):
    sqlstate = "40P01"


class NoSuchColumn(Exception):
    sqlstate = "42703"


def in_a_handler(cause: Exception) -> UpdateFailed:
    return UpdateFailed(Waiting(1, 1, "message", b""), 1, cause)


@pytest.mark.parametrize(
    "error",
    [
        DBAPIError("SELECT", None, Deadlock()),
        OperationalError("SELECT", None, Exception("database is locked")),
        KeyFileMissing(),
    ],
)
def test_the_houses_trouble_is_waited_for_inside_a_handler_too(error: Exception) -> None:
    assert is_trouble(error)
    assert is_trouble(in_a_handler(error))


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError("a file of the handler's"),
        TimeoutError(),
        ZeroDivisionError(),
        ProgrammingError("SELECT", None, NoSuchColumn()),
    ],
)
def test_an_update_that_would_fail_for_ever_holds_nobody_up(error: Exception) -> None:
    assert not is_trouble(in_a_handler(error))
