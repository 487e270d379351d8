"""A draft on the desk, and the officers who write it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from forms.form import Form
from participation.clock import today
from participation.windows import instants
from storage.announcements import Announcement, AnnouncementText, Delivery
from storage.audit import AuditEntry
from storage.base import Base
from storage.consultations import Consultation, ConsultationState, Mode
from storage.people import Channel, Person, Role, RoleGrant
from storage.questionnaires import FormRow, FormVersion
from storage.running import Job
from tests.handlers.desk import TITLE, Desk, Visitor

STAKE = {"ar": "ما الذي يتغير؟", "fr": "Ce qui change"}
CONTACT = {"ar": "اتصلوا بنا", "fr": "Appelez-nous"}


async def draft(desk: Desk, form: Form, **columns: Any) -> int:
    """A draft with everything but documents; ``columns`` replace the usual ones. Its id."""
    first = today(desk.now)
    async with desk.database.unit_of_work() as session:
        row = FormRow(form_id="draft")
        session.add(row)
        await session.flush()
        version = FormVersion(
            form_id=row.id,
            version="1",
            workbook=b"",
            workbook_hash="draft",
            compiled=form.to_json(),
            published_at=desk.now,
        )
        session.add(version)
        await session.flush()
        values: dict[str, Any] = {
            "slug": "draft",
            "title": TITLE,
            "stake": STAKE,
            "contact": CONTACT,
            "mode": Mode.ANONYMOUS,
            "state": ConsultationState.DRAFT,
            "form_version_id": version.id,
            "key_id": "draft",
            **instants(first, first + timedelta(days=20)),
        }
        consultation = Consultation(**{**values, **columns})
        session.add(consultation)
        await session.flush()
        desk.keyring.add_consultation("draft")
        return consultation.id


async def hired(desk: Desk, visitor: Visitor, role: Role = Role.OFFICER) -> Visitor:
    """The visitor as a member of staff."""
    async with desk.database.unit_of_work() as session:
        person = Person(
            channel=Channel.TELEGRAM, channel_id=visitor.number, language=visitor.language
        )
        session.add(person)
        await session.flush()
        session.add(
            RoleGrant(person_id=person.id, role=role, name=visitor.name, granted_at=desk.now)
        )
    return visitor


async def subscribed(desk: Desk, *people: tuple[int, str], reachable: bool = True) -> None:
    """People who asked for announcements: number and language."""
    async with desk.database.unit_of_work() as session:
        session.add_all(
            Person(
                channel=Channel.TELEGRAM,
                channel_id=number,
                language=language,
                subscribed=True,
                unreachable_at=None if reachable else desk.now,
            )
            for number, language in people
        )


async def manages(visitor: Visitor, number: int) -> None:
    """Come to the consultation as staff see it."""
    await visitor.sends("/staff")
    await visitor.taps_data(f"ManageConsultation:{number}")


async def the(desk: Desk, number: int) -> Consultation:
    """A consultation's row."""
    async with desk.database.reading() as session:
        return await session.get_one(Consultation, number)


async def rows(desk: Desk, kind: type[Base]) -> list[Any]:
    """Every row of a table."""
    async with desk.database.reading() as session:
        return list(await session.scalars(select(kind)))


async def acts(desk: Desk) -> list[str]:
    """What the audit says was done, in order."""
    async with desk.database.reading() as session:
        return list(await session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


async def told(desk: Desk) -> dict[int, str]:
    """The channel ids that have a delivery, each with the text in that person's language."""
    async with desk.database.reading() as session:
        found = await session.execute(
            select(Person.channel_id, AnnouncementText.request)
            .join(Delivery, Delivery.person_id == Person.id)
            .join(Announcement, Announcement.id == Delivery.announcement_id)
            .join(
                AnnouncementText,
                (AnnouncementText.announcement_id == Announcement.id)
                & (AnnouncementText.language == func.coalesce(Person.language, "ar")),
            )
        )
        return {number: request["text"] for number, request in found}


async def jobs(desk: Desk) -> list[str]:
    """The kinds of the clerk's jobs."""
    async with desk.database.reading() as session:
        return list(await session.scalars(select(Job.kind).order_by(Job.id)))
