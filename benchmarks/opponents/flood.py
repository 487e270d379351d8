"""Asks as fast as it can: `flood HOST PORT PATH CHAT SECONDS`, and prints how often it was
answered. Raw sockets, nothing parsed but the length: to find what the server itself bears."""

import asyncio
import json
import sys
import time

import uvloop

CONNECTIONS = 64


async def ask(host: str, port: int, request: bytes, until: float) -> int:
    """Requests answered on one connection, one after the other."""
    reader, writer = await asyncio.open_connection(host, port)
    count = 0
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ValueError(head.decode(errors="replace"))
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        count += 1
    writer.close()
    return count


async def run(host: str, port: int, path: str, chat_id: int, seconds: float) -> float:
    words = {"chat_id": chat_id, "text": "<b>Question 3</b>\n" + "Quels horaires ? " * 8}
    body = json.dumps(words | {"parse_mode": "HTML"}).encode()
    request = (
        f"POST {path}/sendMessage HTTP/1.1\r\nHost: {host}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    until = time.monotonic() + seconds
    counts = await asyncio.gather(*(ask(host, port, request, until) for _ in range(CONNECTIONS)))
    return sum(counts) / seconds


if __name__ == "__main__":
    host, port, path, chat_id, seconds = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rate = runner.run(run(host, int(port), path, int(chat_id), float(seconds)))
    sys.stdout.write(f"{rate}\n")
