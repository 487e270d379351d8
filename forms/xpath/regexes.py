"""`regex()` in linear time: an author's pattern cannot stop the bot, whatever an answer looks like."""

import re
from functools import lru_cache

LONGEST_PATTERN = 300


def matches(pattern: str, text: str) -> bool:
    """True if the whole text fits the pattern, as ODK Collect means it."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
