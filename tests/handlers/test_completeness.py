"""Nothing is forgotten: each action, refusal and type of question has what it needs."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_type_hints

import pytest
from aiogram import Router

from bot.dispatcher import the_dispatcher
from forms.answers import RefusalKind
from forms.form import QuestionType
from handlers.buttons import ACTIONS, LONGEST_DATA, Tapped, pack, unpack
from handlers.commands import EVERYBODY, presences
from handlers.refusals import SENTENCES, sentence
from handlers.steps import Authoring, Questionnaire
from handlers.views.actions import Action, SpeakLanguage
from handlers.views.answers import SENTENCES as ANSWER_SENTENCES
from handlers.views.questions import HOW_TO_ANSWER
from participation.authoring import COMPOSING, WORKBOOK
from participation.consultations import OTHERS
from participation.errors import ParticipationError
from participation.places import ANSWERING, REVIEWING
from participation.previewing import PREVIEWING

GREATEST = 2**53
LARGEST = {"seat": OTHERS, "question": 9_999, "choice": 9_999}
"""What is no id, and how large it can be."""


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def refusals_without_a_sentence() -> set[type[ParticipationError]]:
    ours = set(subclasses(ParticipationError))
    return ours - SENTENCES.keys()


def handled(router: Router) -> Iterator[type[Action]]:
    for handler in router.callback_query.handlers:
        for one in handler.filters or ():
            if isinstance(one.callback, Tapped):
                yield one.callback.kind
    for below in router.sub_routers:
        yield from handled(below)


def largest(kind: type[Action]) -> Action:
    """The action whose callback data are the longest."""
    hints = get_type_hints(kind)
    values: dict[Any, Any] = {int: GREATEST, bool: True, str: "ar"}
    return kind(*(LARGEST.get(field.name, values[hints[field.name]]) for field in fields(kind)))


def test_every_refusal_has_a_sentence() -> None:
    class Planted(ParticipationError):
        pass

    assert refusals_without_a_sentence() >= {Planted}
    assert {one for one in refusals_without_a_sentence() if one.__name__ != "Planted"} == set()
    assert len(SENTENCES) > 10
    with pytest.raises(KeyError):
        sentence(Planted())


def test_every_refused_answer_has_a_sentence() -> None:
    assert ANSWER_SENTENCES.keys() == set(RefusalKind)


def test_every_type_of_question_is_shown() -> None:
    assert HOW_TO_ANSWER.keys() == set(QuestionType)


def test_every_action_has_one_handler() -> None:
    found = list(handled(the_dispatcher()))

    assert len(ACTIONS) > 15
    assert sorted(one.__name__ for one in found) == sorted(ACTIONS)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_action_is_read_back_as_it_was_packed(name: str) -> None:
    action = largest(ACTIONS[name])

    data = pack(action)

    assert unpack(data) == action
    assert len(data.encode()) <= LONGEST_DATA


@pytest.mark.parametrize(
    "data",
    [
        *("", ":", "OpenMenu", "OpenMenu:2", "OpenMenu:1:1", "ReviewAnswers:1:-1", "Action"),
        *("AnswerChoice:1:2:٣", "AnswerChoice:1:2:3" + "0" * 40, "OpenConsultation:1.0"),
    ],
)
def test_data_that_we_did_not_pack_is_nothing(data: str) -> None:
    assert unpack(data) is None


@pytest.mark.parametrize("word", ["a:b", "é", "", "a b"])
def test_a_word_that_could_not_be_read_back_is_not_packed(word: str) -> None:
    with pytest.raises(ValueError, match="callback data"):
        pack(SpeakLanguage(word, 0))


def test_places_are_the_steps_of_the_conversation() -> None:
    assert (
        Questionnaire.answering.state,
        Questionnaire.reviewing.state,
    ) == (ANSWERING, REVIEWING)
    assert (
        Authoring.workbook.state,
        Authoring.composing.state,
        Authoring.previewing.state,
    ) == (WORKBOOK, COMPOSING, PREVIEWING)


def test_commands_are_told_in_each_language_and_in_both() -> None:
    told = {one.language_code: one for one in presences({})}

    assert set(told) == {"ar", "fr", EVERYBODY}
    for presence in told.values():
        assert [name for name, _words in presence.commands] == [
            "start",
            "consultations",
            "language",
            "help",
        ]
        assert all(0 < len(words) <= 256 for _name, words in presence.commands)
        assert 0 < len(presence.description) <= 512
        assert 0 < len(presence.short_description) <= 120
