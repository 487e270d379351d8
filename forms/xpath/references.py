"""`${name}`: how one row speaks of another, in expressions and in labels."""

import re

NAME = r"[^\W\d][\w.\-]*"
REFERENCE = re.compile(rf"\$\{{\s*({NAME})\s*\}}")


def references(source: str) -> tuple[str, ...]:
    """The names in `${…}`, in order, each once."""
    return tuple(dict.fromkeys(REFERENCE.findall(source)))
