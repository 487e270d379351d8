"""A person's language, subscription and reachability."""

from datetime import datetime

from participation.errors import ParticipationError
from participation.known import Known
from participation.places import NOWHERE
from storage.announcements import newest
from storage.people import SOME_TIME, Consent, Person, Purpose
from storage.wishes import drop_wishes, wishes_of

LANGUAGES = ("ar", "fr")
"""The languages that people can choose."""

ANNOUNCEMENTS_VERSION = 2
"""The version of the words by which people subscribe; raised when they change."""


class UnknownLanguage(ParticipationError):
    """It is none of the languages that we speak."""


def spoken_language(language_code: str | None) -> str | None:
    """Ours among the languages that an app may report (``fr-MA``); None where it is another."""
    code = (language_code or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else None


class People:
    """What one person may say about themselves, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    def speak(self, language: str) -> str:
        """Remember the language; raises UnknownLanguage."""
        if language not in LANGUAGES:
            raise UnknownLanguage
        self._person.language = language
        return language

    def greet(self, language_code: str | None) -> str | None:
        """The person's language: theirs, else what their app reports and we speak; remembered."""
        heard = spoken_language(language_code)
        if self._person.language is None and heard is not None:
            self._person.language = heard
        return self._person.language

    def leave(self) -> None:
        """Stand nowhere: what is typed from now on answers no question."""
        self._known.move(self._person, NOWHERE)

    def subscribe(self, language: str) -> None:
        """Announcements from now on: a consent of its own, with the words that were agreed to."""
        if not self._person.subscribed:
            self._person.subscribed = True
        self._person.stopped_after = None
        self._agree(language, withdrawn_at=None)

    def decline(self, language: str) -> None:
        """No announcements, and the question is not asked again."""
        if self._person.subscribed:
            self._person.subscribed = False
        self._agree(language, withdrawn_at=SOME_TIME)

    def may_be_asked(self) -> bool:
        """Whether the person has never said if they want announcements."""
        asked = (self._person.id, Purpose.ANNOUNCEMENTS, 0) in self._known.consents
        return not asked and not self._person.subscribed

    def _agree(self, language: str, *, withdrawn_at: datetime | None) -> None:
        """No day: people are asked right after they have answered, which a day would betray."""
        given = self._known.consents.get((self._person.id, Purpose.ANNOUNCEMENTS, 0))
        if given is not None:
            given.text_version, given.language = ANNOUNCEMENTS_VERSION, language
            given.given_on, given.withdrawn_at = None, withdrawn_at
            return
        self._known.add_consent(
            Consent(
                person_id=self._person.id,
                purpose=Purpose.ANNOUNCEMENTS,
                subject_id=0,
                text_version=ANNOUNCEMENTS_VERSION,
                language=language,
                given_on=None,
                withdrawn_at=withdrawn_at,
            )
        )

    async def unsubscribe(self) -> None:
        """No announcement any more, those that wait included (``storage/deliveries.py``).

        An outcome that the person wished to hear by name is told still.
        """
        self._person.stopped_after = await newest(self._known.session)
        if self._person.subscribed:
            self._person.subscribed = False
        given = self._known.consent(self._person, Purpose.ANNOUNCEMENTS)
        if given is not None:
            given.withdrawn_at = SOME_TIME

    async def awaits_outcomes(self) -> bool:
        """Whether an outcome is to be told that is not there yet."""
        wished = await wishes_of(self._known.session, self._person.id)
        return not wished <= self._known.shelf.outcomes

    async def stop(self) -> None:
        """No announcement any more, no outcome, no question; what was answered stays."""
        await self.unsubscribe()
        await drop_wishes(self._known.session, self._person.id)
        self.leave()

    def block(self) -> None:
        """The person has blocked us: nothing is sent until they come back."""
        if self._person.unreachable_at is None:
            self._person.unreachable_at = self._known.now

    def come_back(self) -> None:
        """The person can be reached again."""
        if self._person.unreachable_at is not None:
            self._person.unreachable_at = None
