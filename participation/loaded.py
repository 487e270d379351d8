"""What a load of a commune's directory did, as the operator reads it."""

from dataclasses import dataclass
from datetime import date

from participation.consultations import Phase


@dataclass(frozen=True, slots=True)
class LoadedConsultation:
    """What became of one consultation; ``changes`` is empty where nothing was to change."""

    slug: str
    opens_on: date
    closes_on: date
    phase: Phase
    changes: tuple[str, ...]

    def __str__(self) -> str:
        what = ", ".join(self.changes) or "unchanged"
        return f"{self.slug}: {what}; {self.phase}, {self.opens_on} to {self.closes_on}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load wrote; ``warnings`` are what somebody should still look at."""

    profile_changed: bool
    consultations: tuple[LoadedConsultation, ...]
    warnings: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return self.profile_changed or any(one.changes for one in self.consultations)

    def __str__(self) -> str:
        profile_line = f"profile: {'changed' if self.profile_changed else 'unchanged'}"
        warnings = [f"warning: {one}" for one in self.warnings]
        return "\n".join([profile_line, *map(str, self.consultations), *warnings])
