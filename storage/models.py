"""Every module of rows, imported once so that the metadata is whole."""

from storage import (
    announcements,
    audit,
    consultations,
    dialogues,
    inbox,
    outbox,
    people,
    profiles,
    questionnaires,
    running,
    submissions,
)

__all__ = [
    "announcements",
    "audit",
    "consultations",
    "dialogues",
    "inbox",
    "outbox",
    "people",
    "profiles",
    "questionnaires",
    "running",
    "submissions",
]
