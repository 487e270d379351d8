"""What a person does from arriving to the receipt, learned from one conversation with our bot.

The bot's answers to the learner give the number of requests that each act leads to; everybody in
the load then does the same, and the opponents are asked for the same requests.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.telegram import Telegram
from forms.form import Form, Question, QuestionType
from handlers.buttons import unpack
from handlers.views.actions import (
    Action,
    AgreeToNotice,
    AnswerChoice,
    BeginAnswering,
    FinishChoosing,
    SkipQuestion,
    SubmitAnswers,
    TickChoice,
)
from simulator.record import Entry

SLUG = "neighbourhood-houses"
ARRIVAL = f"/start c_{SLUG}"
LONGEST = 60
"""Acts; more would be a circle."""
QUIET_SECONDS = 0.15
PATIENCE_SECONDS = 10.0
LETTERS = {
    "answerCallbackQuery": "a",
    "editMessageText": "e",
    "sendMessage": "s",
}
TYPED: Mapping[QuestionType, str] = {
    QuestionType.TEXT: "Il faudrait ouvrir plus tôt le samedi et réparer la salle de lecture.",
    QuestionType.INTEGER: "12",
    QuestionType.DECIMAL: "2,5",
    QuestionType.DATE: "14/10/2026",
}


class Lost(Exception):
    """The learner does not know what to do next."""


@dataclass(frozen=True, slots=True)
class Act:
    """A text that is typed, or a tap's callback data, and what follows from it."""

    is_tap: bool
    words: str
    answers: bool
    """Whether a question is answered by it: a tick alone, a note or the way in are none."""
    methods: tuple[str, ...]
    said: tuple[str, ...]
    """The texts that the bot sent or edited because of it, in order."""

    @property
    def changes(self) -> int:
        """How many messages appear or change."""
        return len(self.said)

    @property
    def letters(self) -> str:
        """What an opponent is asked to do for it."""
        return "".join(LETTERS[method] for method in self.methods)


Script = tuple[Act, ...]


class Learner:
    """Walks through the questionnaire alone; ``seed`` varies the choices made."""

    def __init__(self, telegram: Telegram, form: Form, seed: int, *, typing: bool = False) -> None:
        """``typing``: choices are typed by their number wherever that is understood."""
        self._telegram = telegram
        self._form = form
        self._seed = seed
        self._typing = typing
        self._person, self._chat = telegram.newcomer()

    async def begin(self) -> int:
        """Only as far as the first question; the person's chat."""
        await self._try(is_tap=False, words=ARRIVAL, answers=False)
        while (wish := self._wish()) is not None:
            await self._try(*wish)
            if isinstance(unpack(wish[1]), AgreeToNotice):
                return self._chat.id
        raise Lost("no questionnaire begins")

    async def learn(self) -> Script:
        """Raises Lost where the conversation does not end with a receipt."""
        acts = [await self._try(is_tap=False, words=ARRIVAL, answers=False)]
        while len(acts) < LONGEST:
            wish = self._wish()
            if wish is None:
                break
            acts.append(await self._try(*wish))
        if not isinstance(unpack(acts[-1].words), SubmitAnswers):
            raise Lost(f"the conversation ended with {acts[-1].words!r}: {self._newest()}")
        return tuple(acts)

    async def _try(self, is_tap: bool, words: str, answers: bool) -> Act:
        record = self._telegram.world.record
        since = record.count
        if is_tap:
            self._telegram.people.taps(
                self._person, self._chat, self._newest()["message_id"], words
            )
        else:
            self._telegram.people.sends(self._person, self._chat, {"text": words})
        made: list[Entry] = []
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not made:
            await self._telegram.quiet(QUIET_SECONDS)
            made = [one for one in record.since(since) if one.chat_id == self._chat.id]
            if time.monotonic() > deadline:
                raise Lost(f"no answer to {words!r}")
        return Act(
            is_tap,
            words,
            answers,
            tuple(one.method for one in made),
            tuple(one.params["text"] for one in made if one.method != "answerCallbackQuery"),
        )

    def _newest(self) -> dict[str, Any]:
        said = self._chat.messages.values()
        return [one for one in said if one["from"] is self._telegram.world.bot][-1]

    def _wish(self) -> tuple[bool, str, bool] | None:
        """What to do about the newest message; None when nothing is left to do."""
        offered = self._offered()
        for kind in (SubmitAnswers, AgreeToNotice, BeginAnswering):
            for data, action in offered.items():
                if isinstance(action, kind):
                    return True, data, False
        question = self._question(offered)
        if question is None:
            return None
        return self._answer(question, offered)

    def _offered(self) -> dict[str, Action]:
        markup = self._newest().get("reply_markup", {})
        rows = markup.get("inline_keyboard", [])
        found = {
            button["callback_data"]: unpack(button["callback_data"])
            for row in rows
            for button in row
            if "callback_data" in button
        }
        return {data: action for data, action in found.items() if action is not None}

    def _question(self, offered: Mapping[str, Action]) -> Question | None:
        for action in offered.values():
            number = getattr(action, "question", None)
            if isinstance(number, int):
                before = type(action).__name__ == "GoBack"
                if not before:
                    return self._form.questions[number]
        for action in offered.values():
            number = getattr(action, "question", None)
            if isinstance(number, int):
                return self._form.questions[number]
        return None

    def _answer(self, question: Question, offered: Mapping[str, Action]) -> tuple[bool, str, bool]:
        if question.type in TYPED:
            return False, TYPED[question.type], True
        if question.type is QuestionType.NOTE:
            return True, _first(offered, SkipQuestion), False
        if self._typing:
            return False, str(1 + self._seed % len(question.choices)), True
        if question.type is QuestionType.SELECT_ONE:
            choices = [data for data, one in offered.items() if isinstance(one, AnswerChoice)]
            return True, choices[(self._seed + question.index) % len(choices)], True
        ticks = [data for data, one in offered.items() if isinstance(one, TickChoice)]
        unticked = [data for data in ticks if data.endswith(":1")]
        if len(unticked) == len(ticks):
            return True, unticked[(self._seed + question.index) % len(unticked)], False
        return True, _first(offered, FinishChoosing), True


def _first(offered: Mapping[str, Action], kind: type[Action]) -> str:
    for data, action in offered.items():
        if isinstance(action, kind):
            return data
    raise Lost(f"{kind.__name__} is not offered, only {', '.join(offered)}")


def requests_of(script: Script) -> int:
    """Bot API requests that a whole conversation leads to."""
    return sum(len(act.methods) for act in script)


def answers_of(script: Script) -> int:
    return sum(act.answers for act in script)


def echoed(script: Script) -> Script:
    """The same conversation with an opponent, asking for the same requests."""
    return tuple(
        Act(act.is_tap, act.letters, act.answers, act.methods, act.said) for act in script
    )


def one_request(script: Script) -> Script:
    """As many answers, each typed and echoed by one request."""
    return tuple(
        Act(is_tap=False, words="s", answers=True, methods=("sendMessage",), said=("",))
        for act in script
        if act.answers
    )
