"""What five people of Taroudant might answer, and two who try to harm a spreadsheet."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from forms.form import Calculate, Choice, Form, Group, Question, QuestionType
from storage.base import ConsultationId, FormVersionId
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.questionnaires import FormRow, FormVersion
from storage.submissions import Submission, SubmissionState

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
HARMFUL = '=HYPERLINK("http://x.invalid";"click")'
PLUS = "\uff0b"  # as wide as a Chinese character; a spreadsheet takes it for +
ARABIC = "الحي القديم، قرب السوق"

YES_NO = (
    Choice("yes", {"ar": "نعم", "fr": "Oui"}),
    Choice("no", {"ar": "لا", "fr": "Non"}),
)
USES = (
    Choice("read", {"ar": "القراءة", "fr": "Lire"}),
    Choice("learn", {"ar": "التعلم", "fr": "Apprendre"}),
    Choice("meet", {"ar": "الاجتماع", "fr": "Se réunir"}),
)


def form(version: str, *, with_budget: bool) -> Form:
    """The second version also asks for an amount."""
    questions = [
        Question(0, "welcome", "welcome", QuestionType.NOTE, {"ar": "مرحبا", "fr": "Bienvenue"}),
        Question(
            1, "goes", "goes", QuestionType.SELECT_ONE, {"ar": "تذهبون؟", "fr": "Allez-vous ?"}
        ),
        Question(
            2, "uses", "uses", QuestionType.SELECT_MULTIPLE, {"ar": "لماذا؟", "fr": "Usages"}
        ),
        Question(3, "profile/age", "age", QuestionType.INTEGER, {"ar": "السن", "fr": "Âge"}),
        Question(4, "profile/since", "since", QuestionType.DATE, {"ar": "منذ", "fr": "Depuis"}),
        Question(5, "wish", "wish", QuestionType.TEXT, {"ar": "أمنية", "fr": "Souhait"}),
    ]
    questions[1] = _with(questions[1], choices=YES_NO)
    questions[2] = _with(questions[2], choices=USES, relevant="${goes} = 'yes'")
    if with_budget:
        questions.append(
            Question(6, "budget", "budget", QuestionType.DECIMAL, {"ar": "مبلغ", "fr": "Montant"})
        )
    return Form(
        form_id="gardens",
        version=version,
        title={"ar": "الحدائق", "fr": "Jardins"},
        default_language="fr",
        languages=("ar", "fr"),
        questions=tuple(questions),
        groups=(Group("profile", "profile", {"ar": "أنتم", "fr": "Vous"}),),
        calculates=(Calculate("next_year", "next_year", "${age} + 1"),),
        order=(*(question.path for question in questions), "next_year"),
    )


def _with(question: Question, **changes: object) -> Question:
    return Question(**{**question.__dict__, **changes})


Answers = Mapping[str, object]
GIVEN: list[tuple[str, int, str, Answers]] = [
    (
        "4a",
        0,
        "fr",
        {
            "goes": "yes",
            "uses": ["read", "meet"],
            "profile/age": 34,
            "profile/since": "2019-02-28",
            "wish": "Des bancs, et de l’ombre",
        },
    ),
    ("1b", 1, "ar", {"goes": "yes", "uses": ["learn"], "wish": ARABIC, "budget": "1250.5"}),
    ("9c", 1, "ar", {"goes": "no", "uses": ["read"], "profile/age": None, "wish": HARMFUL}),
    ("7d", 1, "fr", {"goes": "no", "wish": f"{PLUS}212 600-000000\nle soir", "budget": "-3"}),
    ("0e", 0, "fr", {"goes": "no", "wish": 'Dire "oui"; puis, ensuite,\tautre chose'}),
]
"""Two hexadecimal digits of the id, the version, the language, the answers."""


async def fill(database: Database) -> None:
    """Write the consultation, its versions, five submissions and a draft."""
    async with database.unit_of_work() as session:
        row = FormRow(form_id="gardens")
        session.add(row)
        await session.flush()
        versions = [
            FormVersion(
                form_id=row.id,
                version=f"v{number}",
                workbook=b"",
                workbook_hash=str(number),
                compiled=form(f"v{number}", with_budget=number == 2).to_json(),
                published_at=NOW,
            )
            for number in (1, 2)
        ]
        for version in versions:
            session.add(version)
            await session.flush()
        consultation = Consultation(
            slug="gardens",
            title={"ar": "الحدائق", "fr": "Jardins"},
            stake={"ar": "؟", "fr": "?"},
            mode=Mode.ANONYMOUS,
            state=ConsultationState.PUBLISHED,
            form_version_id=versions[1].id,
            key_id="0" * 32,
            opens_on=date(2026, 11, 20),
            closes_on=date(2026, 12, 2),
            opens_at=NOW - timedelta(days=3),
            closes_at=NOW + timedelta(days=9),
            seal_at=NOW + timedelta(days=11),
        )
        session.add(consultation)
        await session.flush()
        for start, version_number, language, answers in GIVEN:
            session.add(
                submission(
                    consultation.id, versions[version_number].id, start, language, dict(answers)
                )
            )
        draft = submission(
            consultation.id, versions[1].id, "ff", "fr", {"wish": "not handed in yet"}
        )
        draft.state, draft.submitted_on = SubmissionState.DRAFT, None
        session.add(draft)


def submission(
    consultation_id: ConsultationId,
    version_id: FormVersionId,
    start: str,
    language: str,
    answers: dict[str, object],
) -> Submission:
    """A submitted one, whose id begins with these digits."""
    identity = UUID(f"{start}000000-0000-4000-8000-{start.rjust(12, '0')}")
    return Submission(
        id=identity,
        consultation_id=consultation_id,
        form_version_id=version_id,
        respondent_key=identity.bytes * 2,
        state=SubmissionState.SUBMITTED,
        language=language,
        answers=answers,
        submitted_on=date(2026, 11, 22),
    )
