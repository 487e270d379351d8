"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import authoring, sealing
from bot.works.office import Office, Work

WORKS: Mapping[str, Work] = {
    "template": authoring.send_template,
    "workbook": authoring.read_workbook,
    "compose": authoring.make_composed,
    "seal": sealing.seal_consultation,
}

__all__ = ["WORKS", "Office", "Work"]
