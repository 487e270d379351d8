"""Every module of rows, imported once so that the metadata is whole."""

from storage import (
    alarms,
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
    wishes,
)

__all__ = [
    "alarms",
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
    "wishes",
]
