"""A small town that answers over some days, through the real inbox, worker and handlers."""

import itertools
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.batch import Batches
from bot.delivery.outcomes import OutcomeWriter
from bot.delivery.replies import SHOWN
from bot.dispatcher import silent_bot, the_dispatcher
from bot.intake import Intake
from bot.stopping import Hint, Stop
from bot.worker import Worker
from handlers.buttons import pack
from handlers.views.actions import (
    Action,
    AgreeToNotice,
    AnswerChoice,
    AskToWithdraw,
    BeginAnswering,
    BeginForAnother,
    SubmitAnswers,
    Subscribe,
    WishOutcome,
    WithdrawAnswer,
)
from participation.consultations import GRACE
from participation.shelf import Shelf
from participation.traces import Spoken, Wrote
from storage.base import ConsultationId
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.inbox import Inbox, InboxState
from storage.keys import Keyring
from storage.outbox import OutboxState, Reply
from storage.questionnaires import FormRow, FormVersion
from storage.submissions import Submission
from tests.forms.workbooks import form_of

BOT_ID = 1000001
TOKEN = f"{BOT_ID}:simulated-token"
DAY = timedelta(days=1)
OPENS = datetime(2026, 11, 2, tzinfo=UTC)
CLOSES = OPENS + 20 * DAY
SEALS = CLOSES + GRACE + timedelta(hours=1)
FORM = """
survey
| type              | name  | label::Français (fr) | label::العربية (ar) |
| select_one yes_no | works | Cela va-t-il ?       | هل الأمر جيد؟       |
| text              | words | Que changer ?        | ماذا نغير؟          |

choices
| list_name | name | label::Français (fr) | label::العربية (ar) |
| yes_no    | yes  | Oui                  | نعم                 |
| yes_no    | no   | Non                  | لا                  |

settings
| form_id | version | default_language |
| town    | 1       | Français (fr)    |
"""


@dataclass
class Resident:
    """Somebody with a phone; ``words`` is what they alone answer."""

    number: int
    words: str


