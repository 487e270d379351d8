"""What a start of the simulator, or a test, may choose; Telegram's figures are the defaults."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

DEFAULT_TOKEN = "1000001:simulated-token"  # noqa: S105 - opens nothing but the simulator


@dataclass(frozen=True)
class Settings:
    """A limit of 0 is no limit. Seconds are the simulator's own."""

    bulk_per_second: int = 30  # to people who have not spoken lately, all chats together
    paid_per_second: int = 1000  # the same with allow_paid_broadcast
    solicited_seconds: float = 60.0  # so long after a person's act a message is a reply, not bulk
    chat_per_second: float = 1.0  # messages to one private chat …
    chat_burst: int = 20  # … after a burst of so many
    group_per_minute: int = 20
    callback_seconds: float = 15.0  # a callback query can be answered so long
    update_hours: float = 24.0  # an update nobody fetched is kept so long
    webhook_backoff: float = 1.0  # seconds before the second call; doubles
    webhook_backoff_most: float = 60.0
    webhook_timeout: float = 60.0
    kept_requests: int = 20_000
    kept_messages: int = 2_000  # in each chat
    heartbeat: float = 15.0  # a stream that has been silent so long says that it is still there
    follower_patience: float = 20.0  # whoever does not take in what a stream says is let go
    group_privacy: bool = True  # in groups the bot hears only what concerns it
    validate: bool = True

    def changed(self, changes: dict[str, Any]) -> "Settings":
        """A copy; raises ValueError on a name or a type that does not fit."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in changes.items():
            if name not in kinds:
                raise ValueError(f"there is no setting {name!r}; known: {', '.join(kinds)}")
            fits = kinds[name] is type(value) or (kinds[name] is float and type(value) is int)
            if not fits:
                raise ValueError(f"{name} must be {kinds[name].__name__}, found {value!r}")
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


UNLIMITED: dict[str, Any] = {
    "bulk_per_second": 0,
    "paid_per_second": 0,
    "chat_per_second": 0,
    "group_per_minute": 0,
}
