"""What every row shares: constraint names, column types, identifiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Date, DateTime, Enum, Integer, MetaData, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

PersonId = NewType("PersonId", int)
ConsultationId = NewType("ConsultationId", int)
FormId = NewType("FormId", int)
FormVersionId = NewType("FormVersionId", int)
DocumentId = NewType("DocumentId", int)
SubmissionId = NewType("SubmissionId", UUID)

Texts = Mapping[str, str]
"""A text by language code: ``{"ar": …, "fr": …}``."""

BIG_ID = BigInteger().with_variant(Integer, "sqlite")
FROZEN_JSON = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON value that is replaced whole, never changed in place: an in-place change is not seen."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A row of a queue as anybody may see it: no person, no words."""

    id: int
    kind: str
    state: str
    at: datetime


class Instant(TypeDecorator[datetime]):
    """An aware datetime, UTC in the row; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(kind: type[StrEnum]) -> Enum:
    """An enum column that stores values, as text with a check, on both databases."""
    return Enum(
        kind,
        native_enum=False,
        values_callable=lambda members: [member.value for member in members],
        create_constraint=True,
        length=32,
        name=f"{kind.__name__.lower()}",
    )


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        str: String(),
        datetime: Instant(),
        date: Date(),
        PersonId: BIG_ID,
        ConsultationId: BIG_ID,
        FormId: BIG_ID,
        FormVersionId: BIG_ID,
        DocumentId: BIG_ID,
        SubmissionId: Uuid(),
        Texts: FROZEN_JSON,
        dict[str, Any]: FROZEN_JSON,
    }
