"""Sealing: claimed once, repeatable after a kill at any step, final, and never half done."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.clerk import Clerk
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.works import WORKS, Office
from handlers.views.actions import SubmitAnswers
from participation.sealing import AGAIN_AFTER, claim_due_sealings, seal
from storage.audit import AuditEntry
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.inbox import InboxState
from storage.inbox import count_by_state as inbox_states
from storage.keys import ConsultationKeyMissing
from storage.people import Person
from storage.running import Job, JobState
from storage.sealing import StillRead, begin_sealing, rewrite_files, rewrite_rows
from storage.submissions import Submission, SubmissionState
from tests.house.project import ROOT
from tests.privacy.town import DAY, SEALS, PrivateTown, residents

Step = Callable[[PrivateTown], Awaitable[None]]


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[PrivateTown]:
    """Three answers handed in, one in the middle; it is time to seal them."""
    database = Database(database_url)
    town = PrivateTown(database, tmp_path / "keys")
    await town.publish()
    *finished, last = residents(4)
    for who in finished:
        await town.answers(who)
    await town.answers(last, submitting=False)
    town.middle = last
    town.now = SEALS
    yield town
    await database.close()


async def consultation(town: PrivateTown) -> Consultation:
    async with town.database.reading() as session:
        return await session.get_one(Consultation, town.consultation_id)


async def jobs(town: PrivateTown) -> list[Job]:
    async with town.database.reading() as session:
        return list(await session.scalars(select(Job)))


async def claim(town: PrivateTown) -> int:
    async with town.database.unit_of_work() as session:
        return await claim_due_sealings(session, town.now)


async def seal_it(town: PrivateTown) -> None:
    await seal(town.database, town.keyring, town.consultation_id, town.clock)


async def begin(town: PrivateTown) -> None:
    async with town.database.unit_of_work() as session:
        assert await begin_sealing(session, town.consultation_id, town.now) == town.key_id


async def rewrite(town: PrivateTown) -> None:
    async with town.database.unit_of_work() as session:
        await rewrite_rows(session, town.consultation_id)


async def destroy(town: PrivateTown) -> None:
    town.keyring.destroy_consultation(town.key_id)


async def tidy(town: PrivateTown) -> None:
    await rewrite_files(town.database)


STEPS: tuple[Step, ...] = (begin, rewrite, destroy, tidy)
"""What sealing does before it says that it is done; each of them is atomic."""


async def test_a_due_consultation_is_claimed_once(town: PrivateTown) -> None:
    town.now = SEALS - timedelta(seconds=1)
    assert await claim(town) == 0

    town.now = SEALS

    assert [await claim(town), await claim(town)] == [1, 0]
    (job,) = await jobs(town)
    assert (job.kind, job.payload) == ("seal", {"consultation_id": town.consultation_id})


async def test_the_clerk_seals_what_is_claimed_and_nothing_is_left_to_claim(
    town: PrivateTown,
) -> None:
    telegram = Telegram("http://127.0.0.1:1", "1:token")
    office = Office(town.database, town.keyring, telegram, town.clock, 1, Hint())

    await claim(town)
    await Clerk(office, WORKS, Hint(), Stop()).work()
    await telegram.close()

    sealed = await consultation(town)
    assert (sealed.state, sealed.sealed_at) == (ConsultationState.SEALED, SEALS)
    assert [job.state for job in await jobs(town)] == [JobState.DONE]
    assert await claim(town) == 0


async def test_a_sealing_that_was_given_up_is_tried_again(town: PrivateTown) -> None:
    await claim(town)
    async with town.database.unit_of_work() as session:
        (job,) = await session.scalars(select(Job))
        job.state = JobState.FAILED

    assert await claim(town) == 0

    (job,) = await jobs(town)
    assert (job.state, job.due_at) == (JobState.WAITING, SEALS + AGAIN_AFTER)


async def test_one_that_was_given_more_time_is_left_alone(town: PrivateTown) -> None:
    await claim(town)
    async with town.database.unit_of_work() as session:
        (await session.get_one(Consultation, town.consultation_id)).seal_at = SEALS + DAY

    await seal_it(town)

    assert (await consultation(town)).state is ConsultationState.PUBLISHED
    assert town.keyring.knows(town.key_id)
    assert len(await town.submissions()) == 4


async def test_answers_stay_and_everything_about_their_rows_is_new(town: PrivateTown) -> None:
    before = await town.submissions()

    await seal_it(town)

    after = await town.submissions()
    finished = [one for one in before if one.state is SubmissionState.SUBMITTED]
    assert len(after) == len(finished) == 3
    assert sorted(str(one.answers) for one in after) == sorted(
        str(one.answers) for one in finished
    )
    assert {one.receipt_hash for one in after} == {one.receipt_hash for one in finished}
    assert not {one.id for one in before} & {one.id for one in after}
    assert not {one.respondent_key for one in before} & {one.respondent_key for one in after}
    assert all(one.id.version == 4 and len(one.respondent_key) == 32 for one in after)


async def test_its_key_is_destroyed_and_the_act_is_noted(town: PrivateTown) -> None:
    await seal_it(town)
    await seal_it(town)

    with pytest.raises(ConsultationKeyMissing):
        town.keyring.respondent_key(town.key_id, 1)
    assert town.key_id not in town.key_file.read_text()
    async with town.database.reading() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.act, entry.details) == ("consultation.seal", {"submissions": 3})


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
async def test_after_a_kill_at_any_step_people_are_served_and_it_is_done_again(
    town: PrivateTown, done: int
) -> None:
    for step in STEPS[:done]:
        await step(town)
    (talking,) = residents(1)

    await town.receives(town.says(talking, "/start c_town"), town.says(talking, "Bonjour"))
    await town.receives(
        town.says(town.middle, "Encore un mot"),
        town.taps(town.middle, SubmitAnswers(int(town.consultation_id))),
    )
    await town.works()
    async with town.database.reading() as session:
        states = await inbox_states(session)
    assert set(states) == {InboxState.DONE}
    assert (await consultation(town)).state is not ConsultationState.SEALED

    await seal_it(town)
    assert (await consultation(town)).state is ConsultationState.SEALED
    assert not town.keyring.knows(town.key_id)
    after = await town.submissions()
    assert len(after) == 3
    assert "Encore un mot" not in str([one.answers for one in after])


@pytest.mark.parametrize("table", ["profile", "submission"])
async def test_it_is_not_called_sealed_while_somebody_reads_an_older_state(
    town: PrivateTown, database_kind: str, table: str
) -> None:
    other = Database(town.database.url)
    async with other.reading() as reader:
        if database_kind == "postgresql":
            _ = await reader.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        await reader.execute(text(f"SELECT * FROM {table}"))  # noqa: S608

        with pytest.raises(StillRead):
            await seal_it(town)
        assert (await consultation(town)).state is ConsultationState.SEALING
    await other.close()

    await seal_it(town)
    assert (await consultation(town)).state is ConsultationState.SEALED


SEALER = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from participation.sealing import seal
from storage.database import Database
from storage.keys import Keyring

url, keys, number, now = sys.argv[1:]

async def main():
    database = Database(url)
    async with database.reading() as session:
        await session.connection()
    print("now", flush=True)
    await seal(database, Keyring(Path(keys)), int(number), lambda: datetime.fromisoformat(now))

asyncio.run(main())
"""


