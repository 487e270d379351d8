"""Consultations as citizens see them, and their documents."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class ListConsultations(Action):
    page: int


@dataclass(frozen=True)
class OpenConsultation(Action):
    consultation: int


@dataclass(frozen=True)
class ReadDocument(Action):
    document: int


@dataclass(frozen=True)
class GetDocument(Action):
    """The file itself, after its summary was read."""

    document: int
