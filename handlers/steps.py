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


class Card(StatesGroup):
    """Writing the card of a draft, its documents, or why a window is changed.

    The place's number is the consultation's, or the document's where one is described.
    """

    title = State()
    stake = State()
    contact = State()
    window = State()
    short_reason = State()
    sending = State()
    document_title = State()
    document_summary = State()
    extending = State()
    closing = State()