@dataclass
class PrivateTown:
    """Everything of the running bot but the network: replies arrive when the test says so."""

    database: Database
    key_file: Path
    now: datetime = OPENS + timedelta(hours=9)
    consultation_id: ConsultationId = field(init=False)
    key_id: str = field(init=False)
    middle: Resident = field(init=False)
    """Whoever was in the middle of an answer when it closed."""
    replies: list[Reply] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)
    """Every update as it lay in the inbox."""

    def __post_init__(self) -> None:
        self.keyring = Keyring.create(self.key_file)
        hint = Hint()
        self.intake = Intake(self.database, self.keyring, self.clock, BOT_ID, hint)
        bot = silent_bot(TOKEN, {"id": BOT_ID, "is_bot": True, "first_name": "Bot"})
        self.worker = Worker(
            self.database,
            Batches(bot, the_dispatcher(), self.keyring, Shelf()),
            self.clock,
            self.replies.extend,
            hint,
            Stop(),
        )
        self.writer = OutcomeWriter(self.database, self.clock, lambda _: None, hint)
        self._update_ids = itertools.count(7_000_001)
        self._message_ids = itertools.count(501)

    def clock(self) -> datetime:
        return self.now

    async def publish(self) -> None:
        """A consultation with two questions, open for twenty days."""
        form = form_of(FORM)
        self.key_id = secrets.token_hex(8)
        self.keyring.add_consultation(self.key_id)
        async with self.database.unit_of_work() as session:
            row = FormRow(form_id=form.form_id)
            session.add(row)
            await session.flush()
            version = FormVersion(
                form_id=row.id,
                version=form.version,
                workbook=b"",
                workbook_hash="0" * 64,
                compiled=form.to_json(),
                published_at=self.now,
            )
            session.add(version)
            await session.flush()
            consultation = Consultation(
                slug="town",
                title={"fr": "La ville", "ar": "المدينة"},
                stake={"fr": "Tout", "ar": "كل شيء"},
                contact=None,
                mode=Mode.ANONYMOUS,
                state=ConsultationState.PUBLISHED,
                form_version_id=version.id,
                key_id=self.key_id,
                opens_on=OPENS.date(),
                closes_on=(CLOSES - DAY).date(),
                opens_at=OPENS,
                closes_at=CLOSES,
                seal_at=SEALS,
                sealed_at=None,
            )
            session.add(consultation)
            await session.flush()
            self.consultation_id = consultation.id

    async def receives(self, *updates: dict[str, Any]) -> None:
        """Store updates as the receiver does."""
        for update in updates:
            update["update_id"] = next(self._update_ids)
        await self.intake.store(updates)
        async with self.database.reading() as session:
            held = await session.scalars(
                select(Inbox.payload).where(Inbox.state == InboxState.WAITING)
            )
            self.payloads += [one for one in held if one]
        self.now += timedelta(seconds=secrets.randbelow(40) + 1)

    async def works(self) -> None:
        """Let the worker take what waits, and let the replies arrive."""
        while await self.worker.work():
            self.arrive()
        await self.writer.write()

    def arrive(self, *, failing: bool = False) -> None:
        """Telegram takes the replies, or refuses them for good."""
        for reply in self.replies:
            if failing:
                failure = (reply.id, OutboxState.FAILED, f"{reply.method} 400")
                self.writer.pending.failed.append(failure)
                continue
            self.writer.pending.arrived.append(reply.id)
            if reply.about is not None and reply.chat_id is not None:
                at = int(self.now.timestamp())
                spoken = Spoken(reply.chat_id, next(self._message_ids), Wrote.BOT, at)
                self.writer.pending.traces.append(spoken.row(self.keyring, reply.about))
            if reply.fills and reply.chat_id is not None:
                sealed = self.keyring.seal_number(next(self._message_ids), SHOWN)
                self.writer.pending.shown.append((reply.chat_id, reply.fills, sealed))
        self.replies.clear()

    async def answers(self, who: Resident, *, submitting: bool = True) -> None:
        """The whole way from the link to the receipt, or to the middle of the last question."""
        await self.answers_until_words(who)
        number = int(self.consultation_id)
        await self.receives(self.says(who, who.words))
        await self.works()
        if submitting:
            await self.receives(self.taps(who, SubmitAnswers(number)))
            await self.works()
            for wish in (WishOutcome(number), Subscribe()):
                await self.receives(self.taps(who, wish))
                await self.works()

    async def answers_until_words(self, who: Resident) -> None:
        """From the link to the question that is answered in words."""
        number = int(self.consultation_id)
        await self.receives(self.says(who, "/start c_town"))
        await self.works()
        way_in = (BeginAnswering(number), AgreeToNotice(number), AnswerChoice(number, 0, 0))
        for action in way_in:
            await self.receives(self.taps(who, action))
            await self.works()

    async def answers_for_another(self, who: Resident, other: Resident) -> None:
        """Somebody else answers on the same phone."""
        number = int(self.consultation_id)
        acts: tuple[Action, ...] = (
            BeginForAnother(number),
            AgreeToNotice(number, 1),
            AnswerChoice(number, 0, 1, 1),
        )
        for action in acts:
            await self.receives(self.taps(who, action))
            await self.works()
        await self.receives(self.says(who, other.words))
        await self.works()
        await self.receives(self.taps(who, SubmitAnswers(number, 1)))
        await self.works()

    async def withdraws(self, who: Resident) -> None:
        """The answer is taken back, by two taps."""
        number = int(self.consultation_id)
        for action in (AskToWithdraw(number), WithdrawAnswer(number)):
            await self.receives(self.taps(who, action))
            await self.works()

    def says(self, who: Resident, text: str) -> dict[str, Any]:
        """A raw update: a message."""
        return {
            "message": {
                "message_id": next(self._message_ids),
                "date": int(self.now.timestamp()),
                "chat": {"id": who.number, "type": "private"},
                "from": self._sender(who),
                "text": text,
            }
        }

    def taps(self, who: Resident, action: Action) -> dict[str, Any]:
        """A raw update: a tap on a button of the newest message."""
        return {
            "callback_query": {
                "id": str(secrets.randbits(60)),
                "from": self._sender(who),
                "chat_instance": "1",
                "data": pack(action),
                "message": {
                    "message_id": next(self._message_ids),
                    "date": int(self.now.timestamp()),
                    "chat": {"id": who.number, "type": "private"},
                    "text": "?",
                },
            }
        }

    def _sender(self, who: Resident) -> dict[str, Any]:
        return {"id": who.number, "is_bot": False, "first_name": "X", "language_code": "fr"}

    async def submissions(self) -> Sequence[Submission]:
        async with self.database.reading() as session:
            return (await session.scalars(select(Submission))).all()


def residents(count: int) -> list[Resident]:
    """People in the order in which they will come; their numbers are in no order."""
    numbers = {secrets.randbelow(7_000_000_000) + 1_000_000_000 for _ in range(count)}
    order = secrets.SystemRandom().sample(sorted(numbers), len(numbers))
    return [Resident(number, f"wish-{_letters()}") for number in order]


def _letters() -> str:
    """Digits in a row could look like somebody's number, which is no answer."""
    return "".join(secrets.choice("bcdfghjklmnprstvz") for _ in range(12))
