"""How much there is: rows by table."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import Base


async def count_rows(session: AsyncSession) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        table.name: int(await session.scalar(select(func.count()).select_from(table)) or 0)
        for table in Base.metadata.sorted_tables
    }
