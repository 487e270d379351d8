"""A commune's directory becomes rows: once, whole, and again without doubling."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from forms.form import Form
from participation.consultations import GRACE, SPOKEN_NOTICE, Phase
from participation.loading import load_directory
from participation.tables import ContentRefused
from storage.audit import AuditEntry
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.documents import Document, DocumentFile
from storage.keys import Keyring
from storage.profiles import profile
from storage.questionnaires import FormRow, FormVersion
from storage.submissions import Submission, SubmissionState
from tests.loading.commune import SURVEY, Commune, dump

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"


async def consultation(database: Database, slug: str = "gardens") -> Consultation:
    async with database.reading() as session:
        found = await session.scalars(select(Consultation).where(Consultation.slug == slug))
        return found.one()


async def documents(database: Database) -> list[Document]:
    async with database.reading() as session:
        return list(await session.scalars(select(Document).order_by(Document.id)))


async def count(database: Database, row: type) -> int:
    async with database.reading() as session:
        return int(await session.scalar(select(func.count()).select_from(row)) or 0)


async def begin_answering(database: Database, respondent_key: bytes) -> None:
    """An unfinished submission, as a person in mid-answer has it."""
    row = await consultation(database)
    async with database.unit_of_work() as session:
        session.add(
            Submission(
                consultation_id=row.id,
                form_version_id=row.form_version_id,
                respondent_key=respondent_key,
                state=SubmissionState.DRAFT,
                language="fr",
                answers={"wish": "De l’ombre"},
                asked="trees",
            )
        )


async def test_two_loads_at_the_same_moment_are_as_one(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    loads = [load_directory(database, keyring, commune.directory, NOW) for _ in range(3)]

    results = await asyncio.gather(*loads)

    assert [one.changed for one in results].count(True) == 1
    assert await count(database, Consultation) == 1
    assert await count(database, FormVersion) == 1


async def test_the_shipped_example_loads_and_a_second_load_changes_nothing(
    database: Database, keyring: Keyring
) -> None:
    first = await load_directory(database, keyring, EXAMPLE, NOW)
    rows = await dump(database)
    second = await load_directory(database, keyring, EXAMPLE, NOW + timedelta(days=3))

    assert {one.slug: one.phase for one in first.consultations} == {
        "charter-2024": Phase.CLOSED,
        "neighbourhood-houses": Phase.OPEN,
    }
    assert first.changed
    assert not second.changed
    assert await dump(database) == rows
    assert len(rows["form_version"]) == 2
    assert len(rows["document"]) == 4


async def test_the_charter_window_follows_the_clock_change_of_april_2024(
    database: Database, keyring: Keyring
) -> None:
    await load_directory(database, keyring, EXAMPLE, NOW)

    charter = await consultation(database, "charter-2024")
    assert charter.opens_at == datetime(2024, 4, 3, 0, tzinfo=UTC)
    assert charter.closes_at == datetime(2024, 4, 15, 23, tzinfo=UTC)
    assert charter.seal_at >= charter.closes_at + GRACE
    assert charter.state is ConsultationState.PUBLISHED


async def test_a_load_writes_profile_form_key_and_documents(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    loaded = await load_directory(database, keyring, commune.directory, NOW)

    row = await consultation(database)
    async with database.reading() as session:
        held = await profile(session)
        version = await session.get_one(FormVersion, row.form_version_id)
        entry = (await session.scalars(select(AuditEntry))).one()
    assert held is not None
    assert held.document["bodies"][0]["founded_on"] == "2022-02-11"
    assert [one.path for one in Form.from_json(version.compiled).questions] == ["wish", "trees"]
    assert keyring.knows(row.key_id)
    assert len(row.key_id) == 32
    assert (row.opens_on, row.closes_on) == (date(2026, 11, 23), date(2026, 12, 2))
    assert row.closes_at == datetime(2026, 12, 3, tzinfo=UTC)
    assert [(one.slug, one.language) for one in await documents(database)] == [
        ("plan", "ar"),
        ("plan", "fr"),
    ]
    assert entry.details == {"profile": True, "consultations": {"gardens": ["added"]}}
    assert loaded.consultations[0].changes == ("added",)


async def test_a_relative_window_is_counted_on_the_first_load_only(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    commune.replace("closes_in_days = 9", "closes_in_days = 30")

    await load_directory(database, keyring, commune.directory, NOW + timedelta(days=4))

    assert (await consultation(database)).closes_on == date(2026, 12, 2)


async def test_a_new_workbook_is_a_new_version_and_who_is_answering_keeps_theirs(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    first = (await consultation(database)).form_version_id
    await begin_answering(database, b"a" * 32)
    commune.ask((*SURVEY, ("text", "place", "أين؟", "Où ?", "")))

    loaded = await load_directory(database, keyring, commune.directory, NOW)

    async with database.reading() as session:
        submission = (await session.scalars(select(Submission))).one()
    assert submission.form_version_id == first
    assert (await consultation(database)).form_version_id != first
    assert loaded.consultations[0].changes == ("form",)
    assert (await count(database, FormRow), await count(database, FormVersion)) == (1, 2)


async def test_an_earlier_workbook_returns_to_its_version(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    first = (await consultation(database)).form_version_id
    earlier = (commune.folder / "questionnaire.xlsx").read_bytes()
    commune.ask((*SURVEY, ("text", "place", "أين؟", "Où ?", "")))
    await load_directory(database, keyring, commune.directory, NOW)
    (commune.folder / "questionnaire.xlsx").write_bytes(earlier)

    await load_directory(database, keyring, commune.directory, NOW)

    assert (await consultation(database)).form_version_id == first
    assert await count(database, FormVersion) == 2


async def test_a_closed_consultation_keeps_its_questionnaire(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    before = await consultation(database)
    commune.ask((*SURVEY, ("text", "place", "أين؟", "Où ?", "")))

    loaded = await load_directory(database, keyring, commune.directory, NOW + timedelta(days=40))

    assert (await consultation(database)).form_version_id == before.form_version_id
    assert not loaded.changed
    assert "questionnaire stays" in loaded.warnings[-1]


async def test_a_sealed_consultation_still_takes_new_words_and_gets_no_new_key(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    before = await consultation(database)
    keyring.destroy_consultation(before.key_id)
    async with database.unit_of_work() as session:
        row = await session.get_one(Consultation, before.id)
        row.state, row.sealed_at = ConsultationState.SEALED, NOW
    commune.replace("Que planter ?", "Ce qui fut planté.")

    loaded = await load_directory(database, keyring, commune.directory, NOW)

    after = await consultation(database)
    assert loaded.consultations[0].changes == ("texts",)
    assert after.stake["fr"] == "Ce qui fut planté."
    assert after.state is ConsultationState.SEALED
    assert not keyring.knows(after.key_id)


async def test_a_changed_document_takes_a_new_id_and_forgets_what_telegram_holds(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    arabic, french = await documents(database)
    async with database.unit_of_work() as session:
        session.add(DocumentFile(document_id=arabic.id, bot_id=1, file_id="held-arabic"))
        session.add(DocumentFile(document_id=french.id, bot_id=1, file_id="held-french"))
    (commune.folder / "plan-fr.pdf").write_bytes(b"%PDF-1.7 corrected")

    await load_directory(database, keyring, commune.directory, NOW)

    ids = {one.language: one.id for one in await documents(database)}
    async with database.reading() as session:
        held = list(await session.scalars(select(DocumentFile.file_id)))
    assert ids["ar"] == arabic.id
    assert ids["fr"] not in {arabic.id, french.id}
    assert held == ["held-arabic"]


async def test_a_document_that_is_no_longer_named_goes(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    await load_directory(database, keyring, commune.directory, NOW)
    commune.replace('fr = "plan-fr.pdf"\n', "")

    await load_directory(database, keyring, commune.directory, NOW)

    assert [one.language for one in await documents(database)] == ["ar"]


async def test_a_file_without_a_language_serves_all(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    files = '[documents.file]\nar = "plan-ar.pdf"\nfr = "plan-fr.pdf"\n'
    commune.replace(files, "")
    commune.replace('slug = "plan"\n', 'slug = "plan"\nfile = "plan-ar.pdf"\n')
    await load_directory(database, keyring, commune.directory, NOW)

    again = await load_directory(database, keyring, commune.directory, NOW)

    assert [one.language for one in await documents(database)] == [None]
    assert not again.changed


async def test_a_window_that_staff_changed_stays_theirs_and_the_load_says_so(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    days = "opens_on = 2026-11-20\ncloses_on = 2026-11-30"
    commune.replace("opens_in_days = 0\ncloses_in_days = 9", days)
    await load_directory(database, keyring, commune.directory, NOW)
    async with database.unit_of_work() as session:
        row = await session.get_one(Consultation, (await consultation(database)).id)
        row.extended_from, row.closes_on = row.closes_on, date(2026, 12, 7)

    loaded = await load_directory(database, keyring, commune.directory, NOW)

    assert loaded.consultations[0].changes == ()
    assert "staff have changed it in the chat" in "".join(loaded.warnings)
    assert (await consultation(database)).closes_on == date(2026, 12, 7)


@pytest.mark.parametrize("mode", list(Mode))
async def test_every_mode_is_loaded(
    database: Database, keyring: Keyring, commune: Commune, mode: Mode
) -> None:
    commune.replace('mode = "anonymous"', f'mode = "{mode}"')

    await load_directory(database, keyring, commune.directory, NOW)

    assert (await consultation(database)).mode is mode


async def test_a_running_window_can_be_prolonged(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    days = "opens_on = 2026-11-20\ncloses_on = 2026-11-30"
    commune.replace("opens_in_days = 0\ncloses_in_days = 9", days)
    await load_directory(database, keyring, commune.directory, NOW)
    commune.replace("2026-11-30", "2026-12-15")

    loaded = await load_directory(database, keyring, commune.directory, NOW)

    row = await consultation(database)
    assert loaded.consultations[0].changes == ("window",)
    assert row.closes_at == datetime(2026, 12, 16, tzinfo=UTC)
    assert row.seal_at >= row.closes_at + GRACE


async def test_a_recorded_notice_is_kept_apart_from_what_is_to_be_read(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    (commune.folder / "notice-ar.ogg").write_bytes(b"OggS tiny")
    text = commune.consultation.read_text()
    commune.consultation.write_text(f'spoken_notice = {{ ar = "notice-ar.ogg" }}\n{text}')

    await load_directory(database, keyring, commune.directory, NOW)

    spoken = [one for one in await documents(database) if one.slug == SPOKEN_NOTICE]
    assert [(one.language, one.media_type) for one in spoken] == [("ar", "audio/ogg")]


async def test_a_recording_that_telegram_could_not_play_is_refused(
    database: Database, keyring: Keyring, commune: Commune
) -> None:
    (commune.folder / "notice.ogg").write_bytes(b"ID3 an mp3 by another name")
    text = commune.consultation.read_text()
    commune.consultation.write_text(f'spoken_notice = "notice.ogg"\n{text}')

    with pytest.raises(ContentRefused, match="is not an Ogg file"):
        await load_directory(database, keyring, commune.directory, NOW)
