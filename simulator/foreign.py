"""Who may ask: nothing here is protected by a password, so pages of other sites are refused."""

import ipaddress
from functools import lru_cache

from aiohttp.web import Request
from yarl import URL

OURS = (None, "none", "same-origin")  # Sec-Fetch-Site: no browser, typed, this page


def is_foreign(request: Request) -> bool:
    """A page of another origin asks, or one whose name was made to point at this machine."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return True
    return not is_plain(request.host)


def is_driven(request: Request, *, any_name: bool) -> bool:
    """The same for the Bot API, where a mere GET acts: an image of another site would do.

    With `any_name` a bot on another machine may call this one by a name.
    """
    if request.headers.get("Sec-Fetch-Site") not in OURS:
        return True
    return is_foreign(request) and not (any_name and "Origin" not in request.headers)


@lru_cache(256)
def is_plain(host: str) -> bool:
    """Whether it is an address or `localhost`: names can be made to point anywhere."""
    try:
        name = URL(f"http://{host}").host or ""
        ipaddress.ip_address(name)
    except ValueError:
        return host.partition(":")[0] == "localhost"
    return True
