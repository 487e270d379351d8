"""A draft's title and short name, from whatever a workbook says."""

import pytest

from forms.form import Form
from participation.drafting import LONGEST_SLUG, slug_of, titles


def form(**title: str) -> Form:
    return Form("souk", "1", title, "ar", ("ar", "fr"), ())


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"ar": "السوق · Souk"}, {"ar": "السوق", "fr": "Souk"}),
        ({"ar": "السوق", "fr": "Souk"}, {"ar": "السوق", "fr": "Souk"}),
        (
            {"ar": "السوق · المدينة · Souk · marché / ville"},
            {"ar": "السوق · المدينة", "fr": "Souk · marché / ville"},
        ),
        ({"ar": "Citoyen·ne·s·المواطنون"}, {"ar": "المواطنون", "fr": "Citoyen·ne·s"}),
        ({"ar": "2026 · السوق · Souk"}, {"ar": "2026 · السوق", "fr": "Souk"}),
        ({"ar": "السوق / CNSS · Souk / CNSS"}, {"ar": "السوق / CNSS", "fr": "Souk / CNSS"}),
        ({"ar": "السوق\nSouk · marché"}, {"ar": "السوق", "fr": "Souk · marché"}),
        ({"ar": "السوق · Souk · السوق"}, {"ar": "السوق · Souk · السوق"}),
        ({"ar": "السوق"}, {"ar": "السوق"}),
        ({"ar": "Souk"}, {"ar": "Souk", "fr": "Souk"}),
        ({}, {"fr": "souk"}),
        ({"ar": "م" * 200}, {"ar": "م" * 100}),
    ],
)
def test_a_title_is_read_in_each_language(given: dict[str, str], read: dict[str, str]) -> None:
    assert titles(form(**given)) == read


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ({"fr": "Souk hebdomadaire : l’organisation"}, "souk-hebdomadaire-lorganisation"),
        ({"fr": "Éclairage public"}, "eclairage-public"),
        ({"ar": "السوق"}, "consultation"),
        ({"fr": "«»"}, "consultation"),
        ({"fr": "a" * 90}, "consultation"),
    ],
)
def test_a_short_name_comes_from_the_french_title(title: dict[str, str], slug: str) -> None:
    assert slug_of(title) == slug
    assert len(slug) <= LONGEST_SLUG - 8
