"""Logs: ids, states and durations; never names, answers, numbers, updates or the token."""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from traceback import walk_tb
from types import TracebackType
from typing import Any

import structlog

QUIET = (
    "aiogram",
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
)
"""Their lines can quote requests, whose addresses hold the token, and people's words."""

ENDED = "Event loop is closed"
"""What a thread of aiosqlite's meets that has outlived the command."""

LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}

_LIBRARY = re.compile(r"/(site-packages|lib/python3)|^<|\.pyx$")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")


def configure(level: str = "INFO") -> None:
    """Write one line of key=value an event to standard error; an unknown level is INFO.

    Libraries' own lines keep their level, logger and place, and lose their words; so do crashes,
    warnings and errors of threads and finalisers.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _class_of_exception,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            _without_tokens,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            level.upper() if level.upper() in LEVELS else "INFO"
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutWords())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.raiseExceptions = False  # it would print the arguments of a line that cannot be made
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    _describe_crashes()


class WithoutWords(logging.Formatter):
    """A library's line: where it was written and the class of its exception."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        place = f"{record.filename}:{record.funcName}:{record.lineno}"
        line = f"{record.levelname} {record.name} {place}"
        return f"{line} {describe(error)}" if error is not None else line


def _describe_crashes() -> None:
    """What nobody caught is named and placed too; Ctrl-C stays as it is."""

    def crashed(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt) and error is not None:
            sys.__excepthook__(kind, error, trace)
            return
        described = kind.__name__ if error is None else describe(error.with_traceback(trace))
        print(f"CRITICAL crashed {described}", file=sys.stderr)  # noqa: T201  (the last resort)

    sys.excepthook = crashed

    def crashed_in_a_thread(it: threading.ExceptHookArgs) -> None:
        if str(it.exc_value) != ENDED:  # a connection that could not be opened, as was said
            crashed(it.exc_type, it.exc_value, it.exc_traceback)

    threading.excepthook = crashed_in_a_thread
    sys.unraisablehook = lambda it: crashed(it.exc_type, it.exc_value, it.exc_traceback)


def _class_of_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> Any:
    """An exception is named and placed, never quoted: its text holds what people wrote."""
    for key, value in event.items():
        if isinstance(value, BaseException):
            event[key] = describe(value)
    event.pop("exc_info", None)
    return event


def _without_tokens(_: Any, __: str, line: Any) -> str:
    """The last processor: ``line`` is written already."""
    return _TOKEN.sub("[token]", str(line))


def describe(error: BaseException) -> str:
    """Class of an exception, the field paths of a validation error, and the code location."""
    parts = [type(error).__name__]
    fields = getattr(error, "errors", None)
    if callable(fields):
        parts.append(_field_paths(error))
    parts.append(_location(error.__traceback__))
    return " ".join(part for part in parts if part)


def _location(trace: TracebackType | None) -> str:
    """File, function and line of the innermost code of ours, else of the innermost code."""
    places = list(walk_tb(trace))
    ours = [place for place in places if not _LIBRARY.search(place[0].f_code.co_filename)]
    if not places:
        return ""
    frame, line = (ours or places)[-1]
    return f"{frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.f_code.co_name}:{line}"


def _field_paths(error: Any) -> str:
    """Where a pydantic validation failed: types and names of fields, without their values."""
    try:
        found = error.errors(include_url=False, include_input=False, include_context=False)
    except TypeError:
        return ""
    return ",".join(".".join(str(part) for part in one["loc"]) for one in found[:3])
