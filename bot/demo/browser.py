"""Opening the page in a browser, where somebody sits before a screen."""

import subprocess
import sys
import threading
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePath

IN_A_TERMINAL = {"browsh", "elinks", "links", "links2", "lynx", "netsurf-fb", "w3m", "www-browser"}


def wants_browser(env: Mapping[str, str], *, is_terminal: bool, platform: str) -> bool:
    """Whether there is a screen, and a person at it."""
    if not is_terminal or env.get("CI"):
        return False
    if platform in {"darwin", "win32"}:
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def open_page(address: str) -> bool:
    """Open it beside us, whatever becomes of that; False where no browser fits."""
    try:
        name = getattr(webbrowser.get(), "name", "")
    except webbrowser.Error:
        return False
    if PurePath(name).name in IN_A_TERMINAL:
        return False
    threading.Thread(target=_ask, args=(address,), daemon=True).start()
    return True


def _ask(address: str) -> None:
    """In a session of its own: Ctrl+C is not for the browser."""
    with suppress(OSError):
        subprocess.run(  # noqa: S603  (our own interpreter, our own address)
            [sys.executable, "-m", "webbrowser", address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
