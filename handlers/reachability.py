"""Being blocked and being found again; messages edited after they were read."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated, Message

from handlers.filters import is_private
from handlers.language import _
from handlers.present import present, present_again, standing_step
from handlers.replies import Replies
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
    """An edited message changes no answer: say how it is done."""
    if standing_step(person, known) is None:
        return present(person, known, message)
    sentence = _(
        "You changed a message. Your recorded answer stays as it was: you can change it in the "
        "review, before you send."
    )
    return present_again(person, known, sentence)
