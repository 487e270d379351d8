"""What is typed in two languages at once is told apart and kept whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.wording import (
    NothingToRead,
    TextTooLong,
    TooManyLines,
    by_language,
    ensure_length,
    ensure_lines,
)

LETTERS = "abcé حدائق،.0123 \n"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Jardins", {"fr": "Jardins"}),
        ("حدائق", {"ar": "حدائق"}),
        ("حدائق\nJardins", {"ar": "حدائق", "fr": "Jardins"}),
        ("Jardins\n\nحدائق", {"fr": "Jardins", "ar": "حدائق"}),
        ("برنامج PAC\nLe programme", {"ar": "برنامج PAC", "fr": "Le programme"}),
        ("05 28 85\nحدائق\nJardins", {"ar": "05 28 85\nحدائق", "fr": "Jardins"}),
        ("Appelez :\n0800\n\nاتصلوا:\n0800", {"fr": "Appelez :\n0800", "ar": "اتصلوا:\n0800"}),
        ("0800 00 85 85", {"ar": "0800 00 85 85", "fr": "0800 00 85 85"}),
        ("a\n\nb\n\nج", {"fr": "a\n\nb", "ar": "ج"}),
    ],
)
def test_each_language_gets_its_lines(words: str, parts: dict[str, str]) -> None:
    assert by_language(words) == parts


@pytest.mark.parametrize("words", ["", " \n ", "\u200b", "\u202e"])
def test_nothing_to_read_is_refused(words: str) -> None:
    with pytest.raises(NothingToRead):
        by_language(words)


@given(st.text(LETTERS, min_size=1))
def test_no_letter_is_lost(words: str) -> None:
    try:
        parts = by_language(words)
    except NothingToRead:
        assert not words.strip()
        return

    found = sorted("".join("".join(parts.values()).split()))
    typed = sorted("".join(words.split()))
    assert found in (typed, sorted(typed * 2))


def test_limits_count_letters_and_lines() -> None:
    assert ensure_length("abc", 3) == "abc"
    assert ensure_lines("a\n\nb", 2) == "a\nb"
    with pytest.raises(TextTooLong) as long:
        ensure_length("abcd", 3)
    with pytest.raises(TooManyLines) as many:
        ensure_lines("a\nb\nc", 2)
    assert (long.value.longest, long.value.length) == (3, 4)
    assert (many.value.most, many.value.count) == (2, 3)
