"""The menu, the help and the language."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class OpenMenu(Action):
    """``below``: as a new message, where the tapped one must stay."""

    below: bool


@dataclass(frozen=True)
class OpenHelp(Action):
    pass


@dataclass(frozen=True)
class SpeakLanguage(Action):
    """``consultation`` is the card to show again; 0 for none."""

    language: str
    consultation: int
