"""What the clerk can do: one module per noun, and here the kinds of jobs."""

from collections.abc import Mapping

from bot.works import sealing
from bot.works.office import Office, Work

WORKS: Mapping[str, Work] = {
    "seal": sealing.seal_consultation,
}

__all__ = ["WORKS", "Office", "Work"]
