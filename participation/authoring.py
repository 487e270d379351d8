"""What an officer does to have a new questionnaire: a workbook sent, or one made in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.cards import draft_for
from participation.composing import Composed, Kind
from participation.drafting import new_token
from participation.errors import ParticipationError
from participation.places import NOWHERE, Place
from participation.roles import Act
from participation.staff import Staff
from participation.tables import LARGEST_FILE
from storage.base import ConsultationId
from storage.consultations import Mode
from storage.running import post_job

WORKBOOK = "Authoring:workbook"
COMPOSING = "Authoring:composing"

SKETCH = "questionnaire"
SENT = "workbook"
"""The kind of the sketch that names, by their marks, workbooks which could be asked by name."""
MARK_DIGITS = 8
MOST_SENT = 10
"""So many refused workbooks are kept; an older one must be sent again."""
REQUEST = "request"
"""In a sketch that was finished: names the draft to be made of it; gone once it is changed."""


class FileTooLarge(ParticipationError):
    """More than LARGEST_FILE."""


class NotFinished(ParticipationError):
    """The questionnaire in the chat has no question, or one that is not complete."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What lies there already. ``composed`` None: nothing was begun in the chat."""

    composed: Composed | None


class Authoring:
    """What one member of staff does to have a questionnaire, inside the caller's unit of work."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def begun(self) -> Begun:
        """What the person has begun; a file that is sent next is a new workbook.

        Raises NotAllowed.
        """
        self._staff.ensure(Act.AUTHOR)
        self._staff.known.move(self._staff.person, NOWHERE)
        return Begun(await self._composed())

    async def fill_in(self, language: str, consultation_id: int | None = None) -> None:
        """Have the ready workbook sent and wait for it filled in; raises as ``replace`` does."""
        if consultation_id is not None:
            await draft_for(self._staff, consultation_id)
        self._staff.ensure(Act.AUTHOR)
        self._await_workbook(consultation_id)
        self._staff.note("form.template")
        await self._post("template", language=language)

    async def replace(self, consultation_id: int) -> None:
        """Wait for another workbook for a draft; raises CardFixed, NoSuchConsultation."""
        await draft_for(self._staff, consultation_id)
        self._await_workbook(consultation_id)

    async def receive(self, file_id: str, size: int | None) -> None:
        """Have a workbook read; raises NotAllowed, FileTooLarge."""
        self._staff.ensure(Act.AUTHOR)
        if size is not None and size > LARGEST_FILE:
            raise FileTooLarge
        place = self._staff.known.place_of(self._staff.person)
        draft = place.consultation_id if place.step == WORKBOOK else None
        self._staff.note("form.upload")
        await self._post("workbook", file_id=file_id, token=new_token(), consultation_id=draft)

    async def remember(self, file_id: str) -> str:
        """Keep which workbook may be drafted after all; its mark. Raises NotAllowed."""
        self._staff.ensure(Act.AUTHOR)
        mark = new_token()[:MARK_DIGITS]
        await self._keep_sent([*(await self._sent())[1 - MOST_SENT :], (mark, file_id)])
        return mark

    async def read_by_name(self, mark: str) -> bool:
        """Have a workbook that was refused drafted so that people answer by name.

        Whether it is still kept: a second tap finds it no more. Raises NotAllowed.
        """
        self._staff.ensure(Act.AUTHOR)
        sent = await self._sent()
        file_id = dict(sent).get(mark)
        if file_id is None:
            return False
        await self._keep_sent([one for one in sent if one[0] != mark])
        await self._post("workbook", token=new_token(), mode=Mode.IDENTIFIED, file_id=file_id)
        return True

    async def compose(self, *, fresh: bool) -> Composed:
        """Write a questionnaire in the chat, from the beginning or where one stopped."""
        self._staff.ensure(Act.AUTHOR)
        composed = None if fresh else await self._composed()
        self._staff.known.move(self._staff.person, Place(COMPOSING))
        return await self._keep(composed or Composed())

    async def write(self, words: str) -> Composed:
        """Take a message for what is awaited."""
        return await self._keep((await self._present()).write(words))

    async def choose_kind(self, kind: Kind) -> Composed:
        return await self._keep((await self._present()).of_kind(kind))

    async def require(self, question: int, *, wanted: bool) -> Composed:
        return await self._keep((await self._present()).requiring(question, wanted=wanted))

    async def remove(self, question: int, count: int) -> Composed:
        return await self._keep((await self._present()).without(question, count))

    async def drop_pending(self) -> Composed:
        return await self._keep((await self._present()).without_pending())

    async def put_back(self) -> Composed:
        return await self._keep((await self._present()).put_back())

    async def present(self) -> Composed:
        """What was written so far; raises NotAllowed."""
        return await self._present()

    async def finish(self, mode: Mode = Mode.ANONYMOUS) -> Composed:
        """Have the workbook and the draft made; raises NotFinished."""
        composed = await self._present()
        if not composed.is_ready:
            raise NotFinished
        self._staff.known.move(self._staff.person, NOWHERE)
        document = await self._finished(composed)
        await self._post("compose", token=document[REQUEST], document=document, mode=mode)
        return composed

    async def _finished(self, composed: Composed) -> dict[str, Any]:
        """What is kept, with the token of its draft: finished twice, it makes one."""
        kept = await self._staff.sketch(SKETCH) or {}
        if REQUEST in kept:
            return kept
        document = {**composed.to_json(), REQUEST: new_token()}
        await self._staff.keep(SKETCH, document)
        return document

    async def save(self) -> Composed:
        """Stop for now: all is kept."""
        composed = await self._present()
        self._staff.known.move(self._staff.person, NOWHERE)
        return composed

    async def _present(self) -> Composed:
        self._staff.ensure(Act.AUTHOR)
        return await self._composed() or Composed()

    async def _composed(self) -> Composed | None:
        document = await self._staff.sketch(SKETCH)
        return None if document is None else Composed.from_json(document)

    async def _keep(self, composed: Composed) -> Composed:
        await self._staff.keep(SKETCH, composed.to_json())
        return composed

    async def _sent(self) -> list[tuple[str, str]]:
        """Marks and Telegram's ids of workbooks that were refused, the oldest first."""
        document = await self._staff.sketch(SENT) or {"sent": []}
        return [(mark, file_id) for mark, file_id in document["sent"]]

    async def _keep_sent(self, sent: Sequence[tuple[str, str]]) -> None:
        if sent:
            await self._staff.keep(SENT, {"sent": [list(one) for one in sent]})
        else:
            await self._staff.discard(SENT)

    def _await_workbook(self, consultation_id: int | None) -> None:
        draft = None if consultation_id is None else ConsultationId(consultation_id)
        self._staff.known.move(self._staff.person, Place(WORKBOOK, draft))

    async def _post(self, kind: str, **more: Any) -> None:
        person = self._staff.person
        payload = {"chat_id": person.channel_id, "person_id": person.id, **more}
        await post_job(self._staff.session, kind, payload, self._staff.known.now)
