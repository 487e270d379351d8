"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import exporting, roles, sealing
from bot.works.office import JOB, Office, Work
from participation.granting import TELL_ROLE

WORKS: Mapping[str, Work] = {
    "export": exporting.make_table,
    "seal": sealing.seal_consultation,
    TELL_ROLE: roles.tell_role,
}

__all__ = ["JOB", "WORKS", "Office", "Work"]
