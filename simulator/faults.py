"""Trouble on demand: what a test or a benchmark asks to go wrong, for which methods, how often."""

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

FaultKind = Literal[
    "latency",  # seconds ± jitter, half on the way there and half on the way back
    "error",  # an answer with `status` and `description` instead of the effect
    "flood",  # 429 with `retry_after`
    "reset_before",  # the connection is reset and nothing has happened
    "reset_after",  # the effect happens, the connection is reset instead of an answer
    "stall_before",  # no answer for `seconds`, then the effect
    "stall_after",  # the effect, then no answer for `seconds`
    "half_body",  # the effect, then half of the answer
    "duplicate",  # updates are delivered once more after they were confirmed
]
KINDS = get_args(FaultKind)


@dataclass
class Fault:
    """`count` None means until cleared; `probability` is drawn from a generator with `seed`."""

    kind: FaultKind
    methods: str = "*"  # names with * and ?, separated by commas
    count: int | None = None
    probability: float = 1.0
    seed: int = 0
    chat_id: int | None = None
    skip: int = 0  # matching requests that are let through first
    seconds: float = 0.0
    jitter: float = 0.0
    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int = 1
    id: int = 0
    happened: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}; known: {', '.join(KINDS)}")
        self._random = random.Random(self.seed)  # noqa: S311 - repeatable on purpose
        self._patterns = [pattern.strip() for pattern in self.methods.split(",")]

    def strikes(self, method: str, chat_id: int | None) -> bool:
        """Whether it happens now; counts."""
        if self.count is not None and self.happened >= self.count:
            return False
        if not any(fnmatchcase(method, pattern) for pattern in self._patterns):
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1.0 and self._random.random() >= self.probability:
            return False
        self.happened += 1
        return True

    def delay(self) -> float:
        return max(0.0, self.seconds + self._random.uniform(-self.jitter, self.jitter))

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}


class Faults:
    """Those that are set, oldest first; each request asks once."""

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._next_id = 1

    def add(self, described: dict[str, Any]) -> Fault:
        """Raises ValueError or TypeError on a description that is not one."""
        fault = Fault(
            **{name: value for name, value in described.items() if name not in ("id", "happened")}
        )
        fault.id = self._next_id
        self._next_id += 1
        self._faults[fault.id] = fault
        return fault

    def clear(self, fault_id: int | None = None) -> None:
        if fault_id is None:
            self._faults.clear()
        else:
            self._faults.pop(fault_id, None)

    def all(self) -> Iterable[Fault]:
        return self._faults.values()

    def striking(self, method: str, chat_id: int | None) -> list[Fault]:
        """What happens to this request: any delays, and at most one failure."""
        if not self._faults:
            return []
        struck: list[Fault] = []
        failed = False
        for fault in self._faults.values():
            if fault.kind == "duplicate":
                continue
            is_failure = fault.kind != "latency"
            if is_failure and failed:
                continue
            if fault.strikes(method, chat_id):
                struck.append(fault)
                failed = failed or is_failure
        return struck

    def repeats_update(self) -> bool:
        """Whether the update being confirmed is to be delivered once more."""
        return any(
            fault.kind == "duplicate" and fault.strikes("getUpdates", None)
            for fault in self._faults.values()
        )
