"""The steps of a conversation, matched through the ``raw_state`` that the worker passes."""

from aiogram.fsm.state import State, StatesGroup


class Questionnaire(StatesGroup):
    """Answering one consultation."""

    answering = State()
    reviewing = State()


class Reporting(StatesGroup):
    """An officer writes what became of a consultation."""

    writing = State()
    enclosing = State()


class Helping(StatesGroup):
    """A message to a human, and its answer."""

    asking = State()
    answering = State()


class Authoring(StatesGroup):
    """Making a questionnaire: a workbook is awaited, it is written in the chat, it is tried."""

    workbook = State()
    composing = State()
    previewing = State()
