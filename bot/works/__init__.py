"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import exporting, sealing
from bot.works.office import JOB, Office, Work

WORKS: Mapping[str, Work] = {
    "export": exporting.make_table,
    "seal": sealing.seal_consultation,
}

__all__ = ["JOB", "WORKS", "Office", "Work"]
