"""The finding of a browser, and what a run says that has none."""

import os
from pathlib import Path

import pytest

from tests.browser.ground import Machine, NoBrowser, find_browser, find_or_install
from tests.house.project import ROOT

BROWSER = "#!/bin/sh\necho Chromium 156.0.8078.79\n"
PLANTED = """
def test_the_page_is_drawn(browser_path):
    assert browser_path

def test_two_and_two():
    assert 2 + 2 == 4
"""
BARE = ("-p", "no:cacheprovider", "-p", "xdist")
CONFTEST = 'pytest_plugins = ["tests.browser.leaving_out"]'


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(script)
    path.chmod(0o755)
    return path


def machine(path: Path, *, is_root: bool = False, **environment: str) -> Machine:
    return Machine({"PATH": str(path), **environment}, is_root, usual_places=())


def test_the_browser_that_was_named_comes_first(tmp_path: Path) -> None:
    program(tmp_path, "chromium", BROWSER)
    named = program(tmp_path, "mine", BROWSER)

    found = find_browser(machine(tmp_path, MUSHARAKA_BROWSER=str(named)))

    assert found == named


def test_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "#!/bin/sh\necho install the snap >&2\nexit 1\n")
    works = program(tmp_path, "google-chrome", BROWSER)

    assert find_browser(machine(tmp_path)) == works


def test_one_that_is_too_old_is_said_to_be(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "#!/bin/sh\necho Chromium 90.0.4430.212\n")

    with pytest.raises(NoBrowser, match=r"is too old \(90\.0\.4430\.212; 120 is needed\)"):
        find_browser(machine(tmp_path))


def test_a_name_that_leads_nowhere_is_not_replaced_by_another(tmp_path: Path) -> None:
    program(tmp_path, "chromium", BROWSER)
    told: list[str] = []

    with pytest.raises(NoBrowser, match="MUSHARAKA_BROWSER=/nowhere does not start"):
        find_or_install(told.append, machine(tmp_path, is_root=True, MUSHARAKA_BROWSER="/nowhere"))

    assert told == []


def test_root_installs_the_package_where_there_is_none(tmp_path: Path) -> None:
    installs = f"""#!/bin/sh
    for last; do true; done
    [ "$last" = chromium ] || exit 0
    printf '#!/bin/sh\\necho Chromium 156.0.8078.79\\n' > {tmp_path}/chromium
    /bin/chmod 755 {tmp_path}/chromium
    """
    program(tmp_path, "apt-get", installs)
    told: list[str] = []

    found = find_or_install(told.append, machine(tmp_path, is_root=True))

    assert found == tmp_path / "chromium"
    assert told == ["No browser here: installing Debian's package chromium (apt-get) …"]


def test_what_the_installation_said_is_kept_when_it_fails(tmp_path: Path) -> None:
    program(tmp_path, "apt-get", "#!/bin/sh\necho E: Unable to locate package chromium\nexit 100")

    with pytest.raises(NoBrowser, match="E: Unable to locate package chromium"):
        find_or_install(lambda words: None, machine(tmp_path, is_root=True))


def test_others_than_root_install_nothing(tmp_path: Path) -> None:
    program(tmp_path, "apt-get", f"#!/bin/sh\necho > {tmp_path}/called\n")

    with pytest.raises(NoBrowser, match="not installed: only root may"):
        find_or_install(lambda words: None, machine(tmp_path))

    assert not (tmp_path / "called").exists()


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A run inside this one, with what looks for the browser and no plugin that it can spare."""
    pytester.makeconftest(CONFTEST)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return pytester


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_run_without_a_browser_says_so_last_and_fails(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    folder = inner.mkdir("browser")
    (folder / "test_planted.py").write_text(PLANTED)
    monkeypatch.setenv("MUSHARAKA_BROWSER", "/nowhere")

    result = inner.runpytest_subprocess(*BARE, "-n", processes)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    assert result.outlines[-6].strip("= ") == "LEFT OUT: THE TESTS IN A BROWSER"
    assert result.outlines[-5:] == [
        "not run: browser/test_planted.py::test_the_page_is_drawn",
        "There is no browser to run them: "
        "MUSHARAKA_BROWSER=/nowhere does not start (FileNotFoundError); "
        "not installed: another one was named",
        "Install the package `chromium` (Debian: apt-get install chromium),",
        "or name a Chromium that is there already: MUSHARAKA_BROWSER=/path/to/chromium",
        "Tests left out: 1. THIS RUN DOES NOT COUNT AS PASSED.",
    ]


def test_a_run_with_nothing_for_the_browser_needs_none(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner.makepyfile("def test_two_and_two(): assert 2 + 2 == 4")
    monkeypatch.setenv("PATH", os.devnull)

    result = inner.runpytest_subprocess(*BARE)

    assert result.ret == pytest.ExitCode.OK
    assert "LEFT OUT" not in result.stdout.str()


def test_a_run_with_a_browser_leaves_nothing_out(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = inner.mkdir("browser")
    (folder / "test_planted.py").write_text(PLANTED)
    monkeypatch.setenv("MUSHARAKA_BROWSER", str(program(tmp_path, "mine", BROWSER)))

    result = inner.runpytest_subprocess(*BARE, "-n", "2")

    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=2)
