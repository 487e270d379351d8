"""The databases that tests are given, and the counting of what ran on which."""

import ast
import re
from pathlib import Path

import pytest

from storage.database import Database
from storage.revisions import current_revision, newest_revision
from tests.databases import NewDatabase
from tests.house.project import ROOT, files
from tests.postgres import Databases

ADDRESS = re.compile(r"sqlite(\+\w+)?://|create_(async_)?engine\(")
ADDRESSES_MAY_STAND = {"databases.py", "postgres.py", "test_databases.py"}


async def test_a_test_of_rows_gets_a_migrated_database(database_url: str) -> None:
    database = Database(database_url)

    revision = await current_revision(database)

    await database.close()
    assert revision == newest_revision() is not None


async def test_an_empty_database_has_never_been_migrated(empty_database_url: str) -> None:
    database = Database(empty_database_url)

    revision = await current_revision(database)

    await database.close()
    assert revision is None


def test_a_further_database_is_another_one(new_database: NewDatabase) -> None:
    first, second = new_database(), new_database()

    assert first != second


@pytest.mark.only("sqlite", reason="shows that a test on one database alone is named at the end")
def test_a_test_marked_so_runs_on_one_database_alone(database_url: str) -> None:
    assert database_url.startswith("sqlite")


class Inner:
    """A run of pytest inside this one, with our databases, on the server of this run."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self._pytester = pytester
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        pytester.makeconftest('pytest_plugins = ["tests.databases"]')

    def run(self, test: str, address: str) -> pytest.RunResult:
        self._monkeypatch.setenv("TEST_DATABASE_URL", address)
        self._pytester.makepyfile(f"import pytest\n\n{test}")
        return self._pytester.runpytest_subprocess("-p", "no:cacheprovider")


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Inner:
    return Inner(pytester, monkeypatch)


def test_counts_per_database_are_printed_last(inner: Inner, postgres_server: Databases) -> None:
    test = "def test_rows(database_url): assert database_url"

    result = inner.run(test, postgres_server.url("postgres"))

    assert result.ret == 0
    assert result.outlines[-3:-1] == ["SQLite: 1 passed", "PostgreSQL: 1 passed"]


def test_a_skip_on_one_database_fails_the_run(inner: Inner, postgres_server: Databases) -> None:
    test = "def test_rows(database_kind): database_kind == 'sqlite' or pytest.skip('later')"

    result = inner.run(test, postgres_server.url("postgres"))

    assert result.ret == 1
    result.stdout.fnmatch_lines(["SQLite: 1 passed", "PostgreSQL: 0 passed", "THE COUNTS DIFFER*"])


def test_one_database_alone_needs_a_reason(inner: Inner, postgres_server: Databases) -> None:
    test = "@pytest.mark.only('sqlite')\ndef test_rows(database_url): assert database_url"

    result = inner.run(test, postgres_server.url("postgres"))

    assert result.ret != 0
    result.assert_outcomes(errors=1)


def test_a_server_that_is_not_there_is_an_error_and_no_skip(inner: Inner, tmp_path: Path) -> None:
    test = "def test_rows(database_url): assert database_url"

    result = inner.run(test, f"postgresql://nobody@/postgres?host={tmp_path}")

    assert result.ret != 0
    result.assert_outcomes(passed=1, errors=1)


def own_addresses(source: str) -> list[int]:
    """Lines that open a database of their own, outside tests that are marked for one alone.

    A line that names one which does not exist says so: ``# no database there``.
    """
    marked = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any("mark.only" in ast.unparse(one) for one in node.decorator_list)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if ADDRESS.search(line) and number not in marked and "# no database there" not in line
    ]


def test_no_test_of_rows_goes_round_the_two_databases() -> None:
    pages = [
        path for path in files(ROOT / "tests", "*.py") if path.name not in ADDRESSES_MAY_STAND
    ]
    assert len(pages) > 20

    found = {str(page.relative_to(ROOT)): own_addresses(page.read_text()) for page in pages}

    assert {page: lines for page, lines in found.items() if lines} == {}


def test_an_address_of_its_own_is_found() -> None:
    assert own_addresses('url = f"sqlite+aiosqlite:///{tmp_path}/x.db"\n') == [1]
    assert own_addresses("engine = create_async_engine(url)") == [1]
    alone = '@pytest.mark.only("sqlite", reason="why")\ndef test():\n    url = "sqlite:///x"\n'
    assert own_addresses(alone) == []
