"""Refusals about invitations and roles."""

from handlers.language import _
from handlers.refusals.sentences import Sentences
from handlers.views.view import lines
from handlers.views.workspace import role_name
from participation.invitations import (
    HoldsARole,
    InvitationExpired,
    InvitationTakenBack,
    InvitationUnknown,
    InvitationUsed,
    KnockedAlready,
    KnockRefused,
    SomebodyElseKnocked,
    TooManyCodes,
)
from participation.team import (
    DecidedAlready,
    LastAdministrator,
    NoAddress,
    NobodyKnocked,
    NoSuchInvitation,
    NoSuchMember,
    NoSuchRole,
    OnTheTeamAlready,
)

SENTENCES: Sentences = {
    InvitationUnknown: lambda _refusal: _(
        "This link does not work. Please ask the person who gave it to you for a new one."
    ),
    InvitationExpired: lambda _refusal: _(
        "The time for this invitation is over. Please ask for a new one."
    ),
    InvitationUsed: lambda _refusal: _(
        "This invitation has been used already: it serves once. Please ask for a new one."
    ),
    InvitationTakenBack: lambda _refusal: _(
        "This invitation has been taken back. Please speak to the person who gave it to you."
    ),
    SomebodyElseKnocked: lambda _refusal: _(
        "Somebody else has used this link already: it serves one person. Please ask for your own."
    ),
    KnockedAlready: lambda _refusal: _(
        "You have asked already, and your request is waiting. The answer will come here."
    ),
    KnockRefused: lambda _refusal: _(
        "Your request was not accepted. Please speak to the person who invited you."
    ),
    HoldsARole: lambda refusal: lines(
        role_name(refusal.role), _("You are on the team already: you need no invitation.")
    ),
    TooManyCodes: lambda _refusal: _(
        "Too many wrong codes. Please wait an hour before you try again."
    ),
    NoSuchMember: lambda _refusal: _("This person no longer has this role."),
    NoSuchInvitation: lambda _refusal: _("There is no such invitation."),
    DecidedAlready: lambda _refusal: _("This has been decided already."),
    NobodyKnocked: lambda _refusal: _("Nobody has used this link yet."),
    OnTheTeamAlready: lambda _refusal: _(
        "This person has a role by now. Open the team to change it."
    ),
    LastAdministrator: lambda _refusal: _(
        "This is the only administrator. Make somebody else administrator first."
    ),
    NoSuchRole: lambda _refusal: _("There is no such role."),
    NoAddress: lambda _refusal: _(
        "No link can be made just now: Telegram does not answer. "
        "Please try again in a few minutes."
    ),
}
