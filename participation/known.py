"""What a batch knows of its people: loaded with one query a table, held strongly, absences too."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from forms.form import Form
from participation.clock import today
from participation.places import NOWHERE, Place
from participation.shelf import Shelf
from participation.traces import Spoken, Wrote
from storage.base import ConsultationId, FormVersionId, PersonId
from storage.consultations import (
    UNLINKED,
    Consultation,
    published_consultations,
)
from storage.dialogues import Dialogue, dialogues_of
from storage.documents import Document
from storage.keys import Keyring
from storage.people import (
    Channel,
    Consent,
    Person,
    Purpose,
    Role,
    consents_of,
    people_for,
    roles_of,
)
from storage.running import Tally
from storage.submissions import Submission, submissions_for
from storage.traces import keep_traces

PLACE = "dialogue"
SEATS = "seats"


@dataclass
class Known:
    """One batch's people and all that their acts may touch. Uses ask here, never the database."""

    session: AsyncSession
    keyring: Keyring
    now: datetime
    shelf: Shelf
    people: dict[int, Person] = field(default_factory=dict)
    roles: dict[PersonId, Role] = field(default_factory=dict)
    """The staff among them."""
    dialogues: dict[PersonId, Dialogue] = field(default_factory=dict)
    consents: dict[tuple[PersonId, Purpose, int], Consent] = field(default_factory=dict)
    consultations: dict[ConsultationId, Consultation] = field(default_factory=dict)
    submissions: dict[bytes, Submission] = field(default_factory=dict)
    tallies: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    traces: list[dict[str, Any]] = field(default_factory=list)
    _places: dict[PersonId, Place] = field(default_factory=dict)
    _seats: dict[bytes, int] = field(default_factory=dict)
    _keys: dict[tuple[ConsultationId, PersonId, int], bytes] = field(default_factory=dict)

    @property
    def forms(self) -> Mapping[FormVersionId, Form]:
        """The compiled forms of this batch's consultations and submissions, and maybe more."""
        return self.shelf.forms

    @property
    def documents(self) -> Sequence[Document]:
        """What can be read, in order; without content."""
        return self.shelf.documents

    @property
    def commune(self) -> Mapping[str, Any]:
        """The loaded profile; empty before the first ``musharaka load``."""
        return self.shelf.commune

    def place_of(self, person: Person) -> Place:
        """Where a person stands, as of the last update of this batch."""
        place = self._places.get(person.id)
        if place is None:
            row = self.dialogues.get(person.id)
            if row is None:
                return NOWHERE
            place = Place.from_bytes(self.keyring.open(row.place, PLACE))
            self._places[person.id] = place
        return place

    def move(self, person: Person, place: Place) -> None:
        """Put a person somewhere else; the row is written only when it changes."""
        if self.place_of(person) == place:
            return
        sealed = self.keyring.seal(place.to_bytes(), PLACE)
        self._places[person.id] = place
        row = self.dialogues.get(person.id)
        if row is not None:
            row.place = sealed
            return
        self.dialogues[person.id] = Dialogue(person_id=person.id, place=sealed)
        self.session.add(self.dialogues[person.id])

    def respondent_key(
        self, consultation: Consultation, person: Person, seat: int = 0
    ) -> bytes | None:
        """The key of a person's submission; None once the consultation is due to be sealed."""
        if consultation.state in UNLINKED or self.now >= consultation.seal_at:
            return None
        about = (consultation.id, person.id, seat)
        key = self._keys.get(about)
        if key is None:
            key = self.keyring.respondent_key(consultation.key_id, person.channel_id, seat)
            self._keys[about] = key
        return key

    def submission(
        self, consultation: Consultation, person: Person, seat: int = 0
    ) -> Submission | None:
        """What a person has answered to a consultation, begun or submitted."""
        key = self.respondent_key(consultation, person, seat)
        return None if key is None else self.submissions.get(key)

    def seats(self, consultation: Consultation, person: Person) -> range:
        """The places of a shared phone among which the account's answers are."""
        given = self.consents.get((person.id, Purpose.CONSULTATION, int(consultation.id)))
        if given is None or given.seats is None:
            return range(1)
        count = self._seats.get(given.seats)
        if count is None:
            count = self._seats[given.seats] = self.keyring.open_number(given.seats, SEATS)
        return range(count)

    def sealed_seats(self, count: int) -> bytes:
        """So many seats as a consent keeps them."""
        return self.keyring.seal_number(count, SEATS)

    def seated(self, consultation: Consultation, person: Person) -> dict[int, Submission]:
        """Every answer that this account has begun or handed in, by its seat."""
        found = {
            seat: self.submission(consultation, person, seat)
            for seat in self.seats(consultation, person)
        }
        return {seat: one for seat, one in found.items() if one is not None}

    def add_submission(self, submission: Submission) -> None:
        self.submissions[submission.respondent_key] = submission
        self.session.add(submission)

    def consent(self, person: Person, purpose: Purpose, subject_id: int = 0) -> Consent | None:
        """What a person agreed to and has not withdrawn."""
        row = self.consents.get((person.id, purpose, subject_id))
        return row if row is not None and row.withdrawn_at is None else None

    def add_consent(self, consent: Consent) -> None:
        self.consents[(consent.person_id, consent.purpose, consent.subject_id)] = consent
        self.session.add(consent)

    async def erase_submission(self, submission: Submission) -> None:
        """Delete a row at once: another of the same key may follow in this batch."""
        await self.session.flush()
        await self.session.delete(submission)
        await self.session.flush()
        del self.submissions[submission.respondent_key]

    async def erase_consent(self, consent: Consent) -> None:
        """Delete the row at once, as if the person had never been asked."""
        await self.session.delete(consent)
        await self.session.flush()
        del self.consents[(consent.person_id, consent.purpose, consent.subject_id)]

    def trace(self, person: Person, consultation_id: ConsultationId, message_id: int) -> None:
        """Note where a person has typed an answer, so that they can have it hidden."""
        spoken = Spoken(person.channel_id, message_id, Wrote.PERSON, int(self.now.timestamp()))
        self.traces.append(spoken.row(self.keyring, consultation_id))

    async def write_traces(self) -> None:
        """Insert what this batch has noted, in one statement."""
        await keep_traces(self.session, self.traces)
        self.traces.clear()

    async def publish(self, consultation: Consultation) -> None:
        """Let the rest of this batch see a consultation that it has just opened.

        The next batch sees its documents as they were when it was opened.
        """
        await self.shelf.add_forms(self.session, {consultation.form_version_id})
        self.consultations[consultation.id] = consultation
        self.shelf.forget()

    def count(self, subject: str, subject_id: int, what: str, by: int = 1) -> None:
        """Count something once the batch is written; one row per subject and kind."""
        self.tallies[(subject, subject_id, what)] += by

    def write_tallies(self) -> None:
        """Append the batch's counts; the worker calls it once, before the commit."""
        for (subject, subject_id, what), by in self.tallies.items():
            self.session.add(
                Tally(
                    subject=subject,
                    subject_id=subject_id,
                    what=what,
                    count=by,
                    counted_on=today(self.now),
                )
            )
        self.tallies.clear()


