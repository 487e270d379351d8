"""Answers to taps on callback buttons."""

from simulator.methods.registry import Call, method
from simulator.refusals import QUERY_TOO_OLD, bad_request
from simulator.world import World


@method("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
def answer_callback_query(world: World, call: Call) -> bool:
    """Once, and in time; the text is shown to the person as a notice."""
    query = world.queries.get(call.params["callback_query_id"])
    too_old = query is not None and (
        query.answer is not None
        or world.clock.steady() - query.asked_at > world.settings.callback_seconds
    )
    if query is None or too_old:
        raise bad_request(QUERY_TOO_OLD)
    query.answer = {
        name: call.params[name] for name in ("text", "show_alert", "url") if name in call.params
    }
    chat = world.chats.all[query.chat_id]
    notice = {
        "callback_query_id": query.id,
        "person_id": query.person_id,
        "text": call.params.get("text", ""),
        "alert": call.params.get("show_alert", False),
    }
    if "url" in call.params:
        notice["url"] = call.params["url"]
    chat.notices.append(notice | {"seq": world.events.add("notice", chat.id, details=notice)})
    return True
