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
        said = next((contact[key] for key in ("number", "url", "address") if contact.get(key)), "")
        label, text = _text(contact.get("label")), said or _text(contact.get("text"))
        if text:
            value = isolate(escape(text))
            yield (
                _("{label}: {value}").format(label=escape(label), value=value) if label else value
            )


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return in_language(value)
    return value if isinstance(value, str) else ""
