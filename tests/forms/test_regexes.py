"""Patterns of authors: the same answers as Python's engine, never its explosions."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.xpath.regexes import PatternRefused, matches, understood

PATTERNS = [
    "",
    "abc",
    "a|bc|",
    "^(\\+212|0)[5-7][0-9]{8}$",
    "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,6}",
    "[^,;]+(,[^,;]+)*",
    "a{2,4}b?",
    "a{0}b",
    "a{2,}",
    "(ab)*?c+?",
    "\\d{3}-\\w+\\s\\S",
    "[\\d\\-]+",
    "[]a]+",
    "[a-]+",
    ".+",
    "(?:a|b)(c|d)",
    "a$|^b",
    "\\.\\*\\(",
    "[\\u0621-\\u064a ]+",
]
ALPHABET = "abcd012.,;-+@()* \n"
parts = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "\\w"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        inner.map(lambda part: f"(?:{part})*"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"(?:{part}){{1,2}}"),
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "b",
        "abc",
        "aab",
        "aaaa",
        "ababcc",
        "0612345678",
        "a.b@c-d.ma",
        "x,y",
        "].*(",
        "أب",
    ],
)
def test_a_pattern_fits_what_pythons_engine_fits(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text))


@given(parts, st.text(ALPHABET, max_size=8))
def test_any_pattern_fits_what_pythons_engine_fits(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text, re.ASCII))


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*a*b", "(.*,)*x"])
def test_a_catastrophic_pattern_answers_at_once(pattern: str) -> None:
    begun = time.perf_counter()

    assert not matches(pattern, "a" * 3_999)

    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    "pattern",
    [
        "(a",
        "a)",
        "[a",
        "*a",
        "a**",
        "(?=a)",
        "(?P<x>a)",
        "(a)\\1",
        "a{300}",
        "b-[z-a]",
        "\\q",
        "\\",
    ],
)
def test_what_cannot_be_followed_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        understood(pattern)

    assert not matches(pattern, "a")


def test_letters_of_any_script_can_be_asked_for() -> None:
    assert matches("\\p{L}+", "تارودانت")
    assert not matches("\\p{L}+", "R2")


def test_a_pattern_that_is_too_long_or_repeats_too_much_is_refused() -> None:
    for pattern in ("a" * 501, "((a{50}){50}){50}", "(" * 400 + "a" + ")" * 400):
        with pytest.raises(PatternRefused):
            understood(pattern)
