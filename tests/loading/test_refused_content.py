"""A directory with a fault is refused with file and key, and nothing is written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from participation.loading import load_directory
from participation.tables import LARGEST_FILE, ContentRefused
from storage.database import Database
from storage.keys import Keyring
from tests.loading.commune import Commune, dump

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
FILE = "consultations/gardens/consultation.toml"
WINDOW = "opens_in_days = 0\ncloses_in_days = 9"


def without_profile(commune: Commune) -> None:
    (commune.directory / "profile.toml").unlink()


def without_consultation_file(commune: Commune) -> None:
    commune.consultation.unlink()


def in_another_encoding(commune: Commune) -> None:
    commune.consultation.write_bytes('slug = "jardins-d’été"'.encode("cp1252"))


def with_a_link_out(commune: Commune) -> None:
    (commune.folder / "plan-ar.pdf").unlink()
    (commune.folder / "plan-ar.pdf").symlink_to(commune.directory / "profile.toml")


def with_a_huge_document(commune: Commune) -> None:
    with (commune.folder / "plan-ar.pdf").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)


def with_an_empty_document(commune: Commune) -> None:
    (commune.folder / "plan-ar.pdf").write_bytes(b"")


def with_a_second_folder(commune: Commune) -> None:
    other = commune.directory / "consultations" / "other"
    other.mkdir()
    for path in commune.folder.iterdir():
        (other / path.name).write_bytes(path.read_bytes())


def changed(old: str, new: str, name: str = "") -> Callable[[Commune], None]:
    return lambda commune: commune.replace(old, new, name=name)


REFUSED: list[tuple[Callable[[Commune], None], str]] = [
    (without_profile, "profile.toml: is not there"),
    (without_consultation_file, f"{FILE}: is not there"),
    (in_another_encoding, f"{FILE}: is not UTF-8 text"),
    (changed("[title]", "[title"), f"{FILE}: is not valid TOML"),
    (with_a_second_folder, 'consultations/other/consultation.toml: slug: "gardens" is the slug'),
    (changed('fr = "Les jardins"', ""), f"{FILE}: title.fr: is missing"),
    (changed('"Les jardins"', '" "'), f"{FILE}: title.fr: is empty"),
    (changed('"Les jardins"', "7"), f"{FILE}: title: must be a table with a text"),
    (changed("Les jardins", "J" * 101), f"{FILE}: title.fr: has 101 characters"),
    (changed("Les jardins", "\\u0000"), f"{FILE}: title.fr: has a control character"),
    (changed('slug = "gardens"', ""), f"{FILE}: slug: is missing"),
    (changed('slug = "gardens"', 'slug = "Les Jardins"'), f"{FILE}: slug: may have small"),
    (changed('mode = "anonymous"', ""), f"{FILE}: mode: is missing"),
    (changed('"anonymous"', '"open"'), f"{FILE}: mode: must be one of anonymous"),
    (changed("closes_in_days = 9", ""), f"{FILE}: window.closes_in_days: is missing"),
    (changed("closes_in_days", "closes_in_day"), "window.closes_in_day: is not a key that is"),
    (changed("= 9", "= -1"), f"{FILE}: window.closes_in_days: the last day lies before"),
    (changed("= 9", "= 1e99"), f"{FILE}: window.closes_in_days: must be a whole number"),
    (changed(WINDOW, 'opens_on = "2026"'), f"{FILE}: window.opens_on: must be a day written"),
    (changed("plan-ar.pdf", "/etc/plan.pdf"), f"{FILE}: documents[1].file.ar: "),
    (changed("plan-ar.pdf", "../plan.pdf"), "must be a file below this folder"),
    (changed("plan-ar.pdf", "plan.exe"), f"{FILE}: documents[1].file.ar: "),
    (changed("plan-ar.pdf", "absent.pdf"), '"absent.pdf" is not there'),
    (changed("questionnaire.xlsx", "../../x.xlsx"), f"{FILE}: form: "),
    (changed("questionnaire.xlsx", "q.ods"), "must end in .xlsx"),
    (with_a_link_out, "is a link that leads out"),
    (with_a_huge_document, "is larger than 20 MB"),
    (with_an_empty_document, '"plan-ar.pdf" is empty'),
    (changed('fr = "plan-fr.pdf"', 'en = "plan-fr.pdf"'), "file.en: is not one of the commune's"),
    (changed('"ar", "fr"]', '"ar", "xx"]', "profile.toml"), "profile.toml: languages: must be"),
    (changed('default_language = "ar"', "", "profile.toml"), "default_language: is missing"),
    (changed("Africa/Casablanca", "UTC", "profile.toml"), "profile.toml: time_zone: must be"),
    (changed(', fr = "Instance"', "", "profile.toml"), "profile.toml: bodies[1].name.fr: is mis"),
]


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED, ids=[one[1] for one in REFUSED])
async def test_a_fault_is_named_and_nothing_is_written(
    spoil: Callable[[Commune], None],
    sentence: str,
    database: Database,
    keyring: Keyring,
    commune: Commune,
) -> None:
    before = await dump(database)
    spoil(commune)

    with pytest.raises(ContentRefused) as refused:
        await load_directory(database, keyring, commune.directory, NOW)

    assert sentence in str(refused.value)
    assert await dump(database) == before


async def test_every_fault_of_every_file_is_named_at_once(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    commune.replace('default_language = "ar"', "", name="profile.toml")
    commune.replace('mode = "anonymous"', 'mood = "anonymous"')

    with pytest.raises(ContentRefused) as refused:
        await load_directory(database, keyring, commune.directory, NOW)

    assert {(one.file, one.key) for one in refused.value.faults} == {
        ("profile.toml", "default_language"),
        (FILE, "mode"),
        (FILE, "mood"),
    }
    assert 'did you mean "mode"?' in str(refused.value)


async def test_a_workbook_with_an_error_is_named_with_sheet_row_and_column(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    before = await dump(database)
    commune.ask(
        (
            ("type", "name", "label::العربية (ar)", "label::Français (fr)", "relevant"),
            ("text", "quartier", "الحي", "Votre quartier ?", ""),
            ("text", "why", "لماذا؟", "Pourquoi ?", "${quarter} = 'x'"),
        )
    )

    with pytest.raises(ContentRefused) as refused:
        await load_directory(database, keyring, commune.directory, NOW)

    found = str(refused.value)
    assert "consultations/gardens/questionnaire.xlsx: survey, row 3, relevant: " in found
    assert "quartier" in found
    assert await dump(database) == before


async def test_a_workbook_that_is_none_is_refused(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    (commune.folder / "questionnaire.xlsx").write_bytes(b"not a workbook")

    with pytest.raises(ContentRefused, match=r"questionnaire\.xlsx: "):
        await load_directory(database, keyring, commune.directory, NOW)


@pytest.mark.parametrize(
    ("days", "later", "sentence"),
    [
        ("opens_on = 2026-11-22\ncloses_on = 2026-11-30", 0, "window.opens_on: it is open since"),
        ("opens_on = 2026-11-20\ncloses_on = 2026-11-22", 0, "window.closes_on: lies in the past"),
        ("opens_on = 2026-11-20\ncloses_on = 2027-11-30", 30, "a closed one is not opened again"),
    ],
)
async def test_a_window_that_people_know_is_not_moved_behind_their_back(
    days: str, later: int, sentence: str, database: Database, keyring: Keyring, commune: Commune
) -> None:
    first = "opens_on = 2026-11-20\ncloses_on = 2026-11-30"
    commune.replace(WINDOW, first)
    await load_directory(database, keyring, commune.directory, NOW)
    before = await dump(database)
    commune.replace(first, days)

    with pytest.raises(ContentRefused) as refused:
        await load_directory(database, keyring, commune.directory, NOW + timedelta(days=later))

    assert sentence in str(refused.value)
    assert await dump(database) == before