async def load(
    session: AsyncSession,
    keyring: Keyring,
    shelf: Shelf,
    channel_ids: Collection[int],
    now: datetime,
) -> Known:
    """Load what these people's updates need; strangers become persons, written at once."""
    known = Known(session, keyring, now, shelf)
    await shelf.freshen(session)
    consultations = await published_consultations(session, lock=True)
    known.consultations = {one.id: one for one in consultations}
    known.people = await people_for(session, channel_ids)
    await _welcome_strangers(known, channel_ids)
    ids = [person.id for person in known.people.values()]
    known.roles = await roles_of(session, ids)
    known.dialogues = await dialogues_of(session, ids)
    known.consents = await consents_of(session, ids)
    known.submissions = await submissions_for(session, _keys(known))
    versions = {one.form_version_id for one in consultations}
    versions |= {one.form_version_id for one in known.submissions.values()}
    await shelf.add_forms(session, versions)
    return known


async def _welcome_strangers(known: Known, channel_ids: Collection[int]) -> None:
    strangers = [
        Person(channel=Channel.TELEGRAM, channel_id=channel_id, language=None, subscribed=False)
        for channel_id in dict.fromkeys(channel_ids)
        if channel_id not in known.people
    ]
    if strangers:
        known.session.add_all(strangers)
        await known.session.flush()
        known.people.update({person.channel_id: person for person in strangers})


def _keys(known: Known) -> list[bytes]:
    keys = (
        known.respondent_key(consultation, person, seat)
        for consultation in known.consultations.values()
        for person in known.people.values()
        for seat in known.seats(consultation, person)
    )
    return [key for key in keys if key is not None]
