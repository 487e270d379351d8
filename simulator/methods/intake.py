"""How the bot gets its updates: by asking, or by being called."""

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.methods.registry import Call, method
from simulator.refusals import bad_request
from simulator.updates import Update
from simulator.world import Webhook, World

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@method("getMe")
def get_me(world: World, _: Call) -> dict[str, Any]:
    return world.bot | {
        "first_name": world.profile.text("name", ""),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings.group_privacy,
        "supports_inline_queries": False,
    }


@method("getUpdates", "offset", "limit", "timeout", "allowed_updates")
async def get_updates(world: World, call: Call) -> list[Update]:
    if not world.updates.webhook_is_set:
        world.updates.allow(call.params.get("allowed_updates"))
    return await world.updates.poll(
        world.settings,
        offset=call.params.get("offset", 0),
        limit=call.params.get("limit", 100),
        timeout=call.params.get("timeout", 0),
    )


@method(
    "setWebhook",
    *("url", "ip_address", "max_connections", "allowed_updates", "drop_pending_updates"),
    "secret_token",
)
def set_webhook(world: World, call: Call) -> bool:
    """As a local Bot API server: plain http is allowed, and here only towards this machine."""
    params = call.params
    address = urlsplit(params["url"])
    if params["url"] and address.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the simulator calls webhooks on this machine only")
    if params["url"] and address.scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token", "")
    if secret and re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret) is None:
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    world.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        world.updates.forget_all()
    world.webhook = Webhook(
        params["url"], secret, params.get("max_connections", 40), params.get("ip_address")
    )
    world.updates.webhook_is_set = bool(params["url"])
    if params["url"]:
        world.updates.stop_poll("terminated by setWebhook request")
    world.webhook_changed.notify()
    return True


@method("deleteWebhook", "drop_pending_updates")
def delete_webhook(world: World, call: Call) -> bool:
    return set_webhook(world, Call({"url": ""} | call.params)) is True


@method("getWebhookInfo")
def get_webhook_info(world: World, _: Call) -> dict[str, Any]:
    hook = world.webhook
    about: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if hook.url:
        about["max_connections"] = hook.max_connections
        about["ip_address"] = hook.ip_address or "127.0.0.1"
    if hook.last_error_date is not None:
        about["last_error_date"] = hook.last_error_date
        about["last_error_message"] = hook.last_error_message
    if world.updates.allowed is not None:
        about["allowed_updates"] = sorted(world.updates.allowed)
    return about
