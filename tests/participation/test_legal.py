"""What the law asks the commune to tell: each missing field is named."""

import pytest

from participation.legal import CONFIRMED, LEGAL_FIELDS, missing_legal_fields

COMPLETE = {
    **{key: {"ar": "نعم", "fr": "Oui"} for key in ("controller", "rights_contact", "retention")},
    "cndp_declaration_number": "D-1/2026",
    "cndp_authorisation_number": "A-1/2026",
    "cndp_transfer_number": "T-1/2026",
    CONFIRMED: True,
}


def test_a_complete_table_misses_nothing() -> None:
    assert missing_legal_fields({"personal_data": COMPLETE}) == []


def test_before_a_profile_is_loaded_everything_is_missing() -> None:
    assert missing_legal_fields({}) == [*LEGAL_FIELDS, CONFIRMED]


@pytest.mark.parametrize("key", sorted(LEGAL_FIELDS))
@pytest.mark.parametrize("empty", ["", " ", {}, {"ar": "نعم", "fr": ""}, None])
def test_a_field_that_is_empty_in_one_language_is_missing(key: str, empty: object) -> None:
    assert missing_legal_fields({"personal_data": {**COMPLETE, key: empty}}) == [key]


@pytest.mark.parametrize("said", [False, None, "yes"])
def test_facts_that_the_commune_has_not_confirmed_are_missing(said: object) -> None:
    assert missing_legal_fields({"personal_data": {**COMPLETE, CONFIRMED: said}}) == [CONFIRMED]