async def test_it_bears_sigkill(town: PrivateTown) -> None:
    """Whenever it says that it is sealed, all is done; otherwise the next one finishes it."""
    for milliseconds in (0, 4, 8, 16, 32, 64, 128):
        sealer = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", SEALER, town.database.url.render_as_string(False)),
            *(str(town.key_file), str(town.consultation_id), SEALS.isoformat()),
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert sealer.stdout is not None
        assert await sealer.stdout.readline() == b"now\n"
        await asyncio.sleep(milliseconds / 1000)
        with contextlib.suppress(ProcessLookupError):
            sealer.kill()
        await sealer.wait()

        state = (await consultation(town)).state
        finished = [
            one for one in await town.submissions() if one.state is SubmissionState.SUBMITTED
        ]
        assert len(finished) == 3
        if state is ConsultationState.SEALED:
            break

    await seal_it(town)
    assert (await consultation(town)).state is ConsultationState.SEALED
    assert not town.keyring.knows(town.key_id)
    assert len(await town.submissions()) == 3


@pytest.mark.parametrize("mode", [Mode.PSEUDONYMOUS, Mode.IDENTIFIED])
async def test_sealing_keeps_what_the_mode_said_would_stay(town: PrivateTown, mode: Mode) -> None:
    async with town.database.unit_of_work() as session:
        (await session.get_one(Consultation, town.consultation_id)).mode = mode
        person = await session.scalar(select(Person.id).limit(1))
        for row in await session.scalars(select(Submission)):
            row.submitted_at, row.pseudonym, row.person_id = town.now, "p-1", person

    await seal(town.database, town.keyring, town.consultation_id, town.clock)

    async with town.database.reading() as session:
        kept = list(await session.scalars(select(Submission)))
    assert (await consultation(town)).state is ConsultationState.SEALED
    assert not town.keyring.knows((await consultation(town)).key_id)
    assert len(kept) == 3
    assert {(one.submitted_at, one.pseudonym, one.person_id) for one in kept} == {
        (town.now, "p-1", person)
    }
