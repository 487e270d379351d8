"""The menu, the help and the language."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class OpenMenu(CitizenAction):
    """``below``: as a new message, where the tapped one must stay."""

    below: bool


@dataclass(frozen=True)
class OpenHelp(CitizenAction):
    pass


@dataclass(frozen=True)
class SpeakLanguage(CitizenAction):
    """``consultation`` is the card to show again; 0 for none."""

    language: str
    consultation: int
