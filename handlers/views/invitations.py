"""What somebody sees who comes in by a code or a link, or whose role has changed."""

from handlers.language import _
from handlers.views.actions import OpenMenu, OpenWorkspace
from handlers.views.view import Button, Row, View, lines, rows
from handlers.views.workspace import role_name
from storage.people import Role


def welcomed(role: Role) -> View:
    """Somebody holds this role from now on."""
    return View(
        lines(
            f"<b>{role_name(role)}</b>",
            _("The button below opens your workspace; the command /staff does so at any time."),
        ),
        rows((Button(_("Workspace"), OpenWorkspace()),)),
    )


def knocked() -> View:
    """Somebody has asked, and waits for the issuer."""
    return View(
        lines(
            _("Your request has been passed on to the person who invited you."),
            _("The answer will come here. There is nothing else for you to do."),
        ),
        rows(_menu()),
    )


def refused() -> View:
    """Somebody has asked, and was not admitted."""
    return View(
        lines(
            _("Your request to join the team was not accepted."),
            _("If you think this is a mistake, please speak to the person who invited you."),
        ),
        rows(_menu()),
    )


def ended() -> View:
    """Somebody holds no role any more."""
    return View(
        lines(
            _("Your role has been withdrawn: you no longer have a workspace here."),
            _("You can still take part like everybody else."),
        ),
        rows(_menu()),
    )


def _menu() -> Row:
    return (Button(_("Main menu"), OpenMenu(below=True)),)
