"""Consultations as citizens see them, and their documents."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class ListConsultations(CitizenAction):
    page: int


@dataclass(frozen=True)
class OpenConsultation(CitizenAction):
    consultation: int


@dataclass(frozen=True)
class ReadDocument(CitizenAction):
    document: int


@dataclass(frozen=True)
class GetDocument(CitizenAction):
    """The file itself, after its summary was read."""

    document: int
