"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import authoring, documents, exporting, helping, leaflets, reports, roles, sealing
from bot.works.office import JOB, Office, Work
from participation.granting import TELL_ROLE

LONG: Mapping[str, Work] = {
    "export": exporting.make_table,
    "seal": sealing.seal_consultation,
}
"""They may take minutes, and wait for each other: no table is read from answers being sealed,
as long as one process is the clerk."""

SHORT: Mapping[str, Work] = {
    "compose": authoring.make_composed,
    "document": documents.take_document,
    "keep_report_file": reports.keep_report_file,
    "leaflets": leaflets.make_leaflets,
    "tell_of_help": helping.tell_of_help,
    "template": authoring.send_template,
    "workbook": authoring.read_workbook,
    TELL_ROLE: roles.tell_role,
}

LANES = (SHORT, LONG)
"""A clerk for each: nobody's poster waits for somebody's table."""

WORKS: Mapping[str, Work] = {**SHORT, **LONG}

AWAITED = frozenset({"compose", "document", "leaflets", "template", "workbook"})
"""Somebody waits in a chat for what they make, and hears it when it is given up."""

__all__ = ["AWAITED", "JOB", "LANES", "WORKS", "Office", "Work"]
