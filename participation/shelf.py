"""What changes seldom, kept by the process between batches."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from forms.form import Form
from storage.base import ConsultationId, FormVersionId
from storage.consultations import published_consultations
from storage.documents import Document, documents_of
from storage.profiles import profile
from storage.questionnaires import form_versions
from storage.reports import reported

FRESH_SECONDS = 1.0
"""How late the process may notice that documents or the profile were loaded anew."""


@dataclass
class Shelf:
    """Compiled forms by version, which never change; documents and profile, read anew often."""

    forms: dict[FormVersionId, Form] = field(default_factory=dict)
    documents: Sequence[Document] = ()
    """Without their content."""
    commune: Mapping[str, Any] = field(default_factory=dict)
    """The loaded profile; empty before the first ``musharaka load``."""
    outcomes: frozenset[ConsultationId] = frozenset()
    """The consultations of which people can read what became of them."""
    _read_at: float = float("-inf")

    async def freshen(self, session: AsyncSession) -> None:
        """Read documents, outcomes and profile, unless they have just been read."""
        if time.monotonic() - self._read_at < FRESH_SECONDS:
            return
        documents = await documents_of(session)
        for document in documents:
            session.expunge(document)  # or a rolled-back batch would empty it
        loaded = await profile(session)
        self.outcomes = await reported(session)
        self.documents = documents
        self.commune = loaded.document if loaded else {}
        self._read_at = time.monotonic()

    def forget(self) -> None:
        """Read documents, outcomes and profile anew for the next batch."""
        self._read_at = float("-inf")

    async def add_forms(self, session: AsyncSession, versions: Collection[FormVersionId]) -> None:
        """Read the versions that are not here yet."""
        missing = set(versions) - self.forms.keys()
        if missing:
            for row in (await form_versions(session, missing)).values():
                self.forms[row.id] = Form.from_json(row.compiled)

    async def prepare(self, session: AsyncSession) -> None:
        """Have the forms of every visible consultation ready for the first answer."""
        consultations = await published_consultations(session)
        await self.add_forms(session, {one.form_version_id for one in consultations})
        for form in self.forms.values():
            form.prepare()
