"""Asking to be told when a consultation opens: a consent of its own."""

from handlers.language import _
from handlers.views.actions import FollowOpenings, OpenMenu
from handlers.views.view import Button, View, lines, rows


def openings_offered() -> View:
    """The words of ``ANNOUNCEMENTS_VERSION`` by which one subscribes."""
    return View(
        lines(
            _("Shall we write to you here when a consultation opens?"),
            _("The commune keeps only that you agreed. Every announcement has a stop button."),
        ),
        rows(
            (Button(_("Yes, tell me"), FollowOpenings()),),
            (Button(_("No, thank you"), OpenMenu(below=False)),),
        ),
    )


def openings_followed() -> View:
    """Said once one is subscribed, and again to whoever asks again."""
    return View(
        lines(
            _("You will be told here when a consultation opens."),
            _("To stop, send /stop or tap the button under an announcement."),
        ),
        rows((Button(_("Main menu"), OpenMenu(below=False)),)),
    )
