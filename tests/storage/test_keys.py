"""The key file: private, durable, and the only tie between answers and people."""

import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from storage.keys import ConsultationKeyMissing, KeyFileMissing, KeyFileUnreadable, Keyring


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring.create(tmp_path_factory.mktemp("keys") / "musharaka.keys")


@given(plain=st.binary(max_size=300), context=st.text(max_size=20))
def test_what_is_sealed_opens_for_its_context_only(
    keyring: Keyring, plain: bytes, context: str
) -> None:
    sealed = keyring.seal(plain, context)

    assert keyring.open(sealed, context) == plain
    with pytest.raises(InvalidTag):
        keyring.open(sealed, context + "!")


def test_a_changed_byte_is_noticed(keyring: Keyring) -> None:
    sealed = bytearray(keyring.seal(b"answer", "inbox"))
    sealed[-1] ^= 1

    with pytest.raises(InvalidTag):
        keyring.open(bytes(sealed), "inbox")


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "musharaka.keys"

    Keyring.create(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_creating_again_keeps_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "musharaka.keys"
    first = Keyring.create(path)
    first.add_consultation("one")

    second = Keyring.create(path)

    assert second.open(first.seal(b"word", "c"), "c") == b"word"
    assert second.respondent_key("one", 7) == first.respondent_key("one", 7)


def test_people_seats_and_consultations_have_keys_of_their_own(tmp_path: Path) -> None:
    keyring = Keyring.create(tmp_path / "keys")
    keyring.add_consultation("one")
    keyring.add_consultation("two")

    keys = {
        keyring.respondent_key(key_id, person, seat)
        for key_id in ("one", "two")
        for person in (1, 2)
        for seat in (0, 1)
    }

    assert len(keys) == 8
    assert {len(key) for key in keys} == {32}


def test_another_process_sees_a_key_that_was_added(tmp_path: Path) -> None:
    running = Keyring.create(tmp_path / "keys")

    Keyring(tmp_path / "keys").add_consultation("new")

    assert running.knows("new")


def test_a_destroyed_key_is_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keyring = Keyring.create(path)
    keyring.add_consultation("one")
    written = path.read_text(encoding="utf-8")

    keyring.destroy_consultation("one")

    assert '"one"' in written
    assert '"one"' not in path.read_text(encoding="utf-8")
    with pytest.raises(ConsultationKeyMissing):
        keyring.respondent_key("one", 7)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"payloads": 3}', "not JSON"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(KeyFileUnreadable):
        Keyring(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing, match="nowhere"):
        Keyring(tmp_path / "nowhere")


def test_another_commune_s_key_file_put_in_its_place_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "musharaka.keys"
    keyring = Keyring.create(path)
    keyring.add_consultation("houses")
    sealed = keyring.seal(b"answer", "inbox")
    path.unlink()
    Keyring.create(path)

    with pytest.raises(KeyFileUnreadable):
        keyring.respondent_key("charter", 501)

    assert keyring.open(sealed, "inbox") == b"answer"
    assert keyring.knows("houses")
