"""What a confirmation was shown: a tap on it counts only while nothing else would be shown."""

import json
from datetime import datetime, timedelta
from hashlib import sha256

GOOD_FOR = timedelta(minutes=10)
_FACTS = 10
"""Hexadecimal digits of the facts' hash; the instant follows, in seconds."""


def stamp(now: datetime, *facts: object) -> str:
    """Letters and digits that stand for what was shown and when; they fit into a button."""
    return f"{_hash(facts)}{int(now.timestamp()):x}"


def is_fresh(shown: str, now: datetime, *facts: object) -> bool:
    """Whether the same would be shown now, and it was shown a moment ago."""
    try:
        at = int(shown[_FACTS:], 16)
    except ValueError:
        return False
    age = now.timestamp() - at
    return shown[:_FACTS] == _hash(facts) and -1 <= age < GOOD_FOR.total_seconds()


def _hash(facts: tuple[object, ...]) -> str:
    written = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(written.encode()).hexdigest()[:_FACTS]
