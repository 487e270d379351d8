"""The notice before answering: three lines, the whole of it, and what stays in the chat."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handlers.language import _, escape, in_language, isolate
from handlers.views.actions import AgreeToNotice, BeginAnswering, ListenToNotice, ReadNotice
from handlers.views.commune import Profile, commune_name, contact_lines
from handlers.views.start import back_to
from handlers.views.view import (
    Button,
    File,
    Held,
    Row,
    View,
    lines,
    paragraphs,
    rows,
    said_title,
    shortened,
)
from participation.answering import Unagreed
from storage.base import DocumentId
from storage.consultations import Mode

LONGEST_FACT = 400


def notice(unagreed: Unagreed, profile: Profile) -> View:
    """Who asks, what for, whether it is anonymous; then the choice."""
    return View(
        notice_text(unagreed, profile),
        rows(
            _agreeing(unagreed),
            (
                *_listening(unagreed),
                Button(_("More"), ReadNotice(unagreed.consultation_id, unagreed.seat)),
            ),
            back_to(unagreed.consultation_id),
        ),
    )


def full_notice(unagreed: Unagreed, profile: Profile, *, agreed_before: bool) -> View:
    """Everything that a person has a right to be told, in the regulator's words."""
    back = BeginAnswering(unagreed.consultation_id, unagreed.seat)
    return View(
        full_text(unagreed, profile),
        rows(
            () if agreed_before else _agreeing(unagreed),
            _listening(unagreed),
            back_to(unagreed.consultation_id) if agreed_before else (Button(_("Back"), back),),
        ),
    )


def agreed(unagreed: Unagreed, profile: Profile) -> View:
    """The notice as it stays in the chat."""
    return View(paragraphs(notice_text(unagreed, profile), _("You agreed.")))


def spoken(unagreed: Unagreed, recording: DocumentId) -> View:
    """The notice as the commune has recorded it."""
    return View(
        _("What becomes of your answers, to listen to."),
        rows(_agreeing(unagreed)),
        File(recording, Held.VOICE),
    )


def notice_text(unagreed: Unagreed, profile: Profile) -> str:
    """The three lines of ``NOTICE_VERSIONS``; another wording is another version."""
    return lines(
        _("{commune} asks for your opinion on {title}.").format(
            commune=_commune(profile), title=_title(unagreed)
        ),
        _("The commune reads the answers, for this consultation only (law 09-08)."),
        KEPT[unagreed.mode](),
    )


KEPT: dict[Mode, Callable[[], str]] = {
    Mode.ANONYMOUS: lambda: _(
        "Anonymous: your answers are kept without your name and without your telephone number."
    ),
    Mode.PSEUDONYMOUS: lambda: _(
        "Under a number: your answers are kept with a number that stands for you, without your "
        "name."
    ),
    Mode.IDENTIFIED: lambda: _(
        "In your own name: the commune’s staff can see that the answers come from your account."
    ),
}
"""Anonymous or not: one line."""


def full_text(unagreed: Unagreed, profile: Profile) -> str:
    """The whole notice of ``NOTICE_VERSIONS``, with the facts that the commune has supplied."""
    facts = profile.get("personal_data", {})
    return paragraphs(
        "<b>{}</b>".format(_("What becomes of your answers")),
        lines(
            _("Controller: {controller}.").format(
                controller=_fact(facts, "controller") or _commune(profile)
            ),
            _("Purpose: the consultation {title}, and nothing else (law 09-08).").format(
                title=_title(unagreed)
            ),
            _("You answer if you wish. Only the questions that say so need an answer."),
            _READ[unagreed.mode](),
            _retention(facts),
        ),
        KEY[unagreed.mode](),
        lines(
            _("Telegram carries your messages and keeps them outside Morocco."),
            _("Do not send your national ID card number (CNIE)."),
        ),
        lines(
            _("You have the rights of access, rectification and opposition."),
            _("To use them: “Withdraw my answer” here, or the contact below."),
            *_contact(facts, profile),
            _("You may also complain to the CNDP."),
        ),
        lines(*_numbers(facts)),
    )


_READ: dict[Mode, Callable[[], str]] = {
    Mode.ANONYMOUS: lambda: _(
        "Who reads: the commune’s staff in charge of the consultation, without knowing who "
        "answered. What they publish names nobody."
    ),
    Mode.PSEUDONYMOUS: lambda: _(
        "Who reads: the commune’s staff in charge of the consultation. They see the number that "
        "stands for you, the same in every consultation of this kind. What they publish names "
        "nobody."
    ),
    Mode.IDENTIFIED: lambda: _(
        "Who reads: the commune’s staff in charge of the consultation, who see your account’s "
        "number with the answers. Each reading is noted. What they publish names nobody."
    ),
}
KEY: dict[Mode, Callable[[], str]] = {
    Mode.ANONYMOUS: lambda: _(
        "Until the sealing, a day after the closing, a secret key ties your answers to your "
        "account, so that you can go on, withdraw them, and nobody answers twice. Until then, "
        "those who run this service could find your answers. Then the key is destroyed: nobody "
        "can find them any more, not even you."
    ),
    Mode.PSEUDONYMOUS: lambda: _(
        "A secret key makes your number from your account. It is not destroyed: those who run "
        "this service could find your answers for as long as they are kept. You can withdraw "
        "them here until a day after the closing."
    ),
    Mode.IDENTIFIED: lambda: _(
        "Your account’s number stays with your answers for as long as they are kept. You can "
        "withdraw them here until a day after the closing."
    ),
}
"""What the key means, and until when."""


def _retention(facts: Mapping[str, Any]) -> str:
    kept = _fact(facts, "retention")
    if kept:
        return _("How long: {retention}.").format(retention=kept)
    return _("How long: the commune has not yet supplied how long answers are kept.")


def _contact(facts: Mapping[str, Any], profile: Profile) -> Iterator[str]:
    contacts = [_fact(facts, key) for key in ("rights_contact", "rights_email")]
    for contact in filter(None, contacts):
        yield _("Contact: {contact}").format(contact=contact)
    if any(contacts):
        return
    yield _("Contact for your rights: not yet supplied. Meanwhile:")
    yield from contact_lines(profile)


def _numbers(facts: Mapping[str, Any]) -> Iterator[str]:
    missing = _("not yet supplied")
    for key, label in (
        ("cndp_declaration_number", _("CNDP declaration: {number}")),
        ("cndp_authorisation_number", _("CNDP authorisation: {number}")),
        ("cndp_transfer_number", _("CNDP, transfer abroad: {number}")),
    ):
        yield label.format(number=_fact(facts, key) or missing)


def _fact(facts: Mapping[str, Any], key: str) -> str:
    """What the commune has supplied, escaped and isolated; ``""`` where it has not."""
    given = facts.get(key, "")
    words = in_language(given) if isinstance(given, Mapping) else str(given)
    return isolate(escape(shortened(words, LONGEST_FACT))) if words.strip() else ""


def _commune(profile: Profile) -> str:
    return isolate(escape(commune_name(profile)) or _("The commune"))


def _title(unagreed: Unagreed) -> str:
    return said_title(unagreed.title)


def _agreeing(unagreed: Unagreed) -> Row:
    return (Button(_("I agree"), AgreeToNotice(unagreed.consultation_id, unagreed.seat)),)


def _listening(unagreed: Unagreed) -> Row:
    if not unagreed.is_spoken:
        return ()
    return (Button(_("Listen 🔊"), ListenToNotice(unagreed.consultation_id)),)
