"""Loading a commune's directory into the rows: everything, or nothing; twice is as once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from forms.admission import Demands
from forms.findings import WorkbookRefused
from forms.form import UNTRANSLATED, Form
from participation.clock import today
from participation.consultations import Phase, phase_of
from participation.content import ConsultationContent, Content, read_content
from participation.loaded import Loaded, LoadedConsultation
from participation.loading_documents import set_what_differs, write_documents
from participation.tables import ContentRefused, Fault
from participation.windows import instants, is_as_planned
from participation.workbooks import compile_in_child
from storage.audit import AuditEntry
from storage.base import FormVersionId
from storage.consultations import Consultation, ConsultationState, Mode, consultations_named
from storage.database import Database, one_at_a_time
from storage.keys import Keyring
from storage.profiles import Profile, profile
from storage.questionnaires import (
    FormVersion,
    form_named,
    known_workbooks,
    version_of,
    version_with,
)

ACT = "load"
LOADING = 0x6D757368_6C6F6164
"""The key of PostgreSQL's advisory lock on loading."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A workbook that the database does not have yet."""

    form: Form
    workbook: bytes
    workbook_hash: str


async def load_directory(
    database: Database, keyring: Keyring, directory: Path, now: datetime
) -> Loaded:
    """Load a directory in one unit of work; raises ContentRefused, and nothing was written.

    A second load changes nothing. Windows that are relative to the day of loading are counted
    once. Workbooks are compiled before the unit of work begins, because SQLite has one writer.
    """
    content = read_content(directory, today(now))
    warnings: list[str] = []
    compiled = await _compile(database, content, warnings)
    async with database.unit_of_work() as session:
        await one_at_a_time(session, LOADING)
        return await _Load(session, keyring, now, compiled, warnings).write(content)


async def _compile(
    database: Database, content: Content, warnings: list[str]
) -> dict[str, _Compiled]:
    """The workbooks that are new to the database, by hash."""
    hashes = {one.workbook_hash for one in content.consultations}
    async with database.reading() as session:
        known = await known_workbooks(session, hashes)
    compiled: dict[str, _Compiled] = {}
    faults: list[Fault] = []
    for one in content.consultations:
        if one.workbook_hash in known | compiled.keys():
            continue
        try:
            form = await _compile_one(one, content.languages, warnings)
            compiled[one.workbook_hash] = _Compiled(form, one.workbook, one.workbook_hash)
        except WorkbookRefused as refused:
            faults += [
                Fault(one.workbook_file, finding.place, _sentence(finding.message, finding.advice))
                for finding in refused.findings
            ]
    if faults:
        raise ContentRefused(faults)
    return compiled


async def _compile_one(
    one: ConsultationContent, languages: Sequence[str], warnings: list[str]
) -> Form:
    anonymous = one.mode is Mode.ANONYMOUS
    result = await compile_in_child(one.workbook, Demands(anonymous=anonymous))
    warnings += [f"{one.workbook_file}: {finding}" for finding in result.warnings]
    form = result.form
    if UNTRANSLATED not in form.languages:
        warnings += [
            f'{one.workbook_file}: has no labels in "{language}"; people who read it see '
            f'"{form.default_language}"'
            for language in languages
            if language not in form.languages
        ]
    return form


def _sentence(message: str, advice: str) -> str:
    return f"{message}; {advice}" if advice else message


