"""One member of staff at work: every act is checked here, and noted."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from participation.consultations import NoSuchConsultation
from participation.known import Known
from participation.roles import Act, NotAllowed, may
from storage.audit import append
from storage.base import ConsultationId, PersonId
from storage.consultations import Consultation
from storage.people import Person, Role, roles_of
from storage.sketches import Sketch, sketch


class Staff:
    """What uses of staff have at hand, inside the caller's unit of work.

    Made for everybody who says something; whoever holds no role is refused by ``ensure``.
    """

    def __init__(self, known: Known, person: Person) -> None:
        self.known = known
        self.person = person

    @property
    def session(self) -> AsyncSession:
        return self.known.session

    @property
    def person_id(self) -> PersonId | None:
        """Whose act it is; None: the operator's, from the command line."""
        return self.person.id

    @property
    def role(self) -> Role | None:
        """The role that the person holds now; None: a citizen."""
        return self.known.roles.get(self.person.id)

    def may(self, act: Act, consultation: Consultation | None = None) -> bool:
        """Whether this would be allowed: for buttons that are shown or left out."""
        return may(self.role, act, consultation)

    def ensure(self, act: Act, consultation: Consultation | None = None) -> None:
        """Refuse what the role does not allow; raises NotAllowed."""
        if not self.may(act, consultation):
            raise NotAllowed

    def note(self, act: str, subject: str | None = None, **details: Any) -> None:
        """Write an act into the audit: ``consultation.open``, ``consultation:7``.

        Details hold ids, states and counts; never what anybody wrote.
        """
        append(
            self.session,
            at=self.known.now,
            act=act,
            subject=subject,
            details=details,
            person_id=self.person_id,
        )

    async def consultation(
        self, act: Act, consultation_id: int, *, change: bool = False
    ) -> Consultation:
        """A consultation, drafts included, on which this act is allowed.

        Raises NoSuchConsultation, NotAllowed. ``change`` holds it for the rest of the unit of work
        and reads it anew, and the role too: two officers may press at once.
        """
        self.ensure(act)
        row = await self.session.get(
            Consultation,
            ConsultationId(consultation_id),
            with_for_update=True if change else None,
            populate_existing=change and not self._has_changed(consultation_id),
        )
        if row is None:
            raise NoSuchConsultation
        if change:
            await self.look_again()
        self.ensure(act, row)
        return row

    async def look_again(self) -> None:
        """Read the role anew, and hold it: it may have ended while a row was waited for.

        To be done once the row is held, before ``ensure`` is asked.
        """
        held = await roles_of(self.session, [self.person.id], hold=True)
        self.known.roles.pop(self.person.id, None)
        self.known.roles.update(held)

    def _has_changed(self, consultation_id: int) -> bool:
        """Whether this unit of work has changed it, and so holds it already."""
        changed = (one for one in self.session.dirty if isinstance(one, Consultation))
        return any(one.id == consultation_id for one in changed)

    async def sketch(self, kind: str) -> dict[str, Any] | None:
        """What the person has begun to write of this kind; replaced by ``keep``, never changed."""
        row = await sketch(self.session, self.person.id, kind)
        return None if row is None else row.document

    async def keep(self, kind: str, document: dict[str, Any]) -> None:
        """Keep what was begun, in place of what was kept before."""
        row = await sketch(self.session, self.person.id, kind)
        if row is None:
            self.session.add(
                Sketch(
                    person_id=self.person.id,
                    kind=kind,
                    document=document,
                    changed_at=self.known.now,
                )
            )
            await self.session.flush()  # or the same batch would not find it
            return
        row.document, row.changed_at = document, self.known.now

    async def discard(self, kind: str) -> None:
        """Forget what was begun of this kind."""
        row = await sketch(self.session, self.person.id, kind)
        if row is not None:
            await self.session.delete(row)
            await self.session.flush()
