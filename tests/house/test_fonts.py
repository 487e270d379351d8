"""The page draws every character of ours with a font of its own, whose licence lies beside it."""

import hashlib
import re

import pytest

from tests.house.fonts import FOLDER, SHEET, Face, faces, families, tables_of, undrawn
from tests.house.notices import NOTICES
from tests.house.project import files
from tests.house.shown import WRITTEN, shown

CSS = SHEET.read_text(encoding="utf-8")
FACES = faces(CSS)
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def stack(name: str, drawing: list[Face] = FACES) -> list[Face]:
    """The faces behind a variable of the sheet."""
    return [face for family in families(CSS)[name] for face in drawing if face.family == family]


def first_to_draw(character: str) -> str:
    return next(face.family for face in stack("--font-text") if face.draws(character))


def test_a_planted_character_is_found() -> None:
    assert undrawn("Taroudant 漢 تارودانت", stack("--font-text")) == ["漢"]


def test_a_character_that_the_sheet_forgets_is_found_though_a_file_has_it() -> None:
    forgetful = faces(CSS.replace("U+600-61B", "U+600-60B"))

    assert undrawn("، نعم", stack("--font-text", forgetful)) == ["،"]


def test_a_range_that_promises_too_much_is_found() -> None:
    boasting = faces(CSS.replace("U+2D7F", "U+2D7F, U+2DE0"))

    assert [face.broken_promises for face in boasting if face.broken_promises] == [["\u2de0"]]


def test_no_range_promises_more_than_its_file_holds() -> None:
    assert FACES

    assert {face.path.name: face.broken_promises for face in FACES if face.broken_promises} == {}


@pytest.mark.parametrize("variable", ["--font-text", "--font-mono"])
def test_every_character_that_we_show_is_drawn(variable: str) -> None:
    texts = list(shown())
    assert {place.split("/")[0] for place, _ in texts} >= {"locales", "simulator", "examples"}

    missing = set(undrawn({one for _, text in texts for one in text}, stack(variable)))

    assert {
        place: sorted(missing & set(text)) for place, text in texts if missing & set(text)
    } == {}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_people_write_is_drawn(kind: str) -> None:
    assert undrawn(WRITTEN[kind], stack("--font-text")) == []


def test_no_emoji_takes_a_character_of_text() -> None:
    text = {"1": "Noto Sans", "#": "Noto Sans", "©": "Noto Sans", "،": "Noto Sans Arabic"}
    signs = dict.fromkeys("→✓▶★", "Noto Sans Math")
    pictures = dict.fromkeys("✅🔒❤", "Noto Color Emoji")

    for character, family in (text | signs | pictures).items():
        assert first_to_draw(character) == family, character


def test_the_emoji_are_in_the_format_that_chromium_draws() -> None:
    emoji = [face.path for face in FACES if face.family == "Noto Color Emoji"]
    assert emoji

    assert [path.name for path in emoji if "COLR" not in tables_of(path)] == []


def test_every_family_that_is_asked_for_has_a_file_and_every_file_a_rule() -> None:
    fonts = set(files(FOLDER, "*.woff2"))
    asked = {family for names in families(CSS).values() for family in names}

    assert set(families(CSS)) == {"--font-text", "--font-mono"}
    assert asked == {face.family for face in FACES}
    assert fonts == {face.path for face in FACES}


def test_each_file_is_the_one_that_its_package_has() -> None:
    noted = re.findall(r"^\| `(\S+\.woff2)` \| .* \| `([0-9a-f]{64})` \|$", README, re.MULTILINE)
    here = {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(FOLDER, "*.woff2")
    }

    assert dict(noted) == here


def test_beside_each_family_lies_its_licence_and_the_notices_name_it() -> None:
    notices = NOTICES.read_text(encoding="utf-8")
    folders = [path for path in FOLDER.iterdir() if path.is_dir()]
    assert folders

    for folder in folders:
        licence = (folder / "OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "Reserved Font Name" not in licence.split("-----")[0]
    for face in FACES:
        assert f"| {face.family} |" in notices
