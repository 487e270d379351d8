"""What the loaded profile says of the commune; everything in it may be absent."""

from collections.abc import Iterator, Mapping
from typing import Any

from handlers.language import _, escape, in_language, isolate

Profile = Mapping[str, Any]


def commune_name(profile: Profile) -> str:
    """The commune's name as its people write it, unescaped; ``""`` before a profile is loaded."""
    return _text(profile.get("commune", {}).get("name"))


def contact_lines(profile: Profile) -> Iterator[str]:
    """A line for each contact that is shown: ``Toll-free number: 0800…``, escaped."""
    for contact in profile.get("contacts", {}).values():
        if not contact.get("shown", True):
            continue
        if "hours" in contact:
            yield from _hours(contact)
            continue
        said = next((contact[key] for key in ("number", "url", "address") if contact.get(key)), "")
        label, text = _text(contact.get("label")), said or _text(contact.get("text"))
        if text:
            value = isolate(escape(text))
            yield (
                _("{label}: {value}").format(label=escape(label), value=value) if label else value
            )


def _hours(contact: Profile) -> Iterator[str]:
    """When one can come: the days and their hours, nothing where the hours are not known."""
    days, hours, ramadan = (_text(contact.get(key)) for key in ("text", "hours", "ramadan_hours"))
    if hours:
        yield _("Open: {days}, {hours}").format(
            days=isolate(escape(days)), hours=isolate(escape(hours))
        )
    if ramadan:
        yield _("In Ramadan: {hours}").format(hours=isolate(escape(ramadan)))


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return in_language(value)
    return value if isinstance(value, str) else ""
