"""The words that people agree to: which version of them stands on the screen, by purpose."""

from collections.abc import Mapping

from participation.consultations import SPOKEN_NOTICE
from participation.known import Known
from storage.base import DocumentId
from storage.consultations import Consultation, Mode

NOTICE_VERSIONS: Mapping[Mode, int] = {
    Mode.ANONYMOUS: 4,
    Mode.PSEUDONYMOUS: 4,
    Mode.IDENTIFIED: 4,
}
"""Of the notice before answering; raised when its words change."""


def spoken_notice(known: Known, consultation: Consultation, language: str) -> DocumentId | None:
    """The recording in this language, else one for every language; None where there is none."""
    found = {
        one.language: one.id
        for one in known.documents
        if one.consultation_id == consultation.id and one.slug == SPOKEN_NOTICE
    }
    return found.get(language) or found.get(None)
