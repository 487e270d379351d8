"""The record that is handed in, exported and counted."""

import math
from typing import TYPE_CHECKING

from forms.answers import Value
from forms.form import Form, QuestionType
from forms.xpath.values import Value as XPathValue
from forms.xpath.values import to_string

if TYPE_CHECKING:
    from forms.scope import Answered


def record_of(form: Form, scope: "Answered") -> dict[str, Value]:
    """Relevant rows only, notes aside; None for a question that was passed over."""
    record: dict[str, Value] = {}
    for path, node in form.program.nodes.items():
        if not scope.relevant(path):
            continue
        if node.question is None:
            record[path] = calculated(scope.calculated(node))
        elif node.question.type is not QuestionType.NOTE:
            record[path] = scope.given(node.question)
    return record


def calculated(value: XPathValue) -> Value:
    """A calculated value as JSON keeps it: whole numbers as integers, others to 15 digits."""
    if isinstance(value, bool):
        return to_string(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value == int(value) else float(f"{value:.15g}")
    return value if value != "" else None
