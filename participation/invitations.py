"""Coming in: the code of a first start, and links that ask or, from the operator, admit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category

from sqlalchemy.ext.asyncio import AsyncSession

from participation.codes import hash_of_code, hash_of_token, new_code, new_token
from participation.errors import ParticipationError
from participation.granting import Addressee, addressee, administrators, end, grant, hold_team
from participation.known import Known
from participation.staff import Staff
from storage.audit import append
from storage.base import PersonId
from storage.invitations import (
    Decision,
    Invitation,
    WrongCode,
    count_wrong_codes,
    has_way_in,
    held_invitation,
    invitation_with,
)
from storage.people import Person, Role, RoleGrant

STAFF_LINK = "s_"
"""What a start parameter begins with that asks for a role: ``s_`` and a token."""
CODE_LASTS = timedelta(hours=24)
OPERATORS_LINK_LASTS = timedelta(days=7)
LINK_LASTS = timedelta(hours=72)
GUESSING = timedelta(hours=1)
MOST_WRONG_CODES = 5
"""How many wrong codes one person may enter in that time."""

LONGEST_NAME = 130
LONGEST_USERNAME = 40
NAMELESS = "—"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Kinds of characters that a name may not hold: they can turn or hide what stands beside it."""


class InvitationUnknown(ParticipationError):
    """No link with this token was ever made."""


class InvitationExpired(ParticipationError):
    """Its time is over."""


class InvitationUsed(ParticipationError):
    """Somebody has come in by it, or was refused."""


class InvitationTakenBack(ParticipationError):
    """Its issuer does not want it to be used any more."""


class SomebodyElseKnocked(ParticipationError):
    """It was forwarded: another person has asked by it already."""


class KnockedAlready(ParticipationError):
    """The same person has asked, and waits."""


class KnockRefused(ParticipationError):
    """The same person has asked, and was not admitted."""


class HoldsARole(ParticipationError):
    """Whoever opens it is on the team already."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role


class TooManyCodes(ParticipationError):
    """The person has been wrong too often lately."""


@dataclass(frozen=True, slots=True)
class Caller:
    """How the account of somebody who asks shows itself; whatever it says is theirs to choose."""

    name: str
    username: str | None

    @classmethod
    def shown_as(cls, name: str, username: str | None) -> "Caller":
        """Without what could turn the direction of the words beside it, or hide in them."""
        plain = "".join(
            " " if letter.isspace() else letter
            for letter in name
            if letter.isspace() or category(letter) not in _UNSEEN
        )
        shown = " ".join(plain.split())[:LONGEST_NAME].rstrip()
        return cls(shown or NAMELESS, username[:LONGEST_USERNAME] if username else None)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody holds a role from now on."""

    role: Role


@dataclass(frozen=True, slots=True)
class Knocked:
    """Somebody has asked; the issuer is to be told."""

    invitation_id: int
    role: Role
    caller: Caller
    issuer: Addressee


class Invitations:
    """What anybody may do with a link or a code that reached them."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    async def knock(self, token: str, caller: Caller) -> Knocked | Admitted:
        """Ask to be admitted; the operator's own link admits at once.

        Raises a refusal of this module for every link that does not work (any more).
        """
        found = await invitation_with(self._known.session, hash_of_token(token))
        if found is None:
            raise InvitationUnknown
        row, held = await self._held(found)
        if held is not None:
            raise HoldsARole(held.role)
        self._ensure_usable(row)
        if row.issued_by is None:
            return await self._admit(row, caller, held)
        return await self._ask(row, row.issued_by, caller)

    async def enter(self, code: str, caller: Caller) -> Admitted | None:
        """Become an administrator by the start-up code; None, and counted, where it is wrong.

        Raises HoldsARole, InvitationExpired, InvitationUsed, TooManyCodes.
        """
        known = self._known
        guesser = known.keyring.pseudonym(self._person.channel_id, "code")
        wrong = await count_wrong_codes(known.session, guesser, known.now - GUESSING)
        if wrong >= MOST_WRONG_CODES:
            raise TooManyCodes
        found = await invitation_with(known.session, hash_of_code(code))
        if found is None:
            known.session.add(WrongCode(guesser=guesser, guessed_at=known.now))
            await known.session.flush()
            return None
        row, held = await self._held(found)
        if held is not None and held.role is Role.ADMINISTRATOR:
            raise HoldsARole(Role.ADMINISTRATOR)
        self._ensure_usable(row)
        return await self._admit(row, caller, held)

    async def _held(self, found: Invitation) -> tuple[Invitation, RoleGrant | None]:
        """The invitation and the person's role as they are now, in the order in which all hold."""
        team = await hold_team(self._known.session)
        row = await held_invitation(self._known.session, found.id)
        if row is None:
            raise InvitationUnknown
        return row, team.get(self._person.id)

    def _ensure_usable(self, row: Invitation) -> None:
        if row.knocked_by == self._person.id and row.decision is Decision.REFUSED:
            raise KnockRefused
        match row.decision:
            case Decision.WITHDRAWN:
                raise InvitationTakenBack
            case Decision.ADMITTED | Decision.REFUSED:
                raise InvitationUsed
        if row.knocked_by == self._person.id:
            raise KnockedAlready
        if row.knocked_by is not None:
            raise SomebodyElseKnocked
        if self._known.now >= row.expires_at:
            raise InvitationExpired

    async def _ask(self, row: Invitation, issuer: PersonId, caller: Caller) -> Knocked:
        row.knocked_by, row.knocked_at = self._person.id, self._known.now
        row.knocked_as, row.knocked_username = caller.name, caller.username
        self._staff.note("invitation.knock", f"invitation:{row.id}", role=row.role.value)
        await self._known.session.flush()
        told = await addressee(self._known.session, issuer)
        return Knocked(row.id, row.role, caller, told)

    async def _admit(self, row: Invitation, caller: Caller, held: RoleGrant | None) -> Admitted:
        """Whoever held a lesser role leaves it: a person holds one."""
        row.knocked_by, row.knocked_at = self._person.id, self._known.now
        row.decision, row.decided_at = Decision.ADMITTED, self._known.now
        if held is not None:
            await end(self._staff, held)
        await grant(
            self._staff,
            self._person.id,
            row.role,
            caller.name,
            granted_by=None,
            invitation=row.id,
        )
        return Admitted(row.role)

    @property
    def _staff(self) -> Staff:
        return Staff(self._known, self._person)


async def first_code(session: AsyncSession, now: datetime) -> str | None:
    """A fresh start-up code where nobody could come in otherwise; only its hash is kept.

    None where somebody is administrator, or a code or link for one still works.
    """
    if administrators(await hold_team(session)) or await has_way_in(session, now):
        return None
    code = new_code()
    await _issue(session, hash_of_code(code), Role.ADMINISTRATOR, now, now + CODE_LASTS)
    return code


async def operators_token(session: AsyncSession, role: Role, now: datetime) -> str:
    """The token of a link that admits at once: whoever can make one has the machine."""
    token = new_token()
    await _issue(session, hash_of_token(token), role, now, now + OPERATORS_LINK_LASTS)
    return token


async def _issue(
    session: AsyncSession, token_hash: str, role: Role, now: datetime, expires_at: datetime
) -> None:
    row = Invitation(
        token_hash=token_hash, role=role, issued_by=None, issued_at=now, expires_at=expires_at
    )
    session.add(row)
    await session.flush()
    append(
        session,
        at=now,
        act="invitation.issue",
        subject=f"invitation:{row.id}",
        details={"role": role.value},
    )
