"""Methods that ask about chats and their members."""

from typing import Any

from simulator.chats import Chat
from simulator.methods.registry import Call, method
from simulator.refusals import bad_request
from simulator.world import World

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method("getChat", "chat_id")
def get_chat(world: World, call: Call) -> dict[str, Any]:
    chat = world.chats.find(call.params["chat_id"])
    if chat.is_private and not chat.started:
        raise bad_request("chat not found")
    fixed = {"accent_color_id": 0, "max_reaction_count": 11}
    return chat.about | fixed | {"accepted_gift_types": dict.fromkeys(GIFTS, False)}


@method("getChatMember", "chat_id", "user_id")
def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    chat = world.chats.find(call.params["chat_id"])
    return member(world, chat, call.params["user_id"])


@method("getChatMemberCount", "chat_id")
def get_chat_member_count(world: World, call: Call) -> int:
    return len(world.chats.find(call.params["chat_id"]).members) + 1


@method("leaveChat", "chat_id")
def leave_chat(world: World, call: Call) -> bool:
    chat = world.chats.find(call.params["chat_id"])
    if chat.is_private:
        raise bad_request("chat not found")
    world.chats.change(chat, blocked=True)
    return True


def member(world: World, chat: Chat, user_id: int) -> dict[str, Any]:
    if user_id == world.bot["id"]:
        kicked = {"user": world.bot, "status": "kicked", "until_date": 0}
        return kicked if chat.blocked else {"user": world.bot, "status": "member"}
    person = world.chats.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if user_id == chat.creator_id:
        return {"user": person.user, "status": "creator", "is_anonymous": False}
    return {"user": person.user, "status": "member" if user_id in chat.members else "left"}
