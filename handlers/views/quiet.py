"""The menu while nothing is open: outcomes, the next session, the charter, being told."""

from collections.abc import Iterator

from handlers.language import _, escape, in_language, isolate, language_now, on_day
from handlers.views.actions import ConsiderOpenings, ReadDocument, ReadOutcome
from handlers.views.view import Button, Link, Row, Rows, one_a_row, shortened
from participation.quiet import Quiet, Session

LONGEST_LABEL = 48


def meanwhile(quiet: Quiet) -> Iterator[str]:
    """What is said below the greeting."""
    if quiet.session is not None:
        yield _session(quiet.session)
    if quiet.is_subscribed:
        yield _("You will be told here when a consultation opens.")
    if quiet.past:
        yield _("What became of earlier consultations:")


def past_outcomes(quiet: Quiet) -> Rows:
    """The newest outcomes, a button each."""
    return one_a_row(
        Button(
            _("Outcome: {title}").format(
                title=isolate(shortened(in_language(one.title), LONGEST_LABEL))
            ),
            ReadOutcome(one.consultation_id, 0),
        )
        for one in quiet.past
    )


def meanwhile_rows(quiet: Quiet) -> Rows:
    """The charter note, and being told of the next consultation."""
    follow = () if quiet.is_subscribed else (_following(),)
    return tuple(row for row in (_charter(quiet), follow) if row)


def _session(session: Session) -> str:
    name = isolate(escape(in_language(session.name)))
    if session.held_on is None:
        return _("Next session of the council: {session}.").format(session=name)
    return _("Next session of the council: {session}, on {day}.").format(
        session=name, day=on_day(session.held_on)
    )


def _charter(quiet: Quiet) -> Row:
    label = _("The participation charter")
    order = {language_now(): 0, None: 1}
    readings = sorted(quiet.charter, key=lambda one: order.get(one.language, 2))
    if readings:
        return (Button(label, ReadDocument(readings[0].document_id)),)
    return (Button(label, Link(quiet.charter_url)),) if quiet.charter_url else ()


def _following() -> Button:
    return Button(_("Tell me when one opens"), ConsiderOpenings())
