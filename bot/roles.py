"""The loops by name, as ``musharaka run --role`` takes them."""

from enum import StrEnum


class Role(StrEnum):
    RECEIVER = "receiver"
    WORKER = "worker"
    REPLIES = "replies"
    MAIL = "mail"
    CLERK = "clerk"
    CLOCK = "clock"
