"""All scenes, in the order of the sheet; a new view adds its own in its noun's module."""

from tests.gallery.scene import Scene
from tests.gallery.scenes import (
    afterwards,
    consultations,
    notices,
    presence,
    questions,
    refusals,
    reviews,
    start,
    strays,
    workspace,
)

SCENES: tuple[Scene, ...] = (
    *presence.SCENES,
    *start.SCENES,
    *consultations.SCENES,
    *questions.SCENES,
    *refusals.SCENES,
    *reviews.SCENES,
    *afterwards.SCENES,
    *strays.SCENES,
    *notices.SCENES,
    *workspace.SCENES,
)
