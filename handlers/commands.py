"""What the bot tells Telegram about itself: commands, descriptions. Data; the process posts it."""

from dataclasses import dataclass

from handlers.language import _, speaking
from handlers.views.commune import Profile, commune_name
from participation.people import LANGUAGES

PRIVATE_CHATS = "all_private_chats"
"""The scope (``BotCommandScope``) of citizens' commands; other scopes have none."""

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
EVERYBODY = ""
"""The language code of those whose app speaks another language: they see both of ours."""


@dataclass(frozen=True, slots=True)
class Presence:
    """For one language code: the commands, and who runs the bot, what for, anonymous or not."""

    language_code: str
    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


def presences(profile: Profile) -> tuple[Presence, ...]:
    """One for each language and one for everybody else."""
    spoken = [_presence(language, profile) for language in LANGUAGES]
    both = Presence(
        EVERYBODY,
        tuple(
            (rows[0][0], " · ".join(description for _name, description in rows))
            for rows in zip(*(one.commands for one in spoken), strict=True)
        ),
        "\n\n".join(one.description for one in spoken)[:LONGEST_DESCRIPTION],
        " · ".join(one.short_description for one in spoken)[:LONGEST_SHORT_DESCRIPTION],
    )
    return (*spoken, both)


def _presence(language: str, profile: Profile) -> Presence:
    with speaking(language):
        name = commune_name(profile) or _("The commune")
        return Presence(
            language,
            (
                ("start", _("Main menu")),
                ("consultations", _("Consultations")),
                ("language", _("Language")),
                ("help", _("Help")),
            ),
            _(
                "{commune}: citizen participation. Here you can read the consultations of the "
                "commune and give your opinion. Your answers are kept without your name."
            ).format(commune=name),
            _("{commune}: citizen participation").format(commune=name),
        )
