"""The choices sheet: lists by name, each choice with its labels."""

from forms.findings import Findings
from forms.form import Choice
from forms.reading import Languages, Row, Sheet

MOST_CHOICES = 200
BUTTON = 60


def read_choices(
    sheet: Sheet, languages: Languages, findings: Findings, *, duplicates_allowed: bool
) -> dict[str, list[Choice]]:
    """All lists; a choice that cannot be one is left out and becomes a finding."""
    lists: dict[str, list[Choice]] = {}
    for row in sheet.rows:
        choice = _choice(sheet, row, languages, findings)
        if choice is None:
            continue
        named = lists.setdefault(row.get("list name"), [])
        if any(each.name == choice.name for each in named) and not duplicates_allowed:
            column = sheet.written("name")
            details = {"list": row.get("list name"), "name": choice.name}
            findings.add("duplicate_choice", sheet.name, row.number, column, **details)
        named.append(choice)
    _find_same_labels(sheet, languages, findings)
    for name, choices in lists.items():
        if len(choices) > MOST_CHOICES:
            details = {"list": name, "count": str(len(choices)), "limit": str(MOST_CHOICES)}
            findings.add("too_many_choices", sheet.name, None, None, **details)
    return lists


def _find_same_labels(sheet: Sheet, languages: Languages, findings: Findings) -> None:
    """Choices that nobody can tell apart, each row once; the same name is another mistake."""
    seen: dict[tuple[str, str, str], Row] = {}
    for row in sheet.rows:
        for language, text in languages.texts(row, "label").items():
            key = (row.get("list name"), language, " ".join(text.casefold().split()))
            first = seen.setdefault(key, row)
            if first.get("name") != row.get("name"):
                column, details = sheet.written("label"), {"other": str(first.number)}
                findings.add("same_label", sheet.name, row.number, column, **details)
                break


def _choice(sheet: Sheet, row: Row, languages: Languages, findings: Findings) -> Choice | None:
    name, list_name = row.get("name"), row.get("list name")
    if not list_name:
        if name:
            column = sheet.written("list name")
            findings.add("choice_without_list", sheet.name, row.number, column)
        return None
    if not name:
        findings.add("choice_without_name", sheet.name, row.number, sheet.written("name"))
        return None
    if len(name.split()) > 1:
        column = sheet.written("name")
        findings.add("choice_name_not_valid", sheet.name, row.number, column, name=name)
    label = languages.texts(row, "label")
    if not label:
        findings.add("choice_without_label", sheet.name, row.number, sheet.written("label"))
    longest = max((len(text) for text in label.values()), default=0)
    if longest > BUTTON:
        details = {"length": str(longest), "limit": str(BUTTON)}
        findings.add(
            "choice_label_long", sheet.name, row.number, sheet.written("label"), **details
        )
    return Choice(name, label)
