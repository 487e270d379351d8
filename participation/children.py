"""A module run once in a child process: what it is given, what it hands back."""

import asyncio
import os
import sys


async def hand_to_child(
    module: str, *arguments: str, given: bytes, seconds: float
) -> tuple[int | None, bytes]:
    """Its exit code and what it wrote; raises TimeoutError, and then the child is gone.

    The child inherits nothing but the search path: no token, no database, no open files.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        async with asyncio.timeout(seconds):
            written, _ = await child.communicate(given)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode, written
