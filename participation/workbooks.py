"""Compiling an officer's workbook in a child process, which a hostile file may cost its life."""

import json

from forms.admission import Demands
from forms.compiled import Compiled, read_compiled
from forms.findings import refused
from participation.children import hand_to_child

LONGEST_SECONDS = 20.0


async def compile_in_child(
    workbook: bytes, demands: Demands | None = None, *, seconds: float = LONGEST_SECONDS
) -> Compiled:
    """The compiled form, which meets the demands; raises WorkbookRefused with what to repair."""
    arguments = [json.dumps(demands.to_json())] if demands else []
    try:
        code, document = await hand_to_child("forms", *arguments, given=workbook, seconds=seconds)
    except TimeoutError:
        raise refused("too_heavy") from None
    if code not in {0, 1} or not document:
        raise refused("too_heavy")
    return read_compiled(document)
