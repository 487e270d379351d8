"""The commune's profile: names, contacts, bodies, sessions, neighbourhoods, legal figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import SmallInteger
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import FROZEN_JSON, Base

ONLY = 1


class Profile(Base):
    """One row: the profile as it was loaded."""

    __tablename__ = "profile"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=ONLY)
    document: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    loaded_at: Mapped[datetime]


async def profile(session: AsyncSession) -> Profile | None:
    """The loaded profile, or None before the first ``musharaka load``."""
    return await session.get(Profile, ONLY)
