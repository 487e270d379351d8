"""The team as administrators see it: who holds a role, who asks for one, who was invited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participation.clock import today
from participation.codes import hash_of_token, new_token
from participation.errors import ParticipationError
from participation.granting import (
    Addressee,
    addressee,
    administrators,
    end,
    grant,
    have_told,
    hold_team,
)
from participation.invitations import LINK_LASTS, NAMELESS, Caller
from participation.roles import Act
from participation.staff import Staff
from storage.base import PersonId
from storage.invitations import (
    Decision,
    Invitation,
    held_invitation,
    open_invitations,
    unused_invitations_of,
)
from storage.people import Role, RoleGrant, held_grants


class NoSuchMember(ParticipationError):
    """This role is not held any more."""


class NoSuchInvitation(ParticipationError):
    """It was never made."""


class DecidedAlready(ParticipationError):
    """Somebody has admitted, refused or taken back before."""


class NobodyKnocked(ParticipationError):
    """Nobody has used the link yet: there is nobody to admit."""


class OnTheTeamAlready(ParticipationError):
    """Whoever knocked has been given a role otherwise."""


class LastAdministrator(ParticipationError):
    """Without this one nobody could admit anybody."""


class NoSuchRole(ParticipationError):
    """There is no role of this name."""


class NoAddress(ParticipationError):
    """The channel is out of reach since the bot started: it does not know its own name yet."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who holds a role."""

    grant_id: int
    name: str
    role: Role
    since: date


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that is open; ``caller`` is who has knocked."""

    invitation_id: int
    role: Role
    until: date
    caller: Caller | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link. Its token is said once and kept nowhere."""

    role: Role
    token: str
    until: date


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of an invitation; ``told`` is the person who knocked, if anybody did."""

    role: Role
    caller: Caller | None
    told: Addressee | None


class Team:
    """What administrators do with roles. Every method raises NotAllowed."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def roster(self) -> tuple[Sequence[Member], Sequence[Pending]]:
        """Who holds a role, and the invitations that are open; reading names is noted."""
        self._staff.ensure(Act.MANAGE_TEAM)
        session, now = self._staff.session, self._staff.known.now
        members = [_member(one) for one in await held_grants(session)]
        pending = [_pending(one) for one in await open_invitations(session, now)]
        self._staff.note("team.read", members=len(members), invitations=len(pending))
        return members, pending

    async def member(self, grant_id: int) -> Member:
        """One of them; raises NoSuchMember."""
        self._staff.ensure(Act.MANAGE_TEAM)
        held = _among(await held_grants(self._staff.session), grant_id)
        self._staff.note("team.read", f"person:{held.person_id}")
        return _member(held)

    async def invitation(self, invitation_id: int) -> Pending:
        """An open invitation; raises NoSuchInvitation, DecidedAlready."""
        self._staff.ensure(Act.MANAGE_TEAM)
        row = await self._open(invitation_id)
        self._staff.note("invitation.read", f"invitation:{row.id}")
        return _pending(row)

    async def invite(self, role: str) -> Issued:
        """Make a link by which one person may ask for a role; raises NoSuchRole."""
        await self._held_team()
        wanted, token, now = _role(role), new_token(), self._staff.known.now
        row = Invitation(
            token_hash=hash_of_token(token),
            role=wanted,
            issued_by=self._staff.person.id,
            issued_at=now,
            expires_at=now + LINK_LASTS,
        )
        self._staff.session.add(row)
        await self._staff.session.flush()
        self._staff.note("invitation.issue", f"invitation:{row.id}", role=wanted.value)
        return Issued(wanted, token, today(row.expires_at))

    async def admit(self, invitation_id: int) -> Decided:
        """Give the role to the one who knocks.

        Raises NoSuchInvitation, DecidedAlready, NobodyKnocked, OnTheTeamAlready.
        """
        team = await self._held_team()
        row = await self._open(invitation_id)
        if row.knocked_by is None:
            raise NobodyKnocked
        if row.knocked_by in team:
            raise OnTheTeamAlready
        decided = await self._decide(row, Decision.ADMITTED)
        await grant(
            self._staff,
            row.knocked_by,
            row.role,
            decided.caller.name if decided.caller else NAMELESS,
            granted_by=self._staff.person.id,
            invitation=row.id,
        )
        return decided

    async def take_back(self, invitation_id: int) -> Decided:
        """Let an invitation be worth nothing; whoever has knocked is refused.

        Raises NoSuchInvitation, DecidedAlready.
        """
        await self._held_team()
        row = await self._open(invitation_id)
        if row.knocked_by is None:
            return await self._decide(row, Decision.WITHDRAWN)
        return await self._decide(row, Decision.REFUSED)

    async def withdraw(self, grant_id: int) -> Member:
        """Take a role back; raises NoSuchMember, LastAdministrator."""
        held = await self._hold(grant_id, None)
        await end(self._staff, held)
        await self._forget_invitations(held)
        await have_told(self._staff.known, held.person_id)
        return _member(held)

    async def change(self, grant_id: int, role: str) -> Member:
        """Another role instead; raises NoSuchRole, NoSuchMember, LastAdministrator."""
        self._staff.ensure(Act.MANAGE_TEAM)
        wanted = _role(role)
        held = await self._hold(grant_id, wanted)
        if wanted is held.role:
            return _member(held)
        await end(self._staff, held)
        await self._forget_invitations(held)
        mine = self._staff.person.id
        await grant(self._staff, held.person_id, wanted, held.name, granted_by=mine)
        await have_told(self._staff.known, held.person_id)
        team = await held_grants(self._staff.session)
        return _member(next(one for one in team if one.person_id == held.person_id))

    async def _held_team(self) -> Mapping[PersonId, RoleGrant]:
        """The team, while nobody else changes it; raises NotAllowed for who just left it."""
        self._staff.ensure(Act.MANAGE_TEAM)
        team = await hold_team(self._staff.session)
        await self._staff.look_again()
        self._staff.ensure(Act.MANAGE_TEAM)
        return team

    async def _hold(self, grant_id: int, becoming: Role | None) -> RoleGrant:
        """A role that is held, while nobody else changes the team."""
        team = await self._held_team()
        held = _among(team.values(), grant_id)
        remains = becoming is Role.ADMINISTRATOR or held.role is not Role.ADMINISTRATOR
        if not remains and len(administrators(team)) == 1:
            raise LastAdministrator
        return held

    async def _open(self, invitation_id: int) -> Invitation:
        row = await held_invitation(self._staff.session, invitation_id)
        if row is None or row.issued_by is None:
            raise NoSuchInvitation
        if row.decision is not None:
            raise DecidedAlready
        return row

    async def _decide(self, row: Invitation, decision: Decision) -> Decided:
        caller = _caller(row)
        row.decision, row.decided_at = decision, self._staff.known.now
        row.knocked_as = row.knocked_username = None
        if decision is not Decision.ADMITTED:  # the grant is noted instead
            act = "invitation.refuse" if caller else "invitation.withdraw"
            self._staff.note(act, f"invitation:{row.id}", role=row.role.value)
        await self._staff.session.flush()
        return Decided(row.role, caller, await self._knocker(row.knocked_by))

    async def _knocker(self, person_id: PersonId | None) -> Addressee | None:
        return None if person_id is None else await addressee(self._staff.session, person_id)

    async def _forget_invitations(self, held: RoleGrant) -> None:
        """The links of somebody who is administrator no more lead nowhere."""
        for row in await unused_invitations_of(self._staff.session, held.person_id):
            await self._decide(row, Decision.WITHDRAWN)


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise NoSuchRole from None


def _among(grants: Iterable[RoleGrant], grant_id: int) -> RoleGrant:
    for one in grants:
        if one.id == grant_id:
            return one
    raise NoSuchMember


def _member(held: RoleGrant) -> Member:
    return Member(held.id, held.name, held.role, today(held.granted_at))


def _caller(row: Invitation) -> Caller | None:
    if row.knocked_by is None:
        return None
    return Caller(row.knocked_as or NAMELESS, row.knocked_username)


def _pending(row: Invitation) -> Pending:
    return Pending(row.id, row.role, today(row.expires_at), _caller(row))
