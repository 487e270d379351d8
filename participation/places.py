"""Where a person stands in the conversation."""

import json
from dataclasses import dataclass

from storage.base import ConsultationId

ANSWERING = "Questionnaire:answering"
REVIEWING = "Questionnaire:reviewing"

LENGTH = 96
"""Bytes of every place, so that a sealed one does not tell by its length who is answering."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step of the conversation (``Questionnaire:answering``) and its consultation."""

    step: str | None = None
    consultation_id: ConsultationId | None = None

    def to_bytes(self) -> bytes:
        """The form in which a dialogue row keeps it, before it is sealed."""
        return json.dumps([self.step, self.consultation_id]).encode().ljust(LENGTH)

    @classmethod
    def from_bytes(cls, document: bytes) -> "Place":
        step, consultation_id = json.loads(document)
        return cls(step, consultation_id)


NOWHERE = Place()
