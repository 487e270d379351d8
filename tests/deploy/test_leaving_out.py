"""What a run says that misses a program of the machine."""

from pathlib import Path

import pytest

from tests.browser.ground import Machine
from tests.browser.test_ground import BARE, program
from tests.deploy.leaving_out import Program, find_or_install
from tests.house.project import ROOT

PLANTED = """
def test_the_web_server_takes_it(nginx):
    assert nginx

def test_two_and_two():
    assert 2 + 2 == 4
"""
CONFTEST = """
from tests.deploy.leaving_out import PROGRAMS, Program

pytest_plugins = ["tests.deploy.leaving_out"]
PROGRAMS["nginx"] = Program("planted-server", "planted-package")
"""


@pytest.fixture
def path(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where alone a run of planted tests looks for programs, `apt-get` among them."""
    folder = pytester.mkdir("deploy")
    (folder / "test_planted.py").write_text(PLANTED)
    pytester.makeconftest(CONFTEST)
    found = pytester.mkdir("bin")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PATH", str(found))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return found


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_without_a_program_says_so_last_and_fails(
    pytester: pytest.Pytester, path: Path, processes: str
) -> None:
    result = pytester.runpytest_subprocess(*BARE, "-n", processes)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    assert result.outlines[-4].strip("= ") == "LEFT OUT: THE TESTS WITH PLANTED-SERVER"
    assert result.outlines[-3:] == [
        "not run: deploy/test_planted.py::test_the_web_server_takes_it",
        "Install Debian's package `planted-package` (apt-get install planted-package).",
        "Tests left out: 1. THIS RUN DOES NOT COUNT AS PASSED.",
    ]


def test_a_run_that_lacks_nothing_else_does_not_pass_either(
    pytester: pytest.Pytester, path: Path
) -> None:
    result = pytester.runpytest_subprocess(*BARE, "-k", "web_server")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "LEFT OUT" in result.stdout.str()


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_with_the_program_leaves_nothing_out(
    pytester: pytest.Pytester, path: Path, processes: str
) -> None:
    program(path, "planted-server", "#!/bin/sh\n")

    result = pytester.runpytest_subprocess(*BARE, "-n", processes)

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=2)
    assert "LEFT OUT" not in result.stdout.str()


def test_root_installs_the_package_where_the_program_is_missing(tmp_path: Path) -> None:
    installs = f"""#!/bin/sh
    for last; do true; done
    [ "$last" = planted-package ] || exit 0
    echo > {tmp_path}/planted-server
    /bin/chmod 755 {tmp_path}/planted-server
    """
    program(tmp_path, "apt-get", installs)
    planted = Program("planted-server", "planted-package")

    for_others = find_or_install(planted, Machine({"PATH": str(tmp_path)}, is_root=False))
    for_root = find_or_install(planted, Machine({"PATH": str(tmp_path)}, is_root=True))

    assert for_others is None
    assert for_root == tmp_path / "planted-server"
