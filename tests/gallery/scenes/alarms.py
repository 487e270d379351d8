"""What administrators are told of the house."""

from typing import Any

from handlers.views.alarms import alarm, alarm_over
from storage.alarms import PASSED, AlarmKind
from tests.gallery.scene import Scene

DETAILS: dict[AlarmKind, dict[str, Any]] = {
    kind: {
        "since": "2026-11-25T08:12:00+00:00",
        "until": "2026-11-26T09:40:00+00:00",
        "count": 3,
        "days": 2,
        "megabytes": 412,
        "seconds": 95,
    }
    for kind in AlarmKind
}

SCENES = (
    *(
        Scene(
            f"alarm-{kind.replace('_', '-')}",
            alarm,
            f"An alarm: {kind}",
            lambda visit, kind=kind: alarm(kind, DETAILS[kind]),  # type: ignore[misc]
        )
        for kind in AlarmKind
    ),
    *(
        Scene(
            f"alarm-over-{kind.replace('_', '-')}",
            alarm_over,
            f"It is over: {kind}",
            lambda visit, kind=kind: alarm_over(kind),  # type: ignore[misc]
        )
        for kind in AlarmKind
        if kind not in PASSED
    ),
)
