"""The team as administrators see it."""

from collections.abc import Sequence
from urllib.parse import quote

from handlers.language import _, escape, isolate, short_day
from handlers.views.actions import (
    AdmitStaff,
    AskToWithdrawRole,
    ChangeRole,
    ChooseRole,
    IssueInvitation,
    OpenInvitation,
    OpenMember,
    OpenTeam,
    OpenWorkspace,
    TakeBackInvitation,
    WithdrawRole,
)
from handlers.views.view import (
    Button,
    Link,
    Row,
    View,
    lines,
    one_a_row,
    page_of,
    paragraphs,
    rows,
    shortened,
    turning,
)
from participation.invitations import Caller
from participation.roles import Act
from participation.staff import Staff
from participation.team import Decided, Issued, Member, Pending
from storage.people import Role

LONGEST_LABEL = 40
LONGEST_NAME = 80


def role_title(role: Role) -> str:
    """The role as a title."""
    match role:
        case Role.ADMINISTRATOR:
            return _("Administrator")
        case Role.OFFICER:
            return _("Officer")
        case Role.ANALYST:
            return _("Analyst")


def roster(members: Sequence[Member], pending: Sequence[Pending], page: int) -> View:
    """Who holds a role, then the invitations that are open; a button each."""
    everything: list[Member | Pending] = [*pending, *members]
    shown, page, count = page_of(everything, page)
    return View(
        paragraphs(f"<b>{_('Team')}</b>", lines(*(_line(one) for one in shown))),
        rows(
            *one_a_row(_button(one) for one in shown),
            turning(page, count, OpenTeam),
            (Button(_("Invite somebody"), ChooseRole()),),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def role_choice() -> View:
    """Asks for which role somebody is invited, with what each may do."""
    return View(
        paragraphs(
            _("Whom do you invite?"),
            lines(
                f"<b>{role_title(Role.OFFICER)}</b>",
                _("Prepares and opens consultations, answers citizens, takes the results."),
            ),
            lines(
                f"<b>{role_title(Role.ANALYST)}</b>",
                _("Sees how consultations stand and takes results that name nobody."),
            ),
            lines(
                f"<b>{role_title(Role.ADMINISTRATOR)}</b>",
                _("Does all of this, and decides who is on the team."),
            ),
        ),
        rows(
            *one_a_row(
                Button(role_title(role), IssueInvitation(role.value))
                for role in (Role.OFFICER, Role.ANALYST, Role.ADMINISTRATOR)
            ),
            _back(),
        ),
    )


def issued(link: Issued, address: str) -> View:
    """The link, said once."""
    return View(
        paragraphs(
            _(
                "This link asks for the role {role}. It serves one person, once, until {day}."
            ).format(role=isolate(role_title(link.role)), day=short_day(link.until)),
            isolate(escape(address)),
            _(
                "Send it to the person you invite. When they open it, you will be asked here "
                "whether to admit them: nobody comes in without you."
            ),
        ),
        rows(
            (Button(_("Send the link"), Link(f"https://t.me/share/url?url={quote(address)}")),),
            _back(),
        ),
    )


def knocking(invitation_id: int, role: Role, caller: Caller) -> View:
    """Asks the issuer whether to admit the one who opened the link."""
    return View(
        paragraphs(
            _("Somebody has opened your invitation and asks for the role {role}.").format(
                role=isolate(role_title(role))
            ),
            lines(*_shown_as(caller)),
            _("Anybody can choose such a name. Admit them only if you know that it is they."),
        ),
        rows(
            (
                Button(_("Admit"), AdmitStaff(invitation_id)),
                Button(_("Refuse"), TakeBackInvitation(invitation_id)),
            )
        ),
    )


def invitation(pending: Pending) -> View:
    """An open invitation: who waits to be admitted, or that nobody has used it."""
    if pending.caller is not None:
        asked = knocking(pending.invitation_id, pending.role, pending.caller)
        return View(asked.text, rows(*asked.buttons, _back()))
    return View(
        lines(
            _("An invitation for the role {role} that nobody has used. It ends on {day}.").format(
                role=isolate(role_title(pending.role)), day=short_day(pending.until)
            ),
            _("The link was shown once and cannot be shown again."),
        ),
        rows(
            (Button(_("Take the link back"), TakeBackInvitation(pending.invitation_id)),),
            _back(),
        ),
    )


def decided(done: Decided, *, admitted: bool) -> View:
    """What was decided, in place of the question."""
    if done.caller is None:
        sentence = _("The link has been taken back: it leads nowhere now.")
    elif admitted:
        sentence = _("{name} is on the team now, with the role {role}.").format(
            name=_name(done.caller.name), role=isolate(role_title(done.role))
        )
    else:
        sentence = _("{name} was not admitted, and has been told.").format(
            name=_name(done.caller.name)
        )
    return View(sentence, rows(_back()))


def member(one: Member) -> View:
    """Somebody on the team, and what can be done with their role."""
    return View(
        _line(one),
        rows(
            *one_a_row(
                Button(
                    _("Change to: {role}").format(role=role_title(role)),
                    ChangeRole(one.grant_id, role.value),
                )
                for role in Role
                if role is not one.role
            ),
            (Button(_("Withdraw the role"), AskToWithdrawRole(one.grant_id)),),
            _back(),
        ),
    )


def withdrawing(one: Member) -> View:
    """Asks once more before a role is withdrawn."""
    return View(
        lines(
            _("Withdraw the role {role} from {name}?").format(
                role=isolate(role_title(one.role)), name=_name(one.name)
            ),
            _("It takes effect at once, and the person is told. What they did stays."),
        ),
        rows(
            (Button(_("Withdraw the role"), WithdrawRole(one.grant_id)),),
            (Button(_("Cancel"), OpenMember(one.grant_id)),),
        ),
    )


def withdrawn(one: Member, staff: Staff) -> View:
    """A role was withdrawn."""
    sentence = _("{name} no longer has the role {role}.").format(
        name=_name(one.name), role=isolate(role_title(one.role))
    )
    return View(sentence, rows(_back(staff)))


def changed(one: Member, staff: Staff) -> View:
    """Somebody holds this role now."""
    sentence = _("{name} now has the role {role}.").format(
        name=_name(one.name), role=isolate(role_title(one.role))
    )
    return View(sentence, rows(_back(staff)))


def _line(one: Member | Pending) -> str:
    role = isolate(role_title(one.role))
    if isinstance(one, Member):
        return _("{name}: {role}, since {day}.").format(
            name=_name(one.name), role=role, day=short_day(one.since)
        )
    if one.caller is None:
        return _("Open invitation: {role}, until {day}.").format(
            role=role, day=short_day(one.until)
        )
    return _("{name} asks for the role {role}.").format(name=_name(one.caller.name), role=role)


def _button(one: Member | Pending) -> Button:
    if isinstance(one, Member):
        return Button(isolate(shortened(one.name, LONGEST_LABEL)), OpenMember(one.grant_id))
    if one.caller is not None:
        label = _("Decide: {name}").format(name=isolate(shortened(one.caller.name, LONGEST_LABEL)))
        return Button(label, OpenInvitation(one.invitation_id))
    label = _("Invitation: {role}").format(role=role_title(one.role))
    return Button(label, OpenInvitation(one.invitation_id))


def _shown_as(caller: Caller) -> tuple[str, str]:
    name = _("The account shows the name {name}.").format(name=_name(caller.name))
    if caller.username is None:
        return name, _("It has no public @name.")
    account = isolate(f"@{escape(caller.username)}")
    return name, _("Its public name is {account}.").format(account=account)


def _name(name: str) -> str:
    return isolate(escape(shortened(name, LONGEST_NAME)))


def _back(staff: Staff | None = None) -> Row:
    """To the team; nowhere for somebody who has just left it."""
    if staff is not None and not staff.may(Act.MANAGE_TEAM):
        return ()
    return (Button(_("Team"), OpenTeam(0)),)
