"""Logs: ids, states and durations; never names, answers, numbers, updates or the token."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

QUIET = ("aiogram", "aiohttp", "apscheduler", "sqlalchemy", "alembic", "asyncio", "httpx")
"""Their lines can quote requests, whose addresses hold the token, and people's words."""

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{10,}")


def configure(level: str = "INFO") -> None:
    """Write one line of key=value an event to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _class_of_exception,
            _without_tokens,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level.upper()),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s", force=True
    )
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def _class_of_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> Any:
    """An exception is named and placed, never quoted: its text holds what people wrote."""
    error = event.pop("error", None)
    if isinstance(error, BaseException):
        event["error"] = describe(error)
    elif error is not None:
        event["error"] = error
    event.pop("exc_info", None)
    return event


def _without_tokens(_: Any, __: str, event: MutableMapping[str, Any]) -> Any:
    return {
        key: _TOKEN.sub("[token]", value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def describe(error: BaseException) -> str:
    """Class of an exception, the field paths of a validation error, and the code location."""
    parts = [type(error).__name__]
    fields = getattr(error, "errors", None)
    if callable(fields):
        parts.append(_field_paths(error))
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None:
        code = trace.tb_frame.f_code
        parts.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{code.co_name}:{trace.tb_lineno}")
    return " ".join(part for part in parts if part)


def _field_paths(error: Any) -> str:
    """Where a pydantic validation failed: types and names of fields, without their values."""
    try:
        found = error.errors(include_url=False, include_input=False, include_context=False)
    except TypeError:
        return ""
    return ",".join(".".join(str(part) for part in one["loc"]) for one in found[:3])
