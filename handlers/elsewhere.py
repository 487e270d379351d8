"""Groups and channels: the bot speaks in private chats only, and stays silent elsewhere."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.filters import Elsewhere
from handlers.replies import Replies

router = Router()


@router.message(Elsewhere())
@router.edited_message(Elsewhere())
@router.callback_query(Elsewhere())
@router.my_chat_member(Elsewhere())
@router.channel_post()
@router.edited_channel_post()
async def stay_silent(event: TelegramObject) -> Replies:
    """Say nothing."""
    return []
