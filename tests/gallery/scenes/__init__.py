"""All scenes, in the order of the sheet; a new view adds its own in its noun's module."""

from tests.gallery.scene import Scene
from tests.gallery.scenes import (
    afterwards,
    alarms,
    announcing,
    authoring,
    consultations,
    exports,
    helping,
    notices,
    outcomes,
    presence,
    publishing,
    questions,
    refusals,
    reviews,
    start,
    strays,
    team,
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
    *publishing.SCENES,
    *team.SCENES,
    *exports.SCENES,
    *outcomes.SCENES,
    *helping.SCENES,
    *alarms.SCENES,
    *announcing.SCENES,
    *authoring.SCENES,
)
