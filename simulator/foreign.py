"""Who may ask: nothing here is protected by a password, so pages of other sites are refused."""

import ipaddress
from functools import lru_cache

from aiohttp.web import Request
from yarl import URL

OURS = (None, "none", "same-origin")  # Sec-Fetch-Site: no browser, typed, this page


def is_foreign(request: Request, *, any_name: bool = False) -> bool:
    """A page of another origin asks, or one whose name was made to point at this machine.

    A mere GET may act, and an image of another site is one: a browser says whence it asks. With
    `any_name` whoever is no page, as a bot on another machine, may call this one by a name.
    """
    if request.headers.get("Sec-Fetch-Site") not in OURS:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return not (any_name or is_plain(request.host))
    return origin.partition("://")[2] != request.host or not is_plain(request.host)


@lru_cache(256)
def is_plain(host: str) -> bool:
    """Whether it is an address or `localhost`: names can be made to point anywhere."""
    try:
        name = URL(f"http://{host}").host or ""
        ipaddress.ip_address(name)
    except ValueError:
        return host.partition(":")[0] == "localhost"
    return True
