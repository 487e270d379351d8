"""What is wrong with the house and what to do; and that it is over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.language import _, day_in_words, isolate
from handlers.views.view import View, paragraphs
from participation.clock import local
from storage.alarms import AlarmKind


def alarm(kind: AlarmKind, detail: Mapping[str, Any]) -> View:
    """What is wrong, or was; whom to ask."""
    return _to_administrators(_wrong(kind, detail))


def _wrong(kind: AlarmKind, detail: Mapping[str, Any]) -> str:
    match kind:
        case AlarmKind.DATABASE | AlarmKind.INPUT_LOST:
            return _lasted(kind, _moment(detail["since"]), _moment(detail["until"]))
        case AlarmKind.TOKEN | AlarmKind.SECOND_RECEIVER:
            return _refused(kind, _moment(detail["since"]))
        case AlarmKind.KEY_FILE:
            return _(
                "The key file can no longer be read. Please ask whoever looks after the server "
                "to restore it today from its own copy, and not to restart the service before."
            )
        case AlarmKind.BACKUP:
            return _(
                "No backup has been made for more than {days} days. Please ask whoever looks "
                "after the server to make one today."
            ).format(days=isolate(detail["days"]))
        case AlarmKind.DISK | AlarmKind.CLOCK:
            return _of_the_machine(kind, detail)
        case AlarmKind.PARKED | AlarmKind.REPLIES | AlarmKind.JOBS:
            return _counted(kind, isolate(detail["count"]))


def _lasted(kind: AlarmKind, since: str, until: str) -> str:
    if kind is AlarmKind.DATABASE:
        return _(
            "The database was out of reach from {since} to {until}. What people wrote meanwhile "
            "was kept by Telegram and has been taken up since."
        ).format(since=since, until=until)
    return _(
        "The service heard nothing for more than a day. Telegram keeps messages for 24 hours: "
        "what people wrote between {since} and {until} may be lost. If a consultation was open, "
        "please tell the residents, so that they can answer again."
    ).format(since=since, until=until)


def _refused(kind: AlarmKind, since: str) -> str:
    if kind is AlarmKind.TOKEN:
        return _(
            "On {since} Telegram refused the token of this service; the present one works. If "
            "nobody at the commune had it changed, somebody else may have known it: ask BotFather "
            "for another one."
        ).format(since=since)
    return _(
        "On {since} another program received the messages of this service, which stopped. It "
        "works again. Please ask whoever looks after the server which program that was: what it "
        "received is not recorded here."
    ).format(since=since)


def _of_the_machine(kind: AlarmKind, detail: Mapping[str, Any]) -> str:
    if kind is AlarmKind.DISK:
        return _(
            "Only {megabytes} MB are free on the server. Please ask whoever looks after it to "
            "make room today: once it is full, no answer can be recorded."
        ).format(megabytes=isolate(detail["megabytes"]))
    return _(
        "The clock of the server is {seconds} seconds away from Telegram’s: consultations could "
        "open or close at the wrong time. Please ask whoever looks after the server to switch "
        "time synchronisation on."
    ).format(seconds=isolate(detail["seconds"]))


def _counted(kind: AlarmKind, count: str) -> str:
    if kind is AlarmKind.PARKED:
        return _(
            "Messages that could not be handled: {count}. Each person has received a reference. "
            "Please ask whoever looks after the server to report it within 48 hours."
        ).format(count=count)
    if kind is AlarmKind.REPLIES:
        return _(
            "Replies refused by Telegram in the last 48 hours: {count}. Please ask whoever looks "
            "after the server to look at the log."
        ).format(count=count)
    return _(
        "Tasks given up after five attempts (a file, an export, a closing): {count}. Please ask "
        "whoever looks after the server to look at the log."
    ).format(count=count)


def alarm_over(kind: AlarmKind) -> View:
    """That something is right again."""
    return _to_administrators(_right_again(kind))


def _right_again(kind: AlarmKind) -> str:
    match kind:
        case AlarmKind.DISK:
            return _("The server has enough room again.")
        case AlarmKind.PARKED:
            return _("No message is left that could not be handled.")
        case AlarmKind.REPLIES:
            return _("Telegram accepts the replies again.")
        case AlarmKind.JOBS:
            return _("No task given up is left.")
        case AlarmKind.CLOCK:
            return _("The clock of the server is right again.")
        case AlarmKind.KEY_FILE:
            return _("The key file can be read again.")
        case AlarmKind.BACKUP:
            return _("A backup has been made.")
        case unexpected:  # told when it is over already
            raise ValueError(unexpected)


def _to_administrators(sentence: str) -> View:
    heading = _("To the administrators")
    return View(paragraphs(f"<b>{heading}</b>", sentence))


def _moment(written: str) -> str:
    """A day and a time of day in the commune."""
    at = local(datetime.fromisoformat(written))
    return isolate(f"{day_in_words(at.date())} – {at:%H:%M}")
