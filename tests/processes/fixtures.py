"""What a test asks for that looks at ``musharaka`` from outside."""

import itertools
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.house.project import ROOT
from tests.processes.started import Started, start_fresh
from tests.processes.starter import Starter


class Musharaka:
    """Starts commands for one test."""

    def __init__(self, starter: Starter, papers: Path) -> None:
        self._starter = starter
        self._papers = papers
        self._numbers = itertools.count(1)
        self._started: list[Started] = []

    def __call__(self, *words: str, env: Mapping[str, str], **more: Any) -> Started:
        """``musharaka WORDS``, forked."""
        return self._kept(self._starter.start, *words, env=env, **more)

    def fresh(
        self, *words: str, env: Mapping[str, str], options: Sequence[str] = (), **more: Any
    ) -> Started:
        """``musharaka WORDS`` as operators start it: a new interpreter, which imports for 4 s."""
        return self._kept(partial(start_fresh, options=options), *words, env=env, **more)

    def _kept(
        self,
        start: Callable[..., Started],
        *words: str,
        env: Mapping[str, str],
        bare: bool = False,
        folder: Path = ROOT,
        module: str = "bot",
    ) -> Started:
        """``env`` is added to our environment, or with ``bare`` all there is."""
        name = self._papers / str(next(self._numbers))
        started = start(
            *(module, *words),
            env=env if bare else {**os.environ, **env},
            folder=folder,
            out=name.with_suffix(".out"),
            err=name.with_suffix(".err"),
        )
        self._started.append(started)
        return started

    async def end(self) -> None:
        """End what still runs."""
        for one in self._started:
            await one.killed()


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    """One for all tests of this process, started when first asked for."""
    starter = Starter()
    yield starter
    starter.close()


@pytest.fixture
async def musharaka(
    starter: Starter, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Musharaka]:
    """Starts commands; what is left of them ends with the test."""
    musharaka = Musharaka(starter, tmp_path_factory.mktemp("processes"))
    yield musharaka
    await musharaka.end()
