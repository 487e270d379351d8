"""Which language a person is spoken to."""

import pytest

from participation.people import spoken_language


@pytest.mark.parametrize(
    ("language_code", "language"),
    [
        ("ar", "ar"),
        ("fr-MA", "fr"),
        ("FR_ca", "fr"),
        ("en", None),
        ("arc", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_code_tells_the_language(
    language_code: str | None, language: str | None
) -> None:
    assert spoken_language(language_code) == language
