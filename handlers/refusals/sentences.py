"""What a table of sentences is, and how a title stands in one."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.language import escape, in_language, isolate
from handlers.views.view import shortened
from participation.errors import ParticipationError
from storage.base import Texts

Sentences = Mapping[type[ParticipationError], Callable[[Any], str]]

LONGEST_TITLE = 60


def short_title(texts: Texts) -> str:
    """A consultation's title inside a sentence."""
    return isolate(escape(shortened(in_language(texts), LONGEST_TITLE)))
