"""The team: inviting, being asked, deciding; and what those see who ask."""

from collections.abc import Callable
from datetime import timedelta

from handlers.invitations import enter_code
from handlers.refusals import explain
from handlers.views.invitations import ended, knocked, refused, welcomed
from handlers.views.team import (
    changed,
    decided,
    invitation,
    issued,
    knocking,
    member,
    role_choice,
    roster,
    withdrawing,
    withdrawn,
)
from handlers.views.view import View
from participation.errors import ParticipationError
from participation.invitations import (
    Caller,
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
from participation.places import NOWHERE
from participation.team import (
    Decided,
    DecidedAlready,
    Issued,
    LastAdministrator,
    Member,
    NoAddress,
    NobodyKnocked,
    NoSuchInvitation,
    NoSuchMember,
    NoSuchRole,
    OnTheTeamAlready,
    Pending,
    Team,
)
from storage.base import PersonId
from storage.invitations import Invitation
from storage.people import Channel, Person, Role, RoleGrant
from tests.gallery.events import message_among, tap, words
from tests.gallery.scene import Notice, Scene, Seen
from tests.gallery.scenes.workspace import at_work
from tests.gallery.visit import Visit

NAMES = {"ar": ("نعيمة الإدريسي", "Salma B."), "fr": ("Naima El Idrissi", "سلمى")}
"""A name in each script: the other one must not turn its sentence."""
WRONG = "MUSH-7K3M-9QXT-2B4D"
LINK = "https://t.me/musharaka_bot?start=s_Zm9vYmFyYmF6cXV4MTIzNA"


async def _team(visit: Visit) -> Team:
    """Three members, a link that nobody used and one that somebody used."""
    staff = at_work(visit, Role.ADMINISTRATOR)
    session, now = visit.known.session, visit.known.now
    others = [
        Person(id=PersonId(n), channel=Channel.TELEGRAM, channel_id=9000 + n, language="ar")
        for n in (1, 2, 3)
    ]
    session.add_all(others)
    await session.flush()
    first, second = NAMES[visit.language]
    holders = [
        (others[0], Role.OFFICER, first, 12),
        (others[1], Role.ANALYST, second, 0),
    ]
    session.add_all(
        RoleGrant(person_id=one.id, role=role, name=name, granted_at=now - timedelta(days=days))
        for one, role, name, days in holders
    )
    session.add_all(
        Invitation(
            token_hash=str(number),
            role=Role.OFFICER,
            issued_by=visit.person.id,
            issued_at=now,
            expires_at=now + timedelta(hours=72),
            knocked_by=knocker,
            knocked_as=name,
            knocked_username=None,
        )
        for number, knocker, name in ((1, None, None), (2, others[2].id, "Driss"))
    )
    await session.flush()
    return Team(staff)


async def _roster(visit: Visit) -> View:
    return roster(*await (await _team(visit)).roster(), 0)


async def _officer(visit: Visit) -> Member:
    members, _pending = await (await _team(visit)).roster()
    return members[1]


async def _pending(visit: Visit, place: int) -> Pending:
    _members, pending = await (await _team(visit)).roster()
    return pending[place]


async def _issued(visit: Visit) -> View:
    link = await (await _team(visit)).invite("officer")
    return issued(Issued(link.role, "", link.until), LINK)


def _knocking(visit: Visit, username: str | None, name: str | None = None) -> View:
    caller = Caller.shown_as(name or NAMES[visit.language][0], username)
    return knocking(1, Role.OFFICER, caller)


async def _invitation(visit: Visit, place: int) -> View:
    return invitation(await _pending(visit, place))


def _decided(visit: Visit, *, admitted: bool) -> View:
    caller = Caller.shown_as(NAMES[visit.language][0], None)
    return decided(Decided(Role.OFFICER, caller, None), admitted=admitted)


async def _member(visit: Visit, view: Callable[[Member], View]) -> View:
    return view(await _officer(visit))


async def _ended(visit: Visit) -> View:
    one = await _officer(visit)
    return withdrawn(one, visit.staff)


async def _changed(visit: Visit) -> View:
    one = await _officer(visit)
    return changed(one, visit.staff)


async def _wrong_code(visit: Visit) -> Seen:
    message = words(visit, WRONG)
    code = "MUSH7K3M9QXT2B4D"
    return message_among(await enter_code(message, code, visit.person, visit.known))


def _refused(name: str, caption: str, refusal: ParticipationError, said: str) -> Scene:
    """What somebody reads whose link or code does nothing."""

    def build(visit: Visit) -> Seen:
        visit.known.move(visit.person, NOWHERE)
        return message_among(explain(refusal, words(visit, said), visit.person, visit.known))

    return Scene(f"invitation-{name}", None, caption, build, said=said)


def _noticed(name: str, caption: str, refusal: ParticipationError) -> Scene:
    """What an administrator reads whose tap does nothing."""

    async def build(visit: Visit) -> Notice:
        behind = await _roster(visit)
        return Notice.among(behind, explain(refusal, tap(visit), visit.person, visit.known))

    return Scene(f"notice-team-{name}", None, caption, build)


OPENED = "/start"
SCENES = (
    Scene("team", roster, "The team and its open invitations", _roster, dark=True),
    Scene(
        "team-role-choice",
        role_choice,
        "For which role somebody is invited",
        lambda visit: role_choice(),
    ),
    Scene("team-link", issued, "A new link, shown once", _issued),
    Scene(
        "team-knocking",
        knocking,
        "Somebody has opened the link",
        lambda visit: _knocking(visit, "naima_taroudant"),
    ),
    Scene(
        "team-knocking-nameless",
        knocking,
        "Somebody whose account has no public name, and whose name wants to turn the line",
        lambda visit: _knocking(visit, None, "\u202e<Naima> نعيمة & Co"),
    ),
    Scene(
        "team-invitation-unused",
        invitation,
        "An invitation that nobody has used",
        lambda visit: _invitation(visit, 1),
    ),
    Scene(
        "team-invitation-knocked",
        invitation,
        "An invitation by which somebody has asked",
        lambda visit: _invitation(visit, 0),
    ),
    Scene("team-admitted", decided, "Admitted", lambda visit: _decided(visit, admitted=True)),
    Scene("team-refused", decided, "Not admitted", lambda visit: _decided(visit, admitted=False)),
    Scene(
        "team-taken-back",
        decided,
        "A link was taken back",
        lambda visit: decided(Decided(Role.OFFICER, None, None), admitted=False),
    ),
    Scene("team-member", member, "Somebody's role", lambda visit: _member(visit, member)),
    Scene(
        "team-withdrawing",
        withdrawing,
        "Asked once more before a role is withdrawn",
        lambda visit: _member(visit, withdrawing),
    ),
    Scene("team-withdrawn", withdrawn, "The role is withdrawn", _ended),
    Scene("team-changed", changed, "The role is another one now", _changed),
    Scene(
        "welcomed-administrator",
        welcomed,
        "The first administrator",
        lambda visit: welcomed(Role.ADMINISTRATOR),
        said=WRONG,
    ),
    Scene("welcomed-officer", welcomed, "Admitted", lambda visit: welcomed(Role.OFFICER)),
    Scene("knocked", knocked, "Whoever has asked waits", lambda visit: knocked(), said=OPENED),
    Scene("refused", refused, "Whoever has asked was not admitted", lambda visit: refused()),
    Scene("role-ended", ended, "A role was withdrawn", lambda visit: ended()),
    Scene("invitation-wrong-code", None, "A wrong code", _wrong_code, said=WRONG),
    _refused("too-many-codes", "Too many wrong codes", TooManyCodes(), WRONG),
    _refused("unknown", "A link that was never made", InvitationUnknown(), OPENED),
    _refused("expired", "A link that is too old", InvitationExpired(), OPENED),
    _refused("used", "A link that was used", InvitationUsed(), OPENED),
    _refused("taken-back", "A link that was taken back", InvitationTakenBack(), OPENED),
    _refused("forwarded", "A link that was forwarded", SomebodyElseKnocked(), OPENED),
    _refused("waiting", "The same link opened again", KnockedAlready(), OPENED),
    _refused("not-admitted", "The same, after a refusal", KnockRefused(), OPENED),
    _refused("no-need", "Opened by a member", HoldsARole(Role.OFFICER), OPENED),
    _noticed("no-such-member", "A role that is held no more", NoSuchMember()),
    _noticed("no-such-invitation", "An invitation that is not there", NoSuchInvitation()),
    _noticed("decided-already", "Admitted by two taps", DecidedAlready()),
    _noticed("nobody-knocked", "Nobody has used the link", NobodyKnocked()),
    _noticed("on-the-team", "Whoever knocked came in otherwise", OnTheTeamAlready()),
    _noticed("last-administrator", "The last administrator stays", LastAdministrator()),
    _noticed("no-such-role", "A role that is not there", NoSuchRole()),
    _noticed("no-address", "The bot does not know its own name", NoAddress()),
)
