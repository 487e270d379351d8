"""The tables of a database as they are, which an older release may have made."""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Enum,
    ForeignKeyConstraint,
    MetaData,
    String,
    Table,
    inspect,
)
from sqlalchemy.types import TypeEngine

from storage import models
from storage.base import Base
from storage.revisions import VERSION_TABLE

assert models.__name__  # noqa: S101  (importing it fills the metadata)


def tables_of(connection: Connection) -> list[Table]:
    """Every table of ours that is there, in the order in which they can be filled."""
    metadata = MetaData()
    found = inspect(connection)
    for name in found.get_table_names():
        if name == VERSION_TABLE:
            continue
        keys = found.get_pk_constraint(name)["constrained_columns"]
        Table(
            name,
            metadata,
            *(
                Column(
                    one["name"],
                    _kind(name, one["name"], one["type"]),
                    primary_key=one["name"] in keys,
                )
                for one in found.get_columns(name)
            ),
            *(
                ForeignKeyConstraint(
                    one["constrained_columns"],
                    [f"{one['referred_table']}.{column}" for column in one["referred_columns"]],
                )
                for one in found.get_foreign_keys(name)
            ),
        )
    return metadata.sorted_tables


def _kind(table: str, column: str, found: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type that our models give a column; SQLite's own says less, and an enum says more."""
    ours = Base.metadata.tables.get(table)
    kind = ours.columns[column].type if ours is not None and column in ours.columns else found
    return String() if isinstance(kind, Enum) else kind
