"""Words without markup, for when Telegram cannot parse it."""

import html
import json
import re
from typing import Any

BAD_MARKUP = "can't parse entities"
"""In Telegram's refusal, whatever its case."""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def plain(body: bytes | dict[str, Any]) -> dict[str, Any]:
    """The same words without markup, for when Telegram cannot parse it."""
    params = json.loads(body) if isinstance(body, bytes) else dict(body)
    params.pop("parse_mode", None)
    for field in ("text", "caption"):
        if field in params:
            params[field] = html.unescape(_TAG.sub("", params[field]))
    return dict(params)
