"""Every test that touches a row runs on both databases, and the counts say so.

`database_url` is a migrated, empty database; `empty_database_url` has never seen a migration;
`new_database` makes further ones. A test that asks for any of them runs twice. The rare one that
cannot is marked `only("sqlite", reason="...")`, and is named at the end.
"""

import asyncio
import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from storage.schema import migrate
from tests.postgres import Databases, running_server

KINDS = ("sqlite", "postgresql")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TEMPLATE = "template"

NewDatabase = Callable[[], str]


@dataclass
class Counts:
    """How many tests passed on each database, and which run on one alone."""

    passed: Counter[str] = field(default_factory=Counter)
    alone: dict[str, str] = field(default_factory=dict)
    narrowed: bool = False

    @property
    def differ(self) -> bool:
        """Whether some test of rows ran on one database only, without saying why."""
        return len({self.passed[kind] for kind in KINDS}) > 1


COUNTS = pytest.StashKey[Counts]()
DATABASE = "database"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = counts = Counts()
    counts.narrowed = bool(config.getoption("keyword") or config.getoption("markexpr"))
    if not hasattr(config, "workerinput"):  # one of several processes that only run tests
        config.pluginmanager.register(Teller(counts))
    config.addinivalue_line("markers", "only(database, reason): runs on this database alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        kinds = KINDS if only is None else single(only)
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


def pytest_deselected(items: list[pytest.Item]) -> None:
    if items:
        items[0].config.stash[COUNTS].narrowed = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write on the report which database it was: reports reach the process that counts."""
    report = yield
    kind, only = kind_of(item), item.get_closest_marker("only")
    if report.when == "call" and kind is not None:
        reason = None if only is None else str(only.kwargs["reason"])
        report.user_properties.append((DATABASE, [kind, reason]))
    return report


class Teller:
    """Counts reports, in the process that collects them all."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties: dict[str, Any] = dict(report.user_properties)
        if report.when != "call" or DATABASE not in properties:
            return
        kind, reason = properties[DATABASE]
        if reason is not None:
            self._counts.alone[report.nodeid] = str(reason)
        elif report.passed:
            self._counts.passed[str(kind)] += 1


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    counts = session.config.stash[COUNTS]
    if hasattr(session.config, "workerinput"):
        return
    whole = not counts.narrowed and not any("::" in part for part in session.config.args)
    if whole and session.exitstatus == pytest.ExitCode.OK and counts.differ:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = terminalreporter.config.stash[COUNTS]
    terminalreporter.section("tests of rows, by database")
    for test, reason in counts.alone.items():
        terminalreporter.write_line(f"on one database alone: {test}: {reason}")
    for kind in KINDS:
        terminalreporter.write_line(f"{NAMES[kind]}: {counts.passed[kind]} passed")
    if counts.differ:
        terminalreporter.write_line("THE COUNTS DIFFER: each must pass on both", red=True)


def single(only: pytest.Mark) -> tuple[str, ...]:
    """The database that the mark names; it must be one of ours and give its reason."""
    if only.args not in {(kind,) for kind in KINDS} or not only.kwargs.get("reason"):
        raise pytest.UsageError('write @pytest.mark.only("sqlite", reason="why") or "postgresql"')
    return (str(only.args[0]),)


def kind_of(item: pytest.Item) -> str | None:
    """The database that a test was made for."""
    call = getattr(item, "callspec", None)
    return None if call is None else call.params.get("database_kind")


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Databases]:
    """The PostgreSQL of this run, started when first asked for."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate_now(sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Databases) -> Iterator[str]:
    """The name of a migrated PostgreSQL database, to be copied."""
    name = postgres_server.new_name()
    migrate_now(postgres_server.create_database(name))
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def new_database(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[NewDatabase]:
    """Makes a migrated, empty database each time it is called."""
    if database_kind == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        numbers = itertools.count(1)

        def copied() -> str:
            path = tmp_path / f"musharaka-{next(numbers)}.db"
            shutil.copy(template, path)
            return sqlite_url(path)

        yield copied
    else:
        server: Databases = request.getfixturevalue("postgres_server")
        yield from made_on(server, request.getfixturevalue("postgres_template"))


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """A migrated, empty database of this test's own."""
    return new_database()


@pytest.fixture
def empty_database_url(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this test's own that has never been migrated."""
    if database_kind == "sqlite":
        yield sqlite_url(tmp_path / "empty.db")
    else:
        for new in made_on(request.getfixturevalue("postgres_server"), None):
            yield new()


def made_on(server: Databases, template: str | None) -> Iterator[NewDatabase]:
    """A maker of databases that are dropped afterwards."""
    names: list[str] = []

    def created() -> str:
        names.append(server.new_name())
        return server.create_database(names[-1], template)

    try:
        yield created
    finally:
        for name in names:
            server.drop_database(name)


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def migrate_now(url: str) -> None:
    """Bring a database to this release's schema, whatever loop runs here."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(url)).result()
