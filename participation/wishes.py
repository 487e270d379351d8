"""Wishing to hear what became of a consultation; no path leads from a wish to an answer."""

from dataclasses import dataclass

from participation.consultations import find_consultation
from participation.known import Known
from storage.base import ConsultationId, Texts
from storage.people import Person
from storage.wishes import drop_wish, keep_wish


@dataclass(frozen=True, slots=True)
class Wished:
    """Of which consultation the outcome will be told."""

    consultation_id: ConsultationId
    title: Texts
    is_new: bool
    has_outcome: bool
    """Whether the commune has answered already: nobody has to wait for it."""


class Wishes:
    """What one person may wish to be told, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    async def wish(self, consultation_id: int) -> Wished:
        """Twice is as once; raises NoSuchConsultation."""
        one = find_consultation(self._known, consultation_id)
        is_new = await keep_wish(self._known.session, self._person.id, one.id)
        return Wished(one.id, one.title, is_new, one.id in self._known.shelf.outcomes)

    async def take_back(self, consultation_id: int) -> Wished:
        """Not to be told after all; raises NoSuchConsultation."""
        one = find_consultation(self._known, consultation_id)
        await drop_wish(self._known.session, self._person.id, one.id)
        has_outcome = one.id in self._known.shelf.outcomes
        return Wished(one.id, one.title, is_new=False, has_outcome=has_outcome)
