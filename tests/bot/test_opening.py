"""The operator opens and closes consultations, in one sentence each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.opening import close_consultation, list_consultations, open_consultation
from bot.settings import Settings
from participation.errors import OperatorError
from storage.audit import AuditEntry
from storage.consultations import ConsultationState
from storage.database import Database
from storage.keys import Keyring
from tests.forms.workbooks import form_of
from tests.handlers.conftest import EVERY_TYPE
from tests.handlers.desk import Desk
from tests.handlers.drafting import draft, rows, subscribed, the, told


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """Rows and a clock that runs with the machine's."""
    database = Database(database_url)
    yield Desk(database, Keyring.create(tmp_path / "keys"))
    await database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database_url=database_url, key_file=tmp_path / "keys")


async def test_a_draft_is_opened_and_closed_by_name(desk: Desk, settings: Settings) -> None:
    number = await draft(desk, form_of(EVERY_TYPE))
    await subscribed(desk, (700, "fr"))

    opened = await open_consultation(settings, "draft")
    closed = await close_consultation(settings, "draft", "The council meets")

    row = await the(desk, number)
    assert opened.startswith("draft is open until the end of ")
    assert opened.endswith("; 1 people are being told.")
    assert closed == "draft is closed; 0 people may finish for 24 hours."
    assert row.state is ConsultationState.PUBLISHED
    assert row.early_reason == "The council meets"
    assert set(await told(desk)) == {700}
    audit = await rows(desk, AuditEntry)
    assert [(one.act, one.person_id) for one in audit] == [
        ("consultation.open", None),
        ("consultation.close", None),
    ]


async def test_the_list_says_how_each_stands(desk: Desk, settings: Settings) -> None:
    await draft(desk, form_of(EVERY_TYPE))

    drafted = await list_consultations(settings)
    await open_consultation(settings, "draft")
    opened = await list_consultations(settings)
    await close_consultation(settings, "draft", "The council meets")
    closed = await list_consultations(settings)

    assert [line.split()[1] for (line,) in (drafted, opened, closed)] == [
        "draft",
        "open",
        "finishing",
    ]
    assert drafted[0].endswith(" 0 answers")


async def test_what_is_missing_is_said_and_nothing_changes(desk: Desk, settings: Settings) -> None:
    number = await draft(desk, form_of(EVERY_TYPE), stake={"fr": "Ce qui change"})

    with pytest.raises(OperatorError, match="cannot be opened") as refused:
        await open_consultation(settings, "draft")

    assert "What is at stake is missing in" in str(refused.value)
    assert (await the(desk, number)).state is ConsultationState.DRAFT


async def test_refusals_are_one_sentence(desk: Desk, settings: Settings) -> None:
    await draft(desk, form_of(EVERY_TYPE))
    await open_consultation(settings, "draft")

    with pytest.raises(OperatorError, match="open already"):
        await open_consultation(settings, "draft")
    with pytest.raises(OperatorError, match="There is no consultation nowhere"):
        await close_consultation(settings, "nowhere", "x")
