"""`python -m simulator --port 8081`: the simulator alone, until it is told to stop."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Sequence

from simulator.schema import bot_api_version
from simulator.server import OpenHost, start
from simulator.settings import DEFAULT_TOKEN, UNLIMITED, Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 after SIGTERM or SIGINT, 2 when it cannot listen there."""
    options = parser().parse_args(argv)
    try:
        runner = asyncio.Runner(loop_factory=fast_loop())
        with runner:
            runner.run(serve(options))
    except (OpenHost, OSError) as error:
        sys.stderr.write(f"simulator: {error}\n")
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    known = argparse.ArgumentParser("simulator", description="A Telegram on one's own machine.")
    known.add_argument("--host", default="127.0.0.1")
    known.add_argument("--port", type=port, default=8081, help="0 takes a free one")
    known.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token")
    known.add_argument("--no-limits", action="store_true", help="never answer 429 by itself")
    known.add_argument("--trusting", action="store_true", help="skip validation of JSON requests")
    known.add_argument(
        "--allow-other-hosts",
        action="store_true",
        help="listen beyond this machine; nothing is protected",
    )
    return known


def port(given: str) -> int:
    """A port's number; argparse tells what is none."""
    if not given.isdecimal() or int(given) > 65_535:
        raise argparse.ArgumentTypeError(f"{given!r} is no port: 1 to 65535, or 0 for a free one")
    return int(given)


async def serve(options: argparse.Namespace) -> None:
    settings = Settings(validate=not options.trusting)
    if options.no_limits:
        settings = settings.changed(UNLIMITED)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with start(
        options.host,
        options.port,
        token=options.token,
        settings=settings,
        allow_other_hosts=options.allow_other_hosts,
    ) as running:
        sys.stdout.write(f"Telegram simulator ({bot_api_version()}) at {running.base_url}\n")
        sys.stdout.write(f"Phones in the browser: {running.base_url}/\n")
        sys.stdout.write(f"Bot API: {running.base_url}/bot{running.token}/METHOD\n")
        sys.stdout.write(f"Control interface: {running.base_url}/control/about\n")
        sys.stdout.flush()
        gc.freeze()  # what is compiled by now stays; collecting it again only costs
        await stop.wait()


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


if __name__ == "__main__":
    sys.exit(main())
