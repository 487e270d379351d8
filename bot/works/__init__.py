"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import helping, reports, sealing
from bot.works.office import Office, Work

WORKS: Mapping[str, Work] = {
    "keep_report_file": reports.keep_report_file,
    "seal": sealing.seal_consultation,
    "tell_of_help": helping.tell_of_help,
}

__all__ = ["WORKS", "Office", "Work"]
