"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import authoring, documents, exporting, helping, leaflets, reports, roles, sealing
from bot.works.office import JOB, Office, Work
from participation.granting import TELL_ROLE

WORKS: Mapping[str, Work] = {
    "compose": authoring.make_composed,
    "document": documents.take_document,
    "export": exporting.make_table,
    "keep_report_file": reports.keep_report_file,
    "leaflets": leaflets.make_leaflets,
    "seal": sealing.seal_consultation,
    "tell_of_help": helping.tell_of_help,
    "template": authoring.send_template,
    "workbook": authoring.read_workbook,
    TELL_ROLE: roles.tell_role,
}

AWAITED = frozenset({"compose", "document", "leaflets", "template", "workbook"})
"""Somebody waits in a chat for what they make, and hears it when it is given up."""

__all__ = ["AWAITED", "JOB", "WORKS", "Office", "Work"]
