"""Hiding answers in a chat: which messages can be changed, taken away, or neither."""

from dataclasses import dataclass
from datetime import timedelta

from participation.consultations import find_consultation
from participation.known import Known
from participation.places import NOWHERE
from participation.traces import Spoken, Wrote
from storage.base import ConsultationId, Texts
from storage.people import Person
from storage.traces import PARTITIONS, forget_traces, traces_in

DELETABLE = timedelta(hours=47)
"""Bots may delete what people wrote for 48 hours; one is left for replies that wait."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is to be done: the bot's own messages are changed, people's are taken away."""

    consultation_id: ConsultationId
    title: Texts
    own: tuple[int, ...]
    typed: tuple[int, ...]
    too_old: int
    """How many messages that people wrote nobody but themselves can take away."""


class Hiding:
    """What one person may have hidden in their chat, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    async def hide(self, consultation_id: int) -> Hidden:
        """Find the messages and forget where they are; what was answered stays as it is.

        Raises NoSuchConsultation. Words that follow answer no question: it is hidden too.
        """
        consultation = find_consultation(self._known, consultation_id)
        found = await self._traces(consultation.id)
        if self._known.place_of(self._person).consultation_id == consultation.id:
            self._known.move(self._person, NOWHERE)
        typed = {one.message_id: one for one in found if one.wrote is Wrote.PERSON}
        since = int((self._known.now - DELETABLE).timestamp())
        young = tuple(sorted(n for n, one in typed.items() if one.at > since))
        own = tuple(sorted({one.message_id for one in found if one.wrote is Wrote.BOT}))
        return Hidden(consultation.id, consultation.title, own, young, len(typed) - len(young))

    async def _traces(self, consultation_id: ConsultationId) -> list[Spoken]:
        """This chat's, those of this batch included."""
        session, keyring = self._known.session, self._known.keyring
        await self._known.write_traces()
        partition = keyring.partition(self._person.channel_id, PARTITIONS)
        rows = await traces_in(session, partition, consultation_id)
        spoken = {number: Spoken.from_row(keyring, sealed) for number, sealed in rows}
        mine = {n: one for n, one in spoken.items() if one.chat_id == self._person.channel_id}
        await forget_traces(session, list(mine))
        return list(mine.values())
