"""A confirmation counts for what was shown, for ten minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.stamps import is_fresh, stamp

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_stamp_fits_into_a_button() -> None:
    shown = stamp(NOW, "facts", {"ar": "نص"})

    assert shown.isascii()
    assert shown.isalnum()
    assert len(shown) == 18


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(0, True), (599, True), (600, False), (-60, False)]
)
def test_it_is_good_for_ten_minutes(seconds: int, fresh: bool) -> None:
    shown = stamp(NOW, 1, "x")

    assert is_fresh(shown, NOW + timedelta(seconds=seconds), 1, "x") == fresh


def test_other_facts_are_not_what_was_shown() -> None:
    shown = stamp(NOW, {"fr": "Jardins"}, [1, 2])

    assert is_fresh(shown, NOW, {"fr": "Jardins"}, [1, 2])
    assert not is_fresh(shown, NOW, {"fr": "Jardin"}, [1, 2])
    assert not is_fresh(shown, NOW, {"fr": "Jardins"}, [2, 1])


@pytest.mark.parametrize("forged", ["", "x", "0" * 40, "zzzzzzzzzzzzzz"])
def test_a_forged_stamp_is_not_fresh(forged: str) -> None:
    assert not is_fresh(forged, NOW, 1)
