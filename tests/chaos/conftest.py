"""What the chaos tests share."""

from collections.abc import Iterator

import pytest

from tests.chaos.starter import Starter


@pytest.fixture(scope="package")
def starter() -> Iterator[Starter]:
    """Forks bots; importing their libraries anew each time would take most of the minute."""
    starter = Starter()
    yield starter
    starter.close()
