"""The Bot API methods that the simulator acts out, a module per noun."""

from simulator.methods import chats, edits, intake, media, messages, profile, queries
from simulator.methods.registry import METHODS, Call, Method

__all__ = [
    "METHODS",
    "Call",
    "Method",
    "chats",
    "edits",
    "intake",
    "media",
    "messages",
    "profile",
    "queries",
]
