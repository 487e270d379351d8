"""The words that people agree to have a version, and the version follows the words."""

from hashlib import sha256

import pytest

from handlers.language import speaking
from handlers.views.afterwards import offer
from handlers.views.notices import full_text, notice_text
from participation.answering import Unagreed
from participation.notices import NOTICE_VERSIONS
from participation.people import ANNOUNCEMENTS_VERSION
from storage.base import ConsultationId
from storage.consultations import Mode

WORDS = {
    (Mode.ANONYMOUS, 4): "a9abfae208b139f9",
    (Mode.PSEUDONYMOUS, 4): "bfd9f80926501f11",
    (Mode.IDENTIFIED, 4): "6ba94271aef0622d",
}
"""Of each version, what its words in both languages come to. Changed words need a new version:
people have agreed to the old ones."""
OFFERED = {2: "75ac0b7700dd6d69"}


def digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:16]


def words_of(mode: Mode) -> str:
    unagreed = Unagreed(ConsultationId(1), {"ar": "س", "fr": "S"}, mode)
    texts = []
    for language in ("ar", "fr"):
        with speaking(language):
            texts += [notice_text(unagreed, {}), full_text(unagreed, {})]
    return digest(*texts)


@pytest.mark.parametrize("mode", list(Mode))
def test_changed_words_of_the_notice_have_a_version_of_their_own(mode: Mode) -> None:
    assert words_of(mode) == WORDS[mode, NOTICE_VERSIONS[mode]]


@pytest.mark.parametrize("mode", list(Mode))
def test_three_lines_in_each_language(mode: Mode) -> None:
    for language in ("ar", "fr"):
        with speaking(language):
            unagreed = Unagreed(ConsultationId(1), {"ar": "س", "fr": "S"}, mode)
            assert len(notice_text(unagreed, {}).split("\n")) == 3
            assert len(full_text(unagreed, {})) < 3_000


def test_no_two_modes_say_the_same() -> None:
    assert len({words_of(mode) for mode in Mode}) == len(Mode)


def test_changed_words_of_the_offer_have_a_version_of_their_own() -> None:
    texts = []
    for language in ("ar", "fr"):
        with speaking(language):
            texts.append(offer({}).text)

    assert digest(*texts) == OFFERED[ANNOUNCEMENTS_VERSION]