@dataclass
class _Load:
    """One load inside its unit of work."""

    session: AsyncSession
    keyring: Keyring
    now: datetime
    compiled: Mapping[str, _Compiled]
    warnings: list[str]
    faults: list[Fault] = field(default_factory=list)

    async def write(self, content: Content) -> Loaded:
        rows = await self._consultations(content)
        for one in content.consultations:
            if one.slug in rows:
                self._check_changes(one, rows[one.slug])
        if self.faults:
            raise ContentRefused(self.faults)
        profile_changed = await self._write_profile(content.profile)
        loaded = tuple(
            [
                await self._write_consultation(one, rows.get(one.slug))
                for one in content.consultations
            ]
        )
        result = Loaded(profile_changed, loaded, tuple(self.warnings))
        if result.changed:
            self._write_audit(result)
        return result

    async def _consultations(self, content: Content) -> dict[str, Consultation]:
        """Those that stand already, locked: their state may not change under this load."""
        rows = await consultations_named(self.session, [one.slug for one in content.consultations])
        return {row.slug: row for row in rows}

    def _check_changes(self, one: ConsultationContent, row: Consultation) -> None:
        """What may not be changed any more, now that people have seen or answered it."""
        if row.state is ConsultationState.DRAFT:
            self._fault(one, "slug", "names a draft that staff write in the chat; choose another")
            return
        if one.mode is not row.mode:
            self._fault(one, "mode", f'is "{row.mode}" and stays so: people were told')
        if one.window.is_relative:
            return
        phase, window = phase_of(row, self.now), one.window
        if not is_as_planned(row):
            self._warn_of_window(one, row)
            return
        if phase in {Phase.CLOSED, Phase.FINISHING}:
            if (window.opens_on, window.closes_on) != (row.opens_on, row.closes_on):
                closed = f"this consultation closed after {row.closes_on}"
                self._fault(one, "window", f"{closed}; a closed one is not opened again")
            return
        if phase is Phase.OPEN and window.opens_on != row.opens_on:
            sentence = f"it is open since {row.opens_on}; only closes_on can still change"
            self._fault(one, "window.opens_on", sentence)
        if window.closes_on != row.closes_on and window.closes_on < today(self.now):
            self._fault(one, "window.closes_on", "lies in the past; choose today or a later day")

    def _warn_of_window(self, one: ConsultationContent, row: Consultation) -> None:
        if (one.window.opens_on, one.window.closes_on) != (row.opens_on, row.closes_on):
            self.warnings.append(
                f"{one.file}: window: staff have changed it in the chat; it stays "
                f"{row.opens_on} to {row.closes_on}"
            )

    def _fault(self, one: ConsultationContent, key: str, sentence: str) -> None:
        self.faults.append(Fault(one.file, key, sentence))

    async def _write_profile(self, document: dict[str, Any]) -> bool:
        row = await profile(self.session)
        if row is None:
            self.session.add(Profile(document=document, loaded_at=self.now))
            return True
        if row.document == document:
            return False
        row.document, row.loaded_at = document, self.now
        return True

    async def _write_consultation(
        self, one: ConsultationContent, row: Consultation | None
    ) -> LoadedConsultation:
        if row is None:
            row, changes = await self._add(one), ["added"]
        else:
            changes = await self._update(one, row)
        if await write_documents(self.session, row.id, one.documents):
            changes.append("documents")
        return LoadedConsultation(
            row.slug,
            row.opens_on,
            row.closes_on,
            phase_of(row, self.now),
            ("added",) if "added" in changes else tuple(changes),
        )

    async def _add(self, one: ConsultationContent) -> Consultation:
        """A new consultation. Its key is on the disk before its row can be committed.

        A load that fails afterwards leaves a key that nothing names; taking it back could take
        the key of a row whose commit did arrive.
        """
        key_id = secrets.token_hex(16)
        self.keyring.add_consultation(key_id)
        row = Consultation(
            slug=one.slug,
            title=one.title,
            stake=one.stake,
            contact=one.contact or None,
            mode=one.mode,
            state=ConsultationState.PUBLISHED,
            form_version_id=await self._version(one),
            key_id=key_id,
            window_days=None,
            **instants(one.window.opens_on, one.window.closes_on),
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def _update(self, one: ConsultationContent, row: Consultation) -> list[str]:
        changes = []
        texts = {"title": one.title, "stake": one.stake, "contact": one.contact or None}
        if set_what_differs(row, texts):
            changes.append("texts")
        phase = phase_of(row, self.now)
        open_or_ahead = phase in {Phase.OPEN, Phase.UPCOMING}
        planned = open_or_ahead and is_as_planned(row) and not one.window.is_relative
        if planned and set_what_differs(row, instants(one.window.opens_on, one.window.closes_on)):
            changes.append("window")
        held = await self.session.get_one(FormVersion, row.form_version_id)
        if held.workbook_hash != one.workbook_hash:
            if open_or_ahead:
                row.form_version_id = await self._version(one)
                changes.append("form")
            else:
                self.warnings.append(
                    f"{one.workbook_file}: has changed, but the consultation is closed; "
                    "its questionnaire stays as people answered it"
                )
        return changes

    async def _version(self, one: ConsultationContent) -> FormVersionId:
        """The version with this workbook, published now where there is none."""
        found = await version_with(self.session, one.workbook_hash)
        if found is not None:
            return found
        new = self.compiled[one.workbook_hash]
        form, document = await form_named(self.session, new.form.form_id), new.form.to_json()
        version, _is_new = await version_of(
            self.session, form, new.form.version, new.workbook, document, self.now
        )
        return version.id

    def _write_audit(self, result: Loaded) -> None:
        details = {
            "profile": result.profile_changed,
            "consultations": {
                one.slug: list(one.changes) for one in result.consultations if one.changes
            },
        }
        self.session.add(AuditEntry(at=self.now, act=ACT, details=details))
