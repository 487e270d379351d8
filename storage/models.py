"""Every module of rows, imported once so that the metadata is whole."""

from storage import (
    announcements,
    attachments,
    audit,
    consultations,
    dialogues,
    inbox,
    invitations,
    outbox,
    people,
    profiles,
    questionnaires,
    running,
    sketches,
    submissions,
    traces,
    wishes,
)

__all__ = [
    "announcements",
    "attachments",
    "audit",
    "consultations",
    "dialogues",
    "inbox",
    "invitations",
    "outbox",
    "people",
    "profiles",
    "questionnaires",
    "running",
    "sketches",
    "submissions",
    "traces",
    "wishes",
]
