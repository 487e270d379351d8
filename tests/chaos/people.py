"""People who answer the example's questionnaire one after the other, and know what they said."""

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from forms.form import Form, Question, QuestionType
from simulator.chat_message import ChatMessage
from simulator.phone import NothingSaid, Phone
from simulator.town import Town
from tests.chaos.history import History
from tests.conversations.commune import HOUSES
from tests.conversations.walking import ARABIC, FRENCH, RECEIPT, REVIEW, Words

PATIENCE_SECONDS = 15.0
"""How long a person waits for what follows, while the bot runs and its database is there."""
LOOK_SECONDS = 0.5
WORDS = {"fr": FRENCH, "ar": ARABIC}
ENDS = {"fr": (REVIEW, RECEIPT), "ar": ("هذه أجوبتكم", "رمز الوصل")}
LEADING = 25
"""Letters of a question that tell it from the others."""
ALONE = {"house/management": "unsure", "house/never_reason": "unknown"}
"""Choices left alone: they would change which questions follow, or exclude the others."""
SKIPPED = 0.15
ASKING = ("AnswerChoice", "TickChoice", "FinishChoosing", "SkipQuestion", "GoBack")


class Silence(Exception):
    """What should have followed did not, in time."""


class Crowd:
    """So many people at a time, in closed loops; who has finished is followed by a newcomer."""

    def __init__(
        self,
        town: Town,
        form: Form,
        history: History,
        rng: random.Random,
        served_since: Callable[[], float | None],
    ) -> None:
        """``served_since`` says since when the bot runs and can work; None while not."""
        self._town = town
        self._form = form
        self._history = history
        self._rng = rng
        self._served_since = served_since
        self._over = False
        self._numbers = itertools.count(1)
        self._tasks: list[asyncio.Task[None]] = []
        self.phones: dict[int, Phone] = {}

    def begin(self, people: int) -> None:
        """Let so many more come."""
        self._tasks += [asyncio.create_task(self._one_after_the_other()) for _ in range(people)]

    def check(self) -> None:
        """Raise what stopped somebody who should be answering: a mistake of this package."""
        for task in self._tasks:
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def end(self) -> None:
        """Nobody does anything more; everybody waits for what follows from their last act."""
        self._over = True
        await asyncio.gather(*self._tasks)

    async def still_asking(self) -> int:
        """Messages above the newest one that still offer to answer a question."""
        found = 0
        for phone in self.phones.values():
            said = [message for message in await phone.chat() if message.sender == "bot"]
            found += sum(
                any(
                    (one.callback_data or "").startswith(ASKING)
                    for row in old.buttons
                    for one in row
                )
                for old in said[:-1]
            )
        return found

    async def finish(self) -> None:
        """Cancel what still waits."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _one_after_the_other(self) -> None:
        while not self._over:
            number = next(self._numbers)
            language = "ar" if number % 3 == 0 else "fr"
            phone = await self._town.phone(f"Person {number}", language)
            self.phones[number] = phone
            rng = random.Random(self._rng.getrandbits(32))  # noqa: S311  (repeatable)
            walker = Walker(number, phone, language, self._form, self._history, rng)
            walker.is_over = lambda: self._over
            walker.served_since = self._served_since
            try:
                await walker.walk()
            except Silence:
                continue


class Walker:
    """One person on the way from the link to the receipt."""

    def __init__(
        self,
        number: int,
        phone: Phone,
        language: str,
        form: Form,
        history: History,
        rng: random.Random,
    ) -> None:
        self._number = number
        self._phone = phone
        self._language = language
        self._words: Words = WORDS[language]
        self._form = form
        self._history = history
        self._rng = rng
        self._given: dict[str, Any] = {}
        self.is_over: Callable[[], bool] = lambda: False
        self.served_since: Callable[[], float | None] = lambda: 0.0

    async def walk(self) -> None:
        """Everything, or as far as time allows; raises Silence."""
        words = self._words
        at = await self._do("link", self._opens, button=words.fill)
        for button, leads_to in ((words.fill, words.agree), (words.agree, words.go_on)):
            if self.is_over():
                return
            at = await self._tap("walk", at, button, button=leads_to)
        questions = [q for q in self._form.questions if q.type is not QuestionType.NOTE]
        (note,) = (q for q in self._form.questions if q.type is QuestionType.NOTE)
        if self.is_over():
            return
        at = await self._tap(
            "walk", at, words.go_on, path=note.path, text=self._label(questions[0])
        )
        following = self._relevant(questions)
        question = next(following)
        while True:
            if self.is_over():
                return
            answer = self._answers(question, at, following)
            at, next_question = await answer
            if next_question is None:
                break
            question = next_question
        if not self.is_over():
            await self._tap("submit", at, words.send, text=ENDS[self._language][1])

    def _relevant(self, questions: list[Question]) -> Iterator[Question]:
        for question in questions:
            never = self._given.get("house/visits") == "never"
            if question.path == "house/never_reason" and not never:
                continue
            if question.path == "house/last_visit" and never:
                continue
            yield question

    async def _answers(
        self, question: Question, at: ChatMessage, following: Iterator[Question]
    ) -> tuple[ChatMessage, Question | None]:
        """Answer a question; the message that follows, and the question that it asks."""
        path = question.path
        may_skip = path != "house/visits"
        if may_skip and self._rng.random() < SKIPPED:
            self._given[path] = None
            words, then = self._then(following)
            return await self._tap("skip", at, self._words.skip, path=path, text=words), then
        if question.type is QuestionType.SELECT_ONE:
            choice = self._rng.choice(question.choices[:6])
            self._given[path] = choice.name
            words, then = self._then(following)
            button = choice.label[self._language]
            return (
                await self._tap("choose", at, button, path=path, value=choice.name, text=words),
                then,
            )
        if question.type is QuestionType.SELECT_MULTIPLE:
            return await self._ticks(question, at, following)
        typed, value = self._typed(question)
        self._given[path] = value
        words, then = self._then(following)

        async def send() -> None:
            await self._phone.sends(typed)

        return await self._do("type", send, path=path, value=value, text=words), then

    async def _ticks(
        self, question: Question, at: ChatMessage, following: Iterator[Question]
    ) -> tuple[ChatMessage, Question | None]:
        able = [one for one in question.choices[:6] if one.name != ALONE.get(question.path)]
        chosen = self._rng.sample(able, self._rng.randint(1, 3))
        for choice in chosen:
            label = choice.label[self._language]
            at = await self._tap("tick", at, label, button=f"✅ {label}")
            if self.is_over():
                raise Silence
        value = [one.name for one in question.choices if one in chosen]
        self._given[question.path] = value
        words, then = self._then(following)
        done = self._words.done
        return (
            await self._tap("choose", at, done, path=question.path, value=value, text=words),
            then,
        )

    def _then(self, following: Iterator[Question]) -> tuple[str, Question | None]:
        """Words that the next message holds, and its question; None for the review."""
        question = next(following, None)
        if question is None:
            return ENDS[self._language][0], None
        return self._label(question), question

    def _label(self, question: Question) -> str:
        return question.label[self._language][:LEADING]

    def _typed(self, question: Question) -> tuple[str, Any]:
        if question.type is QuestionType.DATE:
            year, month, day = self._rng.randint(2015, 2025), *self._rng.choices(range(1, 13), k=2)
            return f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}"
        if question.type is QuestionType.INTEGER:
            minutes = self._rng.randint(0, 180)
            return str(minutes), minutes
        mark = "".join(self._rng.choices("bcdfghjklmnprstvz", k=12))  # digits may be a number
        words = f"Une salle calme, idée #{self._number}-{mark}"
        return words, words

    async def _opens(self) -> None:
        await self._phone.opens_link(f"c_{HOUSES}")

    async def _tap(
        self,
        does: str,
        message: ChatMessage,
        label: str,
        *,
        path: str | None = None,
        value: Any = None,
        text: str | None = None,
        button: str | None = None,
    ) -> ChatMessage:
        """Tap a button of a message; a new message follows where ``text`` is waited for."""

        async def tap() -> None:
            await self._phone.taps(message, label)

        return await self._do(
            does, tap, path=path, value=value, text=text, button=button, new=text is not None
        )

    async def _do(
        self,
        does: str,
        act: Callable[[], Awaitable[None]],
        *,
        path: str | None = None,
        value: Any = None,
        text: str | None = None,
        button: str | None = None,
        new: bool = False,
    ) -> ChatMessage:
        """Act, and wait for what follows."""
        number = self._history.act(self._number, does, path, value)
        acted = time.monotonic()
        await act()
        while True:
            try:
                message = await self._phone.waits_for(
                    text, button=button, new=new, timeout=LOOK_SECONDS
                )
            except NothingSaid as nothing:
                since = self.served_since()
                if since is not None and time.monotonic() - max(since, acted) > PATIENCE_SECONDS:
                    self._history.note("silence", act=number, saw=str(nothing)[-400:])
                    raise Silence from None
            else:
                self._history.note("reply", act=number, message=message.id)
                return message
