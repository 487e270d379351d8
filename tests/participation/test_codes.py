"""A start-up code is read however it is typed, and no other words are taken for one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.codes import code_in, hash_of_code, new_code, new_token
from participation.receipts import ALPHABET

CODE = "MUSH-7K3M-9QXT-2B4D"
BETWEEN = st.text("- –\u2066\u2069\u200f\t\n._", max_size=3)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_a_new_code_has_the_shape_that_is_recognised() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    for code in codes:
        assert re.fullmatch(rf"MUSH(-[0-9][{ALPHABET}]{{3}}){{3}}", code)
        assert code_in(code) == code.replace("-", "")


@given(separators=st.lists(BETWEEN, min_size=17, max_size=17), lower=st.booleans())
def test_spacing_case_and_digits_do_not_matter(separators: list[str], lower: bool) -> None:
    letters = CODE.replace("-", "").lower() if lower else CODE.replace("-", "").translate(ARABIC)

    typed = "".join(map("".join, zip(separators, f"{letters} ", strict=True)))

    found = code_in(typed)
    assert found is not None
    assert hash_of_code(found) == hash_of_code(CODE)


@pytest.mark.parametrize("misread", ["MUSH-7K3M-9QXT-2B4O", "mush-7k3m-9qxt-2b4o"])
def test_a_misread_letter_is_the_digit_that_it_looks_like(misread: str) -> None:
    assert code_in(misread) == "MUSH7K3M9QXT2B40"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "mush",
        "mushkil kbir f l7i",
        "Mushkila kbira bzf",
        "mushtaraka fdar",
        "MUSH-7K3M-9QXT-2B4",
        "MUSH-7K3M-9QXT-2B4DD",
        "le code est MUSH-7K3M-9QXT-2B4D",
        "MUSH-KK3M-9QXT-2B4D",
        "MUSH-7U3M-9QXT-2B4D",
        "-" * 4096,
        "m" * 4096,
    ],
)
def test_other_words_are_no_code(words: str) -> None:
    assert code_in(words) is None


@given(st.text())
def test_no_words_are_too_strange(words: str) -> None:
    assert code_in(words) is None or len(words) >= 16


def test_a_token_fits_a_link_to_a_bot() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
