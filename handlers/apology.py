"""What a citizen is told when an update could not be handled."""

from aiogram.methods import SendMessage

from handlers.language import _, isolate


def apology(chat_id: int, reference: str) -> SendMessage:
    """A short reference to quote; what failed is in the log under it."""
    sentence = _(
        "Something went wrong on our side with your last message. Please try once more. If it "
        "happens again, tell the commune this reference: {reference}"
    )
    return SendMessage(chat_id=chat_id, text=sentence.format(reference=isolate(reference)))
