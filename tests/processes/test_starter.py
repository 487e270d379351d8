"""A forked command is what a new interpreter would be: words, codes, surroundings, end."""

import json
import os
from pathlib import Path

import pytest

from tests.house.project import ROOT
from tests.processes.fixtures import Musharaka
from tests.processes.starter import Starter


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("form",), 2),  # its help
        (("invite", "--nothing-of-ours"), 2),
        (("run",), 1),  # without a token: one sentence
        (("form", "check", "nothing.xlsx"), 1),
    ],
)
async def test_what_is_said_and_the_exit_code_are_those_of_a_new_interpreter(
    musharaka: Musharaka, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "80"}

    both = [
        start(*words, env=env, bare=True, folder=tmp_path)
        for start in (musharaka, musharaka.fresh)
    ]
    forked, fresh = both

    assert [await one.ends() for one in both] == [code] * 2
    assert forked.printed
    assert (forked.out, forked.err) == (fresh.out, fresh.err)


async def test_a_forked_process_finds_around_it_what_a_new_one_finds(
    musharaka: Musharaka, tmp_path: Path
) -> None:
    env = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PLANTED": "ours"}

    both = [
        start(
            "a", "b c", env=env, bare=True, folder=tmp_path, module="tests.processes.surroundings"
        )
        for start in (musharaka, musharaka.fresh)
    ]
    codes = [await one.ends() for one in both]

    assert codes == [0, 0], both[0].printed
    forked, fresh = (json.loads(one.out) for one in both)
    assert forked["environment"] == env
    assert forked["folder"] == str(tmp_path)
    assert forked == fresh


async def test_what_is_still_running_ends_with_the_starter(tmp_path: Path) -> None:
    starter = Starter()
    page = tmp_path / "page"
    town = starter.start(
        *("simulator", "--port", "0"), env=dict(os.environ), folder=ROOT, out=page, err=page
    )
    await town.says("http://")

    starter.close()

    with pytest.raises(ProcessLookupError):
        os.kill(town.pid, 0)
