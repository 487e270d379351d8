"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import documents, leaflets, sealing
from bot.works.office import Office, Work

WORKS: Mapping[str, Work] = {
    "document": documents.take_document,
    "leaflets": leaflets.make_leaflets,
    "seal": sealing.seal_consultation,
}

__all__ = ["WORKS", "Office", "Work"]
