"""What keeps a draft from being opened, and what should be supplied although it may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from forms.form import Form, Question, Texts
from forms.identifying import identifying_questions
from forms.identity import Identity
from participation.documents import Paper
from participation.people import LANGUAGES
from participation.templates import TITLE
from participation.windows import GOOD_PRACTICE_DAYS, days_of
from storage.consultations import Consultation, Mode


class Lacking(StrEnum):
    """What is missing."""

    TITLE = "title"
    STAKE = "stake"
    CONTACT = "contact"
    DOCUMENT_TITLE = "document_title"
    WINDOW_OVER = "window_over"
    SHORT_REASON = "short_reason"
    NO_QUESTION = "no_question"
    IDENTIFYING = "identifying"
    """A question says who answers, where nobody is to be known."""
    IDENTITY_CARD = "identity_card"
    """A question asks for the number of an identity card: in no mode."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: in a language, of a document, or a question that identifies."""

    what: Lacking
    language: str | None = None
    row: int = 0
    """The question's row in the workbook."""
    label: Texts | None = None
    name: str = ""
    """A file's name."""


def opening_lacks(
    row: Consultation, form: Form, papers: Sequence[Paper], now: datetime
) -> tuple[Lack, ...]:
    """Everything that people would miss, or that would break what they are promised."""
    return (
        *_texts(Lacking.TITLE, _own(row.title)),
        *_texts(Lacking.STAKE, row.stake),
        *_texts(Lacking.CONTACT, row.contact or {}),
        *_papers(papers),
        *_window(row, now),
        *_questions(row, form),
    )


def _texts(what: Lacking, texts: Texts) -> tuple[Lack, ...]:
    return tuple(Lack(what, language) for language in LANGUAGES if not texts.get(language))


def _own(title: Texts) -> Texts:
    """A title but for what stands in the ready workbook."""
    return {language: text for language, text in title.items() if text != TITLE.get(language)}


def _papers(papers: Sequence[Paper]) -> tuple[Lack, ...]:
    return tuple(
        Lack(Lacking.DOCUMENT_TITLE, language, name=one.file_name)
        for one in papers
        for language in one.missing
    )


def _window(row: Consultation, now: datetime) -> tuple[Lack, ...]:
    days = days_of(row, now)
    if days < 1:
        return (Lack(Lacking.WINDOW_OVER),)
    if days < GOOD_PRACTICE_DAYS and not row.short_reason:
        return (Lack(Lacking.SHORT_REASON),)
    return ()


def _questions(row: Consultation, form: Form) -> tuple[Lack, ...]:
    asked: list[Question] = [one for one in form.questions if one.type != "note"]
    if not asked:
        return (Lack(Lacking.NO_QUESTION),)
    return tuple(
        Lack(
            Lacking.IDENTITY_CARD if one.kind is Identity.CNIE else Lacking.IDENTIFYING,
            row=one.question.row,
            label=one.question.label,
        )
        for one in identifying_questions(form)
        if one.kind is Identity.CNIE or row.mode is not Mode.IDENTIFIED
    )
