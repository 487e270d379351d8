"""One request at a time on kept connections, and what is known when one breaks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.http import Http, NoAnswer, NoConnection

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue"


@asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[Http]:
    answered: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        answered.add(task)
        try:
            await behave(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    http = Http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", connections=2)
    try:
        yield http
    finally:
        http.close()
        server.close()
        await asyncio.gather(*answered)
        await asyncio.sleep(0.01)  # until the closed transports have gone


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """The body of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length))


def answering(*pieces: bytes) -> Behaviour:
    """Answer every request with these pieces, one after the other."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await request_of(reader):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.001)

    return behave


async def test_an_answer_may_arrive_in_pieces() -> None:
    async with serving(answering(WHOLE[:9], WHOLE[9:30], WHOLE[30:])) as http:
        assert await http.post("/method", b"{}", 5) == (200, b"true")


async def test_a_chunked_answer_is_put_together() -> None:
    head = b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n"

    async with serving(answering(head, b"2\r\ntr\r\n2;x=", b"y\r\nue\r\n0\r\n", b"\r\n")) as http:
        assert await http.post("/method", b"{}", 5) == (400, b"true")


async def test_an_answer_without_a_length_is_not_known_to_be_whole() -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\nwords")
        writer.close()

    async with serving(behave) as http:
        with pytest.raises(NoAnswer):
            await http.post("/method", b"{}", 5)


async def test_a_connection_is_used_again() -> None:
    opened = 0

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        await answering(WHOLE)(reader, writer)

    async with serving(behave) as http:
        for _ in range(3):
            await http.post("/method", b"{}", 5)

    assert opened == 1


@pytest.mark.parametrize("last_words", [b"Connection: close\r\n", b""])
async def test_a_connection_that_the_server_closed_is_not_used_again(last_words: bytes) -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(WHOLE.replace(b"Content", last_words + b"Content"))
        await writer.drain()
        writer.close()

    async with serving(behave) as http:
        first = await http.post("/method", b"{}", 5)
        await asyncio.sleep(0.02)
        second = await http.post("/method", b"{}", 5)

    assert first == second == (200, b"true")


@pytest.mark.parametrize("sent", [b"", WHOLE[:20], WHOLE[:-1], b"SSH-2.0-dropbear\r\n\r\n"])
async def test_without_a_whole_answer_the_outcome_is_unknown(sent: bytes) -> None:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(sent)
        writer.close()

    async with serving(behave) as http:
        with pytest.raises(NoAnswer):
            await http.post("/method", b"{}", 5)


async def test_a_late_answer_is_not_taken_for_the_next_one() -> None:
    bodies: list[bytes] = []

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append(await request_of(reader))
        if len(bodies) == 1:
            await asyncio.sleep(0.1)
            writer.write(WHOLE.replace(b"true", b"late"))
        else:
            writer.write(WHOLE)
        writer.close()

    async with serving(behave) as http:
        with pytest.raises(NoAnswer, match="TimeoutError"):
            await http.post("/method", b"1", 0.02)
        assert await http.post("/method", b"2", 5) == (200, b"true")

    assert bodies == [b"1", b"2"]


async def test_no_more_connections_are_open_than_allowed() -> None:
    open_now, most = 0, 0

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await answering(WHOLE)(reader, writer)

    async with serving(behave) as http:
        await asyncio.gather(*(http.post("/method", b"{}", 5) for _ in range(20)))

    assert most == 2


async def test_nobody_listening_means_that_nothing_was_sent() -> None:
    async with serving(answering(WHOLE)) as http:
        pass

    with pytest.raises(NoConnection):
        await http.post("/method", b"{}", 5)


async def test_when_one_connection_dies_the_idle_ones_are_not_trusted_either() -> None:
    """A network that went away took them all: a new one tells at once whether it is back."""
    opened = 0
    silent = asyncio.Event()

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        while await request_of(reader):
            if opened <= 2 and silent.is_set():
                await asyncio.sleep(0.1)
                return
            await asyncio.sleep(0.01)
            writer.write(WHOLE)

    async with serving(behave) as http:
        await asyncio.gather(*(http.post("/method", b"{}", 5) for _ in range(2)))
        silent.set()
        with pytest.raises(NoAnswer):
            await http.post("/method", b"{}", 0.02)

        assert await http.post("/method", b"{}", 5) == (200, b"true")

    assert opened == 3
