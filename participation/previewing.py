"""A draft's form walked through by its author: real conditions, and nothing of an answer kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from forms.answers import AnswerRefused
from forms.form import Question, QuestionType
from forms.interview import Interview, Value
from participation.answering import Asked
from participation.cards import draft_for
from participation.clock import today
from participation.drafts import choice_name
from participation.errors import ParticipationError
from participation.people import LANGUAGES, UnknownLanguage
from participation.places import NOWHERE, Place
from participation.roles import Act
from participation.staff import Staff
from storage.base import ConsultationId, Texts
from storage.consultations import Consultation
from storage.sketches import sketches_of

PREVIEWING = "Authoring:previewing"
SKETCH = "preview"


class NoPreview(ParticipationError):
    """It was left, or another one has begun."""


class Verb(StrEnum):
    """What is done to the question that is shown."""

    CHOOSE = "choose"
    TICK = "tick"
    UNTICK = "untick"
    DONE = "done"
    TURN = "turn"
    SKIP = "skip"
    KEEP = "keep"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Previewed:
    """Where a preview stands. ``asked`` None: at its end; ``refused``: what was not accepted."""

    consultation_id: ConsultationId
    title: Texts
    language: str
    interview: Interview
    asked: Asked | None
    refused: AnswerRefused | None = None


@dataclass(frozen=True)
class _State:
    """The sketch of a preview; erased at its end, when it is left, and two days after."""

    consultation_id: int
    language: str
    answers: dict[str, Value]
    path: str | None
    choosing: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "consultation_id": self.consultation_id,
            "language": self.language,
            "answers": self.answers,
            "path": self.path,
            "choosing": list(self.choosing),
        }


class Previewing:
    """What one member of staff does in a preview, inside the caller's unit of work."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def begin(self, consultation_id: int, language: str) -> Previewed:
        """Show the first question; raises CardFixed, NoSuchConsultation."""
        row = await draft_for(self._staff, consultation_id)
        interview = await self._interview(row, {})
        first = interview.present()
        state = _State(row.id, language, {}, first.path if first else None)
        self._staff.known.move(self._staff.person, Place(PREVIEWING, row.id))
        self._staff.note("form.preview", f"consultation:{row.id}")
        return await self._shown(row, state, interview)

    async def speak(self, language: str) -> Previewed:
        """The same question in another language; raises NoPreview, UnknownLanguage."""
        row, state, interview = await self._state()
        if language not in LANGUAGES:
            raise UnknownLanguage
        return await self._shown(row, replace(state, language=language), interview)

    async def act(self, verb: Verb, index: int, value: int) -> Previewed:
        """Do something to the question at this place of the form; raises NoPreview, NoSuchChoice.

        What belongs to another question than the one shown shows that one again.
        """
        row, state, interview = await self._state()
        if state.path is None or interview.form.question(state.path).index != index:
            return await self._shown(row, state, interview)
        question = interview.form.question(state.path)
        match verb:
            case Verb.CHOOSE:
                chosen = choice_name(question, value, QuestionType.SELECT_ONE)
                return await self._answered(row, state, interview, question, chosen)
            case Verb.TICK | Verb.UNTICK:
                name = choice_name(question, value, QuestionType.SELECT_MULTIPLE)
                ticked = _ticked(state.choosing, name, wanted=verb is Verb.TICK)
                shown = replace(state, choosing=ticked)
                return await self._shown(row, shown, interview)
            case Verb.DONE:
                chosen_names = [n for n in _names(question) if n in state.choosing]
                given: Value = chosen_names or None
                return await self._answered(row, state, interview, question, given)
            case Verb.TURN:
                return await self._shown(row, state, interview)
            case Verb.SKIP:
                return await self._answered(row, state, interview, question, None)
            case Verb.KEEP:
                kept = interview.answers.get(question.path, interview.default(question))
                return await self._answered(row, state, interview, question, kept)
            case Verb.BACK:
                before = interview.before(question.path) or question
                return await self._shown(row, _at(state, interview, before), interview)

    async def write(self, words: str) -> Previewed:
        """Answer in words; raises NoPreview."""
        row, state, interview = await self._state()
        if state.path is None:
            return await self._shown(row, state, interview)
        question = interview.form.question(state.path)
        if question.type is QuestionType.NOTE:
            return await self._shown(row, state, interview)
        try:
            value = interview.parse(question, words)
        except AnswerRefused as refused:
            return await self._shown(row, state, interview, refused=refused)
        return await self._answered(row, state, interview, question, value)

    async def leave(self) -> ConsultationId | None:
        """Erase everything; which consultation it was, if it can be said; raises NotAllowed."""
        self._staff.ensure(Act.AUTHOR)
        document = await self._staff.sketch(SKETCH)
        await self._staff.discard(SKETCH)
        if self._staff.known.place_of(self._staff.person).step == PREVIEWING:
            self._staff.known.move(self._staff.person, NOWHERE)
        return None if document is None else ConsultationId(document["consultation_id"])

    async def _answered(
        self,
        row: Consultation,
        state: _State,
        interview: Interview,
        question: Question,
        value: Value,
    ) -> Previewed:
        try:
            after = interview.answer(question, value)
        except AnswerRefused as refused:
            return await self._shown(row, state, interview, refused=refused)
        following = after.after(question.path) or after.present()
        state = replace(state, answers=dict(after.answers))
        return await self._shown(row, _at(state, after, following), after)

    async def _state(self) -> tuple[Consultation, _State, Interview]:
        self._staff.ensure(Act.AUTHOR)
        document = await self._staff.sketch(SKETCH)
        if document is None:
            raise NoPreview
        state = _State(**{**document, "choosing": tuple(document["choosing"])})
        row = await draft_for(self._staff, state.consultation_id)
        interview = await self._interview(row, state.answers)
        paths = {question.path for question in interview.form.questions}
        if state.path is not None and state.path not in paths:  # another workbook meanwhile
            first = interview.present()
            state = replace(state, path=first.path if first else None, choosing=())
        return row, state, interview

    async def _interview(self, row: Consultation, answers: dict[str, Value]) -> Interview:
        known = self._staff.known
        await known.shelf.add_forms(self._staff.session, {row.form_version_id})
        return Interview(known.forms[row.form_version_id], answers, today=today(known.now))

    async def _shown(
        self,
        row: Consultation,
        state: _State,
        interview: Interview,
        *,
        refused: AnswerRefused | None = None,
    ) -> Previewed:
        asked = None
        if state.path is None:
            await self.leave()
        else:
            question = interview.form.question(state.path)
            asked = Asked(row.id, interview, question, state.choosing)
            await self._staff.keep(SKETCH, state.to_json())
        return Previewed(row.id, row.title, state.language, interview, asked, refused)


async def end_previews(session: AsyncSession, consultation_id: ConsultationId) -> None:
    """Erase what anybody has answered in a preview of a draft that is one no more."""
    for row in await sketches_of(session, SKETCH):
        if row.document["consultation_id"] == consultation_id:
            await session.delete(row)


def _at(state: _State, interview: Interview, question: Question | None) -> _State:
    """The state at another question, with the ticks of its earlier answer."""
    if question is None:
        return replace(state, path=None, choosing=())
    given = interview.answers.get(question.path)
    ticks = tuple(given) if isinstance(given, list) else ()
    return replace(state, path=question.path, choosing=ticks)


def _names(question: Question) -> Sequence[str]:
    return [choice.name for choice in question.choices]


def _ticked(choosing: tuple[str, ...], name: str, *, wanted: bool) -> tuple[str, ...]:
    others = tuple(one for one in choosing if one != name)
    return (*others, name) if wanted else others
