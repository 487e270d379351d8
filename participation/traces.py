"""Where questions and answers stand in a chat, for the day on which somebody wants them hidden."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from storage.base import ConsultationId
from storage.keys import Keyring
from storage.traces import PARTITIONS

TRACE = "trace"
"""The context under which they are sealed."""

_FORM = struct.Struct(">qqBq")


class Wrote(IntEnum):
    """Whose message it is."""

    BOT = 0
    PERSON = 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message: its chat and number, who wrote it, and when (seconds of Unix time)."""

    chat_id: int
    message_id: int
    wrote: Wrote
    at: int

    def row(self, keyring: Keyring, consultation_id: ConsultationId) -> dict[str, Any]:
        """The columns of its trace; every one is equally long."""
        plain = _FORM.pack(self.chat_id, self.message_id, self.wrote, self.at)
        return {
            "partition": keyring.partition(self.chat_id, PARTITIONS),
            "consultation_id": consultation_id,
            "message": keyring.seal(plain, TRACE),
        }

    @classmethod
    def from_row(cls, keyring: Keyring, sealed: bytes) -> "Spoken":
        """Read what ``row`` sealed; raises cryptography's InvalidTag."""
        chat_id, message_id, wrote, at = _FORM.unpack(keyring.open(sealed, TRACE))
        return cls(chat_id, message_id, Wrote(wrote), at)
