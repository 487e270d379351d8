"""Receipt codes can be read aloud, typed again, and not guessed."""

import re

from participation.receipts import ALPHABET, hash_of, new_receipt


def test_a_receipt_has_sixty_bits_in_letters_that_are_not_misread() -> None:
    assert len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)

    codes = {new_receipt() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", one) for one in codes)


def test_a_receipt_is_recognised_however_it_is_typed() -> None:
    code = "1A0B-CDEF-GH23"

    for typed in ("1a0b-cdef-gh23", "IAOB CDEF GH23", " lAoBCDEFGH23 "):
        assert hash_of(typed) == hash_of(code)
    assert hash_of("1A0B-CDEF-GH24") != hash_of(code)
