"""Being blocked and being found again; messages edited after they were read."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from handlers.filters import is_private
from handlers.language import _
from handlers.present import present, present_again, standing_step
from handlers.replies import Replies
from handlers.saying import said
from handlers.views.view import View
from participation.known import Known
from participation.people import People
from storage.people import Person

router = Router()
GONE = {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}


@router.my_chat_member()
async def note_reachability(event: ChatMemberUpdated, people: People) -> Replies:
    """Blocked: nothing is sent any more; unblocked: the person can be reached again."""
    if not is_private(event):
        return []
    if event.new_chat_member.status in GONE:
        people.block()
    else:
        people.come_back()
    return []


@router.edited_message()
async def explain_editing(message: Message, person: Person, known: Known) -> Replies:
    """An edited message changes nothing: say so, and what is being asked stays."""
    if person.language is None:
        return present(person, known, message)
    if standing_step(person, known) is not None:
        sentence = _(
            "You changed a message. Your recorded answer stays as it was: you can change it in "
            "the review, before you send."
        )
        return present_again(person, known, sentence)
    if known.place_of(person).is_writing:
        sentence = _(
            "You changed a message. What you sent before stays as it was. What was asked last "
            "still waits for your message."
        )
        return [said(message.chat.id, View(sentence))]
    sentence = _("You changed a message. What you sent before stays as it was.")
    return present_again(person, known, sentence)
