"""What staff and operators did; rows are appended only, and chained by the clock."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, FROZEN_JSON, Base, PersonId


class AuditEntry(Base):
    """One act. ``link`` is SHA-256 over the previous link and this row, set once committed.

    A trigger refuses to delete a row or to change anything but an unset link.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    """None: the operator, from the command line."""
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    link: Mapped[bytes | None] = mapped_column(LargeBinary(32))
