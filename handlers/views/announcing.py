"""What whoever announced something sees of it while mail leaves."""

from collections.abc import Mapping

from handlers.language import _, escape, in_language, isolate
from handlers.views.view import LONGEST_TITLE, View, lines, paragraphs, shortened
from participation.announcing import Told
from storage.announcements import AnnouncementKind


def told(kind: AnnouncementKind, title: Mapping[str, str], so_far: Told) -> View:
    """How far an announcement is; at its end, whom it did not reach and why."""
    return View(
        paragraphs(
            lines(f"<b>{heading(kind)}</b>", escape(shortened(in_language(title), LONGEST_TITLE))),
            lines(_how_far(so_far), *_not_told(kind, so_far)),
        )
    )


def heading(kind: AnnouncementKind) -> str:
    """What was announced."""
    match kind:
        case AnnouncementKind.OPENING:
            return _("Announcement of the opening")
        case AnnouncementKind.EXTENSION:
            return _("Announcement of the new last day")
        case AnnouncementKind.CLOSING:
            return _("Announcement of the early closing")
        case AnnouncementKind.OUTCOME:
            return _("Announcement of the outcome")


def _how_far(so_far: Told) -> str:
    sentence = (
        _("✅ Finished. Received by {sent} of {total}.")
        if so_far.is_over
        else _("⏳ Being sent. Received by {sent} of {total} so far.")
    )
    return sentence.format(sent=isolate(so_far.sent), total=isolate(so_far.total))


def _not_told(kind: AnnouncementKind, so_far: Told) -> tuple[str, ...]:
    """A line for each reason; none for what did not happen."""
    said = (
        (so_far.unreachable, _away(kind)),
        (so_far.stopped, _("Stopped announcements before it left: {count}.")),
        (so_far.failed, _("Refused by Telegram: {count}. The operator can see why.")),
        (
            so_far.uncertain,
            _(
                "May or may not have arrived: {count}. It is not sent again, so that nobody "
                "receives it twice."
            ),
        ),
    )
    return tuple(sentence.format(count=isolate(count)) for count, sentence in said if count)


def _away(kind: AnnouncementKind) -> str:
    if kind is AnnouncementKind.OUTCOME:
        return _(
            "Left Telegram or blocked this bot: {count}. Whoever comes back within 90 days "
            "receives it then."
        )
    return _(
        "Left Telegram or blocked this bot: {count}. Whoever comes back within 7 days receives it "
        "then."
    )
