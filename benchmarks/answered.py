"""A database in which many have answered, and the cells that their export holds."""

import json
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from forms.answers import Value
from forms.form import Form, Question, QuestionType
from forms.interview import Interview
from forms.tabulation import Meta, cells, columns
from storage.consultations import Consultation
from storage.database import Database
from storage.questionnaires import FormVersion
from storage.submissions import Submission, SubmissionState

DIFFERENT = 1000
"""So many sets of answers, given again and again: the opponent has their cells in memory."""
DAY = date(2026, 11, 14)
LABELS = "fr"
AT_ONCE = 2000
_WISHES = (
    "نريد قاعة هادئة يراجع فيها التلاميذ دروسهم مساء.",
    "Une salle calme où les élèves révisent le soir, et un préau pour les jours de pluie.",
    "Des livres",
)


async def fill(database_url: str, slug: str, start: int, count: int) -> Form:
    """Add submissions, numbered from ``start``; the form that they answer."""
    database = Database(database_url, pragmas=["synchronous=OFF"])
    try:
        async with database.unit_of_work() as session:
            found = await session.scalar(select(Consultation).where(Consultation.slug == slug))
            assert found is not None  # noqa: S101  (the example has it)
            version = await session.get_one(FormVersion, found.form_version_id)
            form = Form.from_json(version.compiled)
            different = list(given(form))
            for first in range(start, start + count, AT_ONCE):
                rows = [
                    _row(found, different[number % DIFFERENT])
                    for number in range(first, min(first + AT_ONCE, start + count))
                ]
                await session.execute(insert(Submission), rows)
            return form
    finally:
        await database.close()


def given(form: Form) -> Iterator[dict[str, Value]]:
    """What people answer: a different set of answers each, always the same ones."""
    chance = random.Random(4)  # noqa: S311
    for _ in range(DIFFERENT):
        answers = {one.path: _answer(one, chance) for one in form.questions}
        yield {path: value for path, value in answers.items() if value is not None}


def cells_of(form: Form) -> list[list[Any]]:
    """The cells of each different set of answers, as JSON holds them."""
    table = columns([form], labels=LABELS)
    meta = Meta(form.version, str(uuid4()), DAY, "fr")
    return [
        [_plain(cell) for cell in cells(table, meta, Interview(form, one, today=DAY).record())]
        for one in given(form)
    ]


def write_cells(form: Form, path: Path) -> None:
    """For the opponent, which reads nothing else."""
    path.write_text(json.dumps(cells_of(form), ensure_ascii=False), encoding="utf-8")


def _row(consultation: Consultation, answers: dict[str, Value]) -> dict[str, Any]:
    identity = uuid4()
    return {
        "id": identity,
        "consultation_id": consultation.id,
        "form_version_id": consultation.form_version_id,
        "respondent_key": identity.bytes * 2,
        "seat": 0,
        "state": SubmissionState.SUBMITTED,
        "language": "fr",
        "answers": answers,
        "submitted_on": DAY,
    }


def _answer(question: Question, chance: random.Random) -> Value:
    names = [choice.name for choice in question.choices]
    match question.type:
        case QuestionType.SELECT_ONE:
            return chance.choice(names)
        case QuestionType.SELECT_MULTIPLE:
            ticked = set(chance.sample(names, min(len(names), chance.randint(1, 3))))
            return [name for name in names if name in ticked]
        case QuestionType.INTEGER:
            return chance.randrange(90)
        case QuestionType.DECIMAL:
            return str(Decimal(chance.randrange(100)) / 4)
        case QuestionType.DATE:
            return DAY.isoformat()
        case QuestionType.TEXT:
            return chance.choice(_WISHES)
        case QuestionType.NOTE:
            return None


def _plain(cell: Any) -> Any:
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return float(cell) if isinstance(cell, Decimal) else cell
