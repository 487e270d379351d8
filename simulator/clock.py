"""The simulator's clock: real time plus what the control interface has added to it."""

import time


class Clock:
    """Seconds; moves forward only."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Unix time with fractions."""
        return time.time() + self._ahead

    def unix(self) -> int:
        """Unix time in whole seconds, as dates of messages are."""
        return int(time.time() + self._ahead)

    def steady(self) -> float:
        """For measuring distances: not moved by corrections of the machine's clock."""
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        self._ahead += seconds
