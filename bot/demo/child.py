"""The other side of a child process: it may import ahead, and it ends with its parent.

``python -m bot.demo.child MODULE WORDS…`` is ``python -m MODULE WORDS…`` with its settings from
the first line of standard input, as JSON. The end of standard input is the end of the parent.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys
import threading

AHEAD = {"run": "bot.application"}
"""What a command needs most of its starting time for."""


def main(module: str, *words: str) -> None:
    """Import, wait for the settings, become the module."""
    if words and words[0] in AHEAD:
        gc.disable()  # nothing of it is garbage, and looking for some costs a tenth
        importlib.import_module(AHEAD[words[0]])
        gc.enable()
    settings = _first_line()
    if not settings:
        return
    os.environ.update(json.loads(settings))
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _first_line() -> bytes:
    """Byte by byte past Python's buffer, whose lock would be held at the end of the process."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return b""
        line += byte
    return line


def _end_with_the_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(*sys.argv[1:])
