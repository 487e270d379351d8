"""Compiling an officer's workbook in a child process, which a hostile file may cost its life."""

import asyncio
import json
import os
import sys

from forms.admission import Demands
from forms.compiled import Compiled, read_compiled
from forms.findings import refused

LONGEST_SECONDS = 20.0


async def compile_in_child(
    workbook: bytes, demands: Demands | None = None, *, seconds: float = LONGEST_SECONDS
) -> Compiled:
    """The compiled form, which meets the demands; raises WorkbookRefused with what to repair.

    The child inherits nothing but the search path: no token, no database, no open files.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "forms",
        *([json.dumps(demands.to_json())] if demands else []),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        async with asyncio.timeout(seconds):
            document, _ = await child.communicate(workbook)
    except TimeoutError:
        raise refused("too_heavy") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode not in {0, 1} or not document:
        raise refused("too_heavy")
    return read_compiled(document)
