"""What the bot tells Telegram about itself: commands, descriptions. Data; the process posts it."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from handlers.language import _, speaking
from handlers.replies import Replies, Reply
from handlers.views.commune import Profile, commune_name
from participation.people import LANGUAGES
from participation.roles import Act, may
from storage.people import Role

PRIVATE_CHATS = "all_private_chats"
"""The scope (``BotCommandScope``) of citizens' commands; staff have their own, in their chats."""

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
EVERYBODY = ""
"""The language code of those whose app speaks another language: they see both of ours."""

Commands = tuple[tuple[str, str], ...]
"""Names, and what each does in words."""


@dataclass(frozen=True, slots=True)
class Presence:
    """For one language code: the commands, and who runs the bot, what for, anonymous or not."""

    language_code: str
    commands: Commands
    description: str
    short_description: str


def presences(profile: Profile) -> tuple[Presence, ...]:
    """One for each language and one for everybody else."""
    spoken = [_presence(language, profile) for language in LANGUAGES]
    both = Presence(
        EVERYBODY,
        _in_all([one.commands for one in spoken]),
        "\n\n".join(one.description for one in spoken)[:LONGEST_DESCRIPTION],
        " · ".join(one.short_description for one in spoken)[:LONGEST_SHORT_DESCRIPTION],
    )
    return (*spoken, both)


def commands_of(chat_id: int, role: Role | None) -> Replies:
    """Let somebody's menu hold the commands of their role; a citizen's chat has no own list."""
    if role is not None:
        return [Reply(menu_of_staff(chat_id, role), lasting=True)]
    scope = BotCommandScopeChat(chat_id=chat_id)
    return [Reply(DeleteMyCommands(scope=scope), lasting=True)]


def menu_of_staff(chat_id: int, role: Role) -> SetMyCommands:
    """The commands of a role, in the language being spoken.

    A chat's own list goes before those of all chats, whatever language the app speaks.
    """
    listed = (*_staffs(role), *_citizens())
    return SetMyCommands(
        commands=[BotCommand(command=name, description=words) for name, words in listed],
        scope=BotCommandScopeChat(chat_id=chat_id),
    )


def _staffs(role: Role) -> Commands:
    return tuple(
        (name, words)
        for name, act, words in (
            ("staff", Act.WORK, _("Workspace")),
            ("export", Act.EXPORT, _("Export the answers")),
        )
        if may(role, act)
    )


def _citizens() -> Commands:
    return (
        ("start", _("Main menu")),
        ("consultations", _("Consultations")),
        ("language", _("Language")),
        ("help", _("Help")),
    )


def _in_all(listed: Sequence[Commands]) -> Commands:
    return tuple(
        (rows[0][0], " · ".join(description for _name, description in rows))
        for rows in zip(*listed, strict=True)
    )


def _presence(language: str, profile: Profile) -> Presence:
    with speaking(language):
        name = commune_name(profile) or _("The commune")
        return Presence(
            language,
            _citizens(),
            _(
                "{commune}: citizen participation. Here you can read the consultations of the "
                "commune and give your opinion. Your answers are kept without your name."
            ).format(commune=name),
            _("{commune}: citizen participation").format(commune=name),
        )
