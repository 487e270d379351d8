"""A form version and its draft consultation, written together from a workbook that was read."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from forms.admission import Demands
from forms.compiled import Compiled
from forms.form import Form, Texts
from participation.bilingual import both, one_line
from participation.clock import today
from participation.consultations import NoSuchConsultation
from participation.content import LONGEST_TITLE
from participation.people import LANGUAGES
from participation.roles import Act, NotAllowed, may
from participation.windows import DEFAULT_DAYS, instants
from participation.workbooks import compile_in_child
from storage.audit import append
from storage.base import ConsultationId, FormVersionId, PersonId
from storage.consultations import (
    Consultation,
    ConsultationState,
    Mode,
    consultation_of_key,
    draft_asking,
    slugs_beginning,
)
from storage.keys import Keyring
from storage.people import roles_of
from storage.questionnaires import form_named, version_of

LONGEST_SLUG = 40
OTHERWISE = "consultation"
"""The slug of a title without a Latin letter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asked for. ``token`` is its own: twice the same gives one draft."""

    person_id: PersonId
    token: str
    consultation_id: ConsultationId | None = None
    """The draft whose questionnaire is replaced; None: a new one."""
    mode: Mode = Mode.ANONYMOUS
    """Of a new one."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft that was asked for; ``again``: the same questionnaire had made it already."""

    consultation_id: ConsultationId
    again: bool = False


def new_token() -> str:
    """Names one request for a draft, and the secret key of what comes of it."""
    return secrets.token_hex(16)


async def admitted(workbook: bytes, mode: Mode) -> Compiled:
    """The compiled form; raises WorkbookRefused, also for what the mode or a language bars."""
    return await compile_in_child(workbook, Demands(LANGUAGES, mode is Mode.ANONYMOUS))


class Drafting:
    """Writes drafts inside the caller's unit of work; the clerk's."""

    def __init__(self, session: AsyncSession, keyring: Keyring, now: datetime) -> None:
        self._session = session
        self._keyring = keyring
        self._now = now

    async def mode(self, asked: Asked) -> Mode:
        """The mode of what will be written; raises NotAllowed, NoSuchConsultation."""
        row = await self._permitted(asked)
        return asked.mode if row is None else row.mode

    async def drafted(self, asked: Asked) -> ConsultationId | None:
        """The draft that this very request has made already."""
        return await consultation_of_key(self._session, asked.token)

    async def write(self, asked: Asked, workbook: bytes, form: Form, title: Texts) -> Drafted:
        """A new draft, or another questionnaire for one, which keeps its title.

        A file that was sent twice makes one. Raises as ``mode`` does.
        """
        row = await self._permitted(asked, change=True)
        version_id = await self._version(asked, workbook, form)
        if row is not None:
            row.form_version_id = version_id
            self._note("form.replace", f"consultation:{row.id}", asked, form_version=version_id)
            return Drafted(row.id)
        if done := await self.drafted(asked):
            return Drafted(done)
        if held := await draft_asking(self._session, version_id, asked.person_id):
            return Drafted(held, again=True)
        return Drafted(await self._add(asked, title, version_id))

    def refused(self, asked: Asked, count: int) -> None:
        """Note that a workbook was refused."""
        self._note("form.refused", None, asked, findings=count)

    async def _permitted(self, asked: Asked, *, change: bool = False) -> Consultation | None:
        """The draft that is replaced. The role is looked up anew: a job may wait."""
        held = await roles_of(self._session, [asked.person_id], hold=change)
        role = held.get(asked.person_id)
        if not may(role, Act.AUTHOR):
            raise NotAllowed
        if asked.consultation_id is None:
            return None
        row = await self._session.get(
            Consultation, asked.consultation_id, with_for_update=True if change else None
        )
        if row is None:
            raise NoSuchConsultation
        if not may(role, Act.AUTHOR, row):
            raise NotAllowed
        return row

    async def _version(self, asked: Asked, workbook: bytes, form: Form) -> FormVersionId:
        form_row = await form_named(self._session, form.form_id)
        version, is_new = await version_of(
            self._session, form_row, form.version, workbook, form.to_json(), self._now
        )
        if is_new:
            self._note("form.publish", f"form_version:{version.id}", asked)
        return version.id

    async def _add(self, asked: Asked, title: Texts, version_id: FormVersionId) -> ConsultationId:
        first = today(self._now)
        last = first + timedelta(days=DEFAULT_DAYS - 1)
        self._keyring.add_consultation(asked.token)
        row = Consultation(
            slug=await self._slug(title),
            title=title,
            stake={},
            contact=None,
            mode=asked.mode,
            state=ConsultationState.DRAFT,
            form_version_id=version_id,
            key_id=asked.token,
            window_days=DEFAULT_DAYS,
            **instants(first, last),
            created_by=asked.person_id,
            created_at=self._now,
        )
        self._session.add(row)
        await self._session.flush()
        self._note("consultation.draft", f"consultation:{row.id}", asked, form_version=version_id)
        return row.id

    async def _slug(self, title: Texts) -> str:
        base = slug_of(title)
        taken = await slugs_beginning(self._session, base)
        number = 1
        while (wanted := base if number == 1 else f"{base}-{number}") in taken:
            number += 1
        return wanted

    def _note(self, act: str, subject: str | None, asked: Asked, **details: int) -> None:
        append(
            self._session,
            at=self._now,
            act=act,
            subject=subject,
            details=details,
            person_id=asked.person_id,
        )


def titles(form: Form) -> Texts:
    """The form's title in each language; one cell may hold both (``تشاور · Consultation``)."""
    given = {code: text for code, text in form.title.items() if code in LANGUAGES}
    if len(set(given.values())) < len(LANGUAGES):
        said = both(next(iter(form.title.values()), form.form_id))
        split = {code: one_line(said.of(code)) for code in LANGUAGES if said.of(code)}
        given = {**given, **split} if len(split) == len(LANGUAGES) else {**split, **given}
    named = given or dict.fromkeys(LANGUAGES, form.form_id)
    return {code: text[:LONGEST_TITLE].strip() for code, text in named.items()}


def slug_of(title: Texts) -> str:
    """A short Latin name, room left for a number."""
    plain = unicodedata.normalize("NFKD", title.get("fr") or "").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", " "))
    kept = ""
    for word in words:
        if len(kept) + len(word) + 1 > LONGEST_SLUG - 8:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or OTHERWISE
