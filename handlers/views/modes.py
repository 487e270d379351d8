"""What ties an answer to a person, in words: for staff who choose it, for citizens who answer."""

from handlers.language import _
from storage.consultations import Mode


def mode_name(mode: Mode) -> str:
    """One word."""
    match mode:
        case Mode.ANONYMOUS:
            return _("Anonymous")
        case Mode.PSEUDONYMOUS:
            return _("Pseudonymous")
        case Mode.IDENTIFIED:
            return _("Identified")


def mode_meaning(mode: Mode) -> str:
    """What it does and does not promise, for staff."""
    match mode:
        case Mode.ANONYMOUS:
            return _(
                "A secret key ties answers to accounts until the closing, then it is destroyed: "
                "after that nobody can say who answered what. No question may ask who answers."
            )
        case Mode.PSEUDONYMOUS:
            return _(
                "Each person answers under a number, the same in every consultation of this "
                "kind. No name is asked, but several answers together may give somebody away."
            )
        case Mode.IDENTIFIED:
            return _(
                "You see which account answered, and questions may ask for a name. Choose it only "
                "where you have to write back: fewer people answer."
            )


def mode_promise(mode: Mode) -> str:
    """The same in one sentence, for those who answer."""
    match mode:
        case Mode.ANONYMOUS:
            return _("Your answers are anonymous.")
        case Mode.PSEUDONYMOUS:
            return _("Your answers are kept under a number, without your name.")
        case Mode.IDENTIFIED:
            return _("This consultation is not anonymous: the commune sees who answered.")
