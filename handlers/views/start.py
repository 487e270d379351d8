"""The first screen, the menu, the languages, the help."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from handlers.language import (
    OWN_NAMES,
    _,
    at_time,
    escape,
    in_language,
    isolate,
    language_now,
    ngettext,
    on_day,
)
from handlers.views.actions import (
    BeginAnswering,
    LeaveMessage,
    ListConsultations,
    OpenConsultation,
    OpenHelp,
    OpenMenu,
    OpenWorkspace,
    SpeakLanguage,
)
from handlers.views.commune import Profile, commune_name, contact_lines
from handlers.views.quiet import meanwhile, meanwhile_rows, past_outcomes
from handlers.views.view import Button, Row, Rows, View, lines, paragraphs, rows, shortened
from participation.clock import local
from participation.consultations import Listed
from participation.quiet import Quiet
from storage.people import Role

LONGEST_LABEL = 48


def menu(
    profile: Profile,
    listed: Sequence[Listed],
    *,
    first: str = "",
    role: Role | None = None,
    quiet: Quiet | None = None,
) -> View:
    """What can be done now; ``first`` is said instead of a welcome. Staff find their work here.

    ``quiet``: what there is to see meanwhile, where nothing is open.
    """
    welcome = _(
        "Welcome. Here you can read the consultations of your commune and give your opinion."
    )
    begun = [one for one in listed if one.may_continue]
    return View(
        paragraphs(
            lines(heading(profile), first or welcome),
            _open_count(listed),
            *(meanwhile(quiet) if quiet else ()),
        ),
        rows(
            *continuing(begun),
            *(past_outcomes(quiet) if quiet else ()),
            (Button(_("Consultations"), ListConsultations(0)),),
            *(meanwhile_rows(quiet) if quiet else ()),
            (*other_languages(), Button(_("Help"), OpenHelp())),
            (Button(_("Workspace"), OpenWorkspace()),) if role is not None else (),
        ),
    )


def language_choice(consultation: int = 0) -> View:
    """Asks for the language, in both; each line is in one language."""
    return View(
        "مرحبا بكم. المرجو اختيار اللغة.\nBienvenue. Choisissez votre langue.",
        rows(
            tuple(
                Button(name, SpeakLanguage(language, consultation))
                for language, name in OWN_NAMES.items()
            )
        ),
    )


def help_page(profile: Profile) -> View:
    """What the bot does, how to stop, whom to call."""
    return View(
        paragraphs(
            lines(
                heading(profile),
                _(
                    "This is an automatic service of the commune. It does not read your messages "
                    "as a person would."
                ),
            ),
            lines(
                _("Tap “Consultations” to see what is open, read the documents and answer."),
                _("Your answers are kept as you go: stop when you like and go on later."),
                _("Before you send, you can read all your answers again and change them."),
            ),
            _("Never write your national ID card number (CNIE) here."),
            lines(*contact_lines(profile)),
            _("You can also leave a message for a human: an officer answers you here."),
        ),
        rows(
            (Button(_("Leave a message"), LeaveMessage(follows=0)),),
            (Button(_("Consultations"), ListConsultations(0)),),
            (*other_languages(), Button(_("Main menu"), OpenMenu(below=False))),
        ),
    )


def stopped(listed: Sequence[Listed]) -> View:
    """Said when somebody wants to be left in peace."""
    kept = _("Your answers so far are kept.") if listed else ""
    return View(
        lines(
            _("All right, we stop here. You will receive no announcements and no outcomes."), kept
        ),
        rows(*continuing(listed), (Button(_("Main menu"), OpenMenu(below=False)),)),
    )


def heading(profile: Profile) -> str:
    """The commune's name in bold; ``""`` where it is not known."""
    name = escape(commune_name(profile))
    return f"<b>{name}</b>" if name else ""


def other_languages(consultation: int = 0) -> Row:
    """A button for each language that is not being spoken, in its own script."""
    return tuple(
        Button(name, SpeakLanguage(language, consultation))
        for language, name in OWN_NAMES.items()
        if language != language_now()
    )


def continuing(begun: Sequence[Listed]) -> Rows:
    """The buttons that go on with what was begun; titles tell several apart."""
    if len(begun) == 1:
        one = begun[0]
        return ((Button(_("Continue my answers"), go_on(one)),),)
    return tuple(
        (Button(_("Continue: {title}").format(title=title), go_on(one)),)
        for one in begun
        for title in (isolate(shortened(in_language(one.title), LONGEST_LABEL)),)
    )


def go_on(listed: Listed) -> BeginAnswering:
    """Where the button leads that goes on with an answer: to whoever of this phone began it."""
    return BeginAnswering(listed.consultation_id, listed.unfinished or 0)


def still_time(until: datetime) -> str:
    """Said once a consultation has closed, to those who began in time."""
    if local(until).time() == time():
        return _("It has closed. You can finish until the end of {day} (Morocco time).").format(
            day=on_day(local(until).date() - timedelta(days=1))
        )
    return _("It has closed. You can finish until {day} at {time} (Morocco time).").format(
        day=on_day(local(until).date()), time=at_time(until)
    )


def back_to(consultation: int) -> Row:
    """The button to a consultation's card."""
    return (Button(_("Back"), OpenConsultation(consultation)),)


def _open_count(listed: Sequence[Listed]) -> str:
    count = len(listed)
    if count == 0:
        return _("No consultation is open at the moment.")
    sentence = ngettext("{count} consultation is open.", "{count} consultations are open.", count)
    return sentence.format(count=isolate(count))
