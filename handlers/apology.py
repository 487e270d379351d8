"""What a person is told when an update of theirs could not be worked on."""

from aiogram.methods import SendMessage

from handlers.language import _, isolate


def apology(chat_id: int, reference: str) -> SendMessage:
    """A kind sentence with the reference under which the operator finds the parked update."""
    return SendMessage(
        chat_id=chat_id,
        text=_(
            "Something went wrong on our side, and your last message was set aside. "
            "Please send it again. If it happens once more, give this number to the commune: "
            "{reference}"
        ).format(reference=isolate(reference)),
    )
