"""Patterns of authors: the same answers as Python's engine, never its explosions."""

import random
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


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*a*b", "(.*,)*x", "(x+x+)+y", "(a|aa|aaa)*b"),
        *("(a?){1000}b", "((a{0,30}){0,30})*b", "(.*a.{300}b)*", "((a|b|ab)?){300}c"),
        *("(([\\p{L} ]?){40})*b", "([\\p{L} ]*a[\\p{L} ]{9}b)*c", f"(({'a?' * 24}){{80}})*b"),
    ],
)
def test_a_catastrophic_pattern_answers_at_once(pattern: str) -> None:
    seeded = random.Random(1)  # noqa: S311 — any letters will do
    mixed = "".join(seeded.choice("ab") for _ in range(3_999))
    understood(pattern)

    needed = [cost(pattern, text) for text in (mixed, "a" * 3_999, "x" * 3_999, "أ" * 3_999)]

    assert max(needed) < 0.05


def cost(pattern: str, text: str) -> float:
    """Seconds of processor time that an answer takes, at best."""
    needed = []
    for _ in range(3):
        begun = time.process_time()
        matches(pattern, text)
        needed.append(time.process_time() - begun)
    return min(needed)


@pytest.mark.parametrize(
    ("pattern", "code", "written"),
    [
        ("(a", "regex_refused", "(a"),
        ("a)", "regex_refused", "a)"),
        ("[a", "regex_refused", "[a"),
        ("*a", "regex_refused", "*"),
        ("a**", "regex_refused", "**"),
        ("a++", "regex_refused", "++"),
        ("b-[z-a]", "regex_refused", "z-a"),
        ("\\q", "regex_refused", "\\q"),
        ("\\p{Klingon}", "regex_refused", "\\p{Klingon}"),
        ("\\", "regex_refused", "\\"),
        ("(?=a)", "regex_looks_around", "(?="),
        ("(?!a)", "regex_looks_around", "(?!"),
        ("(?<=a)b", "regex_looks_around", "(?<="),
        ("(?<!a)b", "regex_looks_around", "(?<!"),
        ("(a)\\1", "regex_looks_around", "\\1"),
        ("(?<x>a)\\k<x>", "regex_looks_around", "\\k"),
        ("a" * 501, "regex_too_large", ""),
        ("a{2000}", "regex_too_large", ""),
        (".{0,900}", "regex_too_large", ""),
        ("((a{50}){50}){50}", "regex_too_large", ""),
        (f"({'a?' * 240}){{1000}}", "regex_too_large", ""),
        ("\\p{L}{300}", "regex_too_large", ""),
    ],
)
def test_what_cannot_be_followed_is_refused(pattern: str, code: str, written: str) -> None:
    with pytest.raises(PatternRefused) as refusal:
        understood(pattern)

    assert (refusal.value.code, refusal.value.written) == (code, written)
    assert not matches(pattern, "a")


def test_a_refused_pattern_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert not matches("(?=a)", "a")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("\\p{L}+", "تارودانت", True),
        ("\\p{L}+", "R2", False),
        ("\\w+", "تارودانت", True),
        ("[\\w-]+", "Aït-Melloul", True),
        ("[]\\w]+", "a]", True),
        ("\\W", "ت", False),
        ("\\W", "؟", True),
        ("\\\\w", "\\w", True),
        ("\\p{IsArabic}+", "تارودانت", True),
        ("\\P{InArabic}+", "تارودانت", False),
        ("\\p{IsAlphabetic}+", "é", True),
        ("\\u062a.+\\Z", "تارودانت", True),
        ("[\\p{L} ]{2,60}", "فاطمة الزهراء", True),
        ("(?<year>20[0-9]{2})", "2026", True),
        (".", "\ud800", True),
    ],
)
def test_a_pattern_means_what_it_means_to_odk_in_any_script(
    pattern: str, text: str, fits: bool
) -> None:
    assert matches(pattern, text) is fits


def test_a_text_longer_than_any_answer_costs_no_more() -> None:
    assert matches("a*", "a" * 4_000)
    assert cost("(a+)+b", "a" * 10**6) < 0.05
