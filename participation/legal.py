"""What the law asks the commune to tell people, and which of it is still missing."""

from collections.abc import Mapping
from typing import Any

LEGAL_FIELDS: Mapping[str, str] = {
    "controller": "who answers for the processing",
    "rights_contact": "where people use their rights of access, rectification and opposition",
    "retention": "how long answers are kept",
    "cndp_declaration_number": "the number of the declaration to the CNDP",
    "cndp_authorisation_number": "the number of the CNDP's authorisation",
    "cndp_transfer_number": "the number of the CNDP's authorisation to transfer abroad",
}
"""The keys of the profile's ``[personal_data]``, which the notice reads out."""

EMAIL = "rights_email"
"""May stand beside the contact; the law does not ask for it."""

CONFIRMED = "confirmed"
TABLE = "personal_data"


def missing_legal_fields(profile: Mapping[str, Any]) -> list[str]:
    """The keys that the commune has not supplied, ``confirmed`` included, in their order."""
    given = profile.get(TABLE, {})
    missing = [key for key in LEGAL_FIELDS if not _is_given(given.get(key))]
    return missing if given.get(CONFIRMED) is True else [*missing, CONFIRMED]


def _is_given(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(str(text).strip() for text in value.values())
    return bool(str(value or "").strip())
