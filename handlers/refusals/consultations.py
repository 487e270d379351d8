"""Refusals about finding and reading consultations, and of people's languages."""

from datetime import date

from handlers.language import _, short_day
from handlers.refusals.sentences import Sentences, short_title
from participation.consultations import (
    ConsultationClosed,
    ConsultationNotOpenYet,
    NoSuchConsultation,
    NoSuchDocument,
)
from participation.outcomes import NoOutcomeYet
from participation.people import UnknownLanguage
from participation.roles import NotAllowed
from storage.base import Texts


def _dated(text: str, title: Texts, day: date) -> str:
    return text.format(title=short_title(title), day=short_day(day))


SENTENCES: Sentences = {
    NoSuchConsultation: lambda _refusal: _("This consultation is not here any more."),
    NoSuchDocument: lambda _refusal: _("This document is not here any more."),
    ConsultationNotOpenYet: lambda refusal: _dated(
        _("The consultation {title} opens on {day}. Please come back then."),
        refusal.title,
        refusal.opens_on,
    ),
    ConsultationClosed: lambda refusal: _dated(
        _("The consultation {title} closed on {day}: answers can no longer be added."),
        refusal.title,
        refusal.closes_on,
    ),
    NoOutcomeYet: lambda _refusal: _("The commune has not answered on this consultation yet."),
    UnknownLanguage: lambda _refusal: _("We do not speak this language yet."),
    NotAllowed: lambda _refusal: _("This is for staff of the commune with another role."),
}
