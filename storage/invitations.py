"""Links and codes by which somebody asks for a role; who knocks is admitted by the issuer."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, PersonId, by_value
from storage.people import Role


class Invitation(Base):
    """A single-use token that lets somebody ask for a role, or take it where nobody issued it.

    Only the token's SHA-256 is kept. ``issued_by`` None: the operator, who has the machine;
    whoever enters such a code is admitted at once.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(by_value(Role))
    issued_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    knocked_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    knocked_as: Mapped[str | None] = mapped_column(String(130))
    """The name that the account of the one who knocks says."""
    knocked_channel_id: Mapped[int | None] = mapped_column(BigInteger)
    knocked_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    """Admitted, refused or taken back; the token is worth nothing any more."""
