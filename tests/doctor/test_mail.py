"""The doctor on mail: what waits with nobody to send it, what was given up, what is uncertain."""

from datetime import UTC, datetime, timedelta

from bot.doctor import examine
from bot.findings import State
from storage.announcements import Announcement, AnnouncementKind, Delivery, DeliveryState
from storage.base import PersonId
from storage.people import Channel, Person
from tests.doctor.conftest import Ward


async def announced(ward: Ward, *outcomes: tuple[DeliveryState, str | None]) -> None:
    """A person each, told or not."""
    async with ward.database.unit_of_work() as session:
        kind, at = AnnouncementKind.OUTCOME, datetime.now(UTC) - timedelta(minutes=1)
        session.add(Announcement(id=1, kind=kind, created_at=at))
        for number in range(len(outcomes)):
            who = PersonId(number + 1)
            session.add(Person(id=who, channel=Channel.TELEGRAM, channel_id=700 + number))
        await session.flush()
        for number, (state, error) in enumerate(outcomes, 1):
            session.add(Delivery(announcement_id=1, person_id=number, state=state, error=error))


async def troubles(ward: Ward) -> dict[str, str]:
    """What is said of mail that is not as it should be."""
    findings = await examine(ward.settings, listening=0.1)
    return {
        one.name: one.sentence
        for one in findings
        if one.name.startswith("mail") and one.state is not State.OK
    }


async def test_mail_that_left_is_no_trouble(ward: Ward) -> None:
    await announced(ward, (DeliveryState.SENT, None), (DeliveryState.UNREACHABLE, "403"))

    assert await troubles(ward) == {}


async def test_mail_that_nobody_sends_names_the_command(ward: Ward) -> None:
    await announced(ward, (DeliveryState.WAITING, None), (DeliveryState.SENT, None))

    assert await troubles(ward) == {
        "mail": "1 messages wait and no process sends mail. Start `musharaka run`, or "
        "`musharaka run --role mail` beside the others."
    }


async def test_what_was_given_up_or_is_uncertain_is_said_with_the_reason(ward: Ward) -> None:
    await announced(
        ward,
        (DeliveryState.FAILED, "400"),
        (DeliveryState.FAILED, "expired"),
        (DeliveryState.UNCERTAIN, "ReadTimeout"),
    )

    found = await troubles(ward)

    assert found.keys() == {"mail refused", "mail uncertain"}
    assert found["mail refused"].startswith("2 messages of the last 7 days were given up (400: ")
    assert "expired: it could not leave for a week" in found["mail refused"]
    assert found["mail uncertain"].startswith("1 messages of the last 7 days may not have arrived")
