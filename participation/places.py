"""Where a person stands in the conversation."""

import json
from dataclasses import dataclass

from storage.base import ConsultationId

ANSWERING = "Questionnaire:answering"
REVIEWING = "Questionnaire:reviewing"
WRITING_TO_A_HUMAN = "Helping:asking"
CITIZENS = frozenset({ANSWERING, REVIEWING, WRITING_TO_A_HUMAN})
"""The steps in which anybody may stand; whoever loses a role leaves all others."""

LENGTH = 96
"""Bytes of every place, so that a sealed one does not tell by its length who is answering."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step of the conversation (``Questionnaire:answering``), its consultation, and whose turn.

    ``seat`` is 0 for the phone's owner. ``detail`` is what else a step has to know, one number
    (which of the questions that an officer writes, which request for help is being answered).
    """

    step: str | None = None
    consultation_id: ConsultationId | None = None
    seat: int = 0
    detail: int = 0

    @property
    def is_writing(self) -> bool:
        """Whether words or a file are awaited that answer no questionnaire."""
        return self.step is not None and self.step not in (ANSWERING, REVIEWING)

    def to_bytes(self) -> bytes:
        """The form in which a dialogue row keeps it, before it is sealed."""
        place = [self.step, self.consultation_id, self.seat, self.detail]
        return json.dumps(place).encode().ljust(LENGTH)

    @classmethod
    def from_bytes(cls, document: bytes) -> "Place":
        """Also one that an earlier release wrote, without the numbers at its end."""
        step, consultation_id, *numbers = json.loads(document)
        return cls(step, consultation_id, *numbers)


NOWHERE = Place()
