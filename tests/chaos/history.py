"""What happened in a run, in order, as JSON lines: the checker reads nothing else."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

Kind = Literal[
    "run",
    "act",  # a person did something
    "reply",  # they saw what follows from it
    "silence",  # they did not, in time
    "kill",
    "missed",  # a stage was lain in wait for, and did not come
    "up",  # the bot was started
    "full",  # what was confirmed unstored, or said unsaved, while the database had no room
    "requests",  # one that Telegram carried out; at the end
    "rows",  # as they were found at the end
]


class History:
    """Written as it happens; each line has ``at``, seconds since the run began."""

    def __init__(self, path: Path) -> None:
        self._began = time.monotonic()
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self.acts = 0
        self.path = path

    def note(self, kind: Kind, **what: Any) -> None:
        """Append a line."""
        line = {"kind": kind, "at": round(time.monotonic() - self._began, 4), **what}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def act(self, person: int, does: str, path: str | None = None, value: Any = None) -> int:
        """A person does something; ``value`` is what must stand under ``path`` because of it."""
        self.acts += 1
        self.note("act", act=self.acts, person=person, does=does, path=path, value=value)
        return self.acts

    def close(self) -> None:
        self._file.close()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a history."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
