"""A commune's profile: what the product needs of it, checked before it becomes a row."""

import math
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from participation.legal import CONFIRMED, EMAIL, LEGAL_FIELDS, TABLE
from participation.people import LANGUAGES
from participation.tables import ContentRefused, Fault, Table, has_control, plain

FILE = "profile.toml"
TIME_ZONE = "Africa/Casablanca"


def checked_profile(values: dict[str, Any]) -> dict[str, Any]:
    """The profile as JSON keeps it; raises ContentRefused.

    Every table that has a text in one of the commune's languages must have one in each; an empty
    text is unknown, and is not shown.
    """
    faults: list[Fault] = []
    table = Table(values, FILE, faults)
    table.slug()
    table.languages = _languages(table)
    if table.text("default_language", 8) not in table.languages:
        table.fault("default_language", "must be one of languages")
    if table.text("time_zone", 40) != TIME_ZONE:
        table.fault("time_zone", f"must be {TIME_ZONE}: days begin and end by it")
    table.table("commune").texts("name", 100)
    if table.has(TABLE):
        _check_personal_data(table.table(TABLE))
    _check_sessions(values, faults)
    for key, sentence in _everywhere(values, "", table.languages):
        fault = Fault(FILE, key, sentence)
        if fault not in faults:
            faults.append(fault)
    if faults:
        raise ContentRefused(faults)
    return dict(plain(values))


def _check_personal_data(table: Table) -> None:
    """Names are checked: a misspelt one would be told as not supplied."""
    for key, value in table.values.items():
        if key not in (*LEGAL_FIELDS, EMAIL, CONFIRMED):
            near = get_close_matches(key, LEGAL_FIELDS, n=1)
            table.fault(key, f"is not known here; did you mean {near[0]}?" if near else UNKNOWN)
        elif key == CONFIRMED:
            if not isinstance(value, bool):
                table.fault(key, "must be true or false")
        elif not isinstance(value, str | dict):
            table.fault(key, "must be a text, or a table with a text for each language")


UNKNOWN = "is not known here; take it out"


def _check_sessions(values: dict[str, Any], faults: list[Fault]) -> None:
    """The next day of a session is typed by staff, as a day."""
    sessions = values.get("ordinary_sessions", [])
    for place, one in enumerate(sessions if isinstance(sessions, list) else (), start=1):
        given = one.get("next_on") if isinstance(one, dict) else None
        if given is not None and type(given) is not date:
            sentence = "must be a day without quotation marks, such as 2027-02-05"
            faults.append(Fault(FILE, f"ordinary_sessions[{place}].next_on", sentence))


def _languages(table: Table) -> list[str]:
    given = table.names("languages")
    if isinstance(given, list) and given and all(one in LANGUAGES for one in given):
        return list(given)
    table.fault("languages", f"must be a list of languages among {', '.join(LANGUAGES)}")
    return list(LANGUAGES)


def _everywhere(value: Any, at: str, languages: list[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the language tables and texts at any depth."""
    if isinstance(value, dict):
        if any(language in value for language in languages):
            yield from _sides(value, at, languages)
        for key, inner in value.items():
            yield from _everywhere(inner, f"{at}.{key}" if at else key, languages)
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            yield from _everywhere(inner, f"{at}[{place}]", languages)
    elif isinstance(value, str) and has_control(value):
        yield at, "has a control character in it; take it out"
    elif isinstance(value, float) and not math.isfinite(value):
        yield at, "is not a number"


def _sides(value: dict[str, Any], at: str, languages: list[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        if language not in value:
            yield f"{at}.{language}", "is missing: every text is said in each language"
        elif not isinstance(value[language], str):
            yield f"{at}.{language}", "must be a text in quotation marks"
