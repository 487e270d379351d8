"""Checks compiled once from the schema: each method's parameters, and any object of the Bot API.

Stricter than Telegram on purpose: a parameter or a field that Telegram would silently ignore is a
mistake of the bot, and is refused by name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.checks import (
    FURTHER,
    PRIMITIVES,
    Check,
    Mismatch,
    array_of,
    from_json,
    is_integer,
    one_of,
    shown,
    sized_bytes,
    sized_text,
)
from simulator.refusals import bad_request
from simulator.uploads import Upload

Fields = Mapping[str, Mapping[str, Any]]


class Schema:
    """The checks of one Bot API schema, compiled when first needed and kept."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._types: Mapping[str, Any] = schema["types"]
        self.methods: Mapping[str, Any] = schema["methods"]
        self.version = str(schema["bot_api"])
        self._named: dict[str, Check] = {}
        self._requests: dict[tuple[str, bool], Callable[[dict[str, Any]], dict[str, Any]]] = {}

    def check_object(self, type_name: str, value: Any) -> None:
        """Raise Mismatch unless the value is exactly one of that Bot API type."""
        self._check(type_name)(value)

    def check_of(self, kind: Any) -> Check:
        """The check of any type expression of the schema: `{"array": "Update"}`."""
        return self._check(kind)

    def check_request(self, method: str, params: dict[str, Any], *, text: bool) -> dict[str, Any]:
        """The parameters with their JSON read; refuses (400) unknown, missing and mistyped ones.

        `text` says that values arrived as text (form or query string) and are still to be read.
        """
        check = self._requests.get((method, text))
        if check is None:
            check = self._requests[method, text] = self._request(method, text=text)
        return check(params)

    def _request(self, method: str, *, text: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
        fields: Fields = self.methods[method]["params"]
        checks = {name: self._parameter(what, text=text) for name, what in fields.items()}
        required = [name for name, what in fields.items() if what.get("required")]
        version = self.version

        def check(params: dict[str, Any]) -> dict[str, Any]:
            for name in required:
                if name not in params:
                    raise bad_request(f'parameter "{name}" of {method} is required')
            read = {}
            for name, value in params.items():
                checked = checks.get(name)
                if checked is None:
                    raise bad_request(
                        f'unknown parameter "{name}" of {method} (Bot API {version}; '
                        "Telegram would ignore it, the simulator does not)"
                    )
                try:
                    read[name] = checked(value)
                except Mismatch as mismatch:
                    mismatch.path.insert(0, name)
                    raise bad_request(f"{method}: {mismatch}") from None
            return read

        return check

    def _parameter(self, what: Mapping[str, Any], *, text: bool) -> Check:
        """A top-level parameter: text is read by its type, objects may be JSON in a string."""
        kinds = self._alternatives(what["type"])
        check = self._field(what)
        if "file" in kinds:
            return lambda value: value if isinstance(value, Upload) else check(value)
        if text and not ({"string"} & kinds):
            return lambda value: check(from_json(value))
        if text and "integer" in kinds:
            return lambda value: check(int(value) if is_integer(value) else value)
        if kinds & {"string"} or all(kind in PRIMITIVES for kind in kinds):
            return check
        if all(kind == "literal" for kind in kinds):
            return check
        return lambda value: check(from_json(value) if isinstance(value, str) else value)

    def _alternatives(self, kind: Any) -> set[str]:
        """The primitives a type may be; "literal" for fixed numbers, "object" for all else."""
        if isinstance(kind, str):
            if kind in PRIMITIVES:
                return {kind}
            declared = self._types[kind].get("type")
            return {"object"} if declared is None else self._alternatives(declared)
        if "union" in kind:
            return set().union(*(self._alternatives(part) for part in kind["union"]))
        if "literals" in kind:
            return {"string" if type(value) is str else "literal" for value in kind["literals"]}
        return {"object"}

    def _check(self, kind: Any) -> Check:
        if isinstance(kind, str):
            return PRIMITIVES.get(kind) or self._named_check(kind)
        if "array" in kind:
            return array_of(self._check(kind["array"]))
        if "literals" in kind:
            return one_of(kind["literals"])
        return self._union(kind["union"])

    def _named_check(self, name: str) -> Check:
        """Types refer to each other in circles: a type being compiled is reached by its name."""
        if name not in self._named:
            self._named[name] = lambda value: self._named[name](value)
            declared = self._types[name]
            if "type" in declared:
                self._named[name] = self._check(declared["type"])
            else:
                self._named[name] = self._object(name, declared["fields"])
        return self._named[name]

    def _field(self, what: Mapping[str, Any]) -> Check:
        check = self._check(what["type"])
        if "bytes" in what:
            return sized_bytes(*what["bytes"])
        if "characters" in what:
            return sized_text(*what["characters"])
        return check

    def _object(self, type_name: str, fields: Fields) -> Check:
        checks = {name: self._field(what) for name, what in fields.items()}
        required = [name for name, what in fields.items() if what.get("required")]
        further = FURTHER.get(type_name)

        def check(value: Any) -> Any:
            if type(value) is not dict:
                raise Mismatch(f"must be an Object {type_name}, found {shown(value)}")
            for name in required:
                if name not in value:
                    raise Mismatch(f'{type_name} must have the field "{name}"')
            for name, inner in value.items():
                checked = checks.get(name)
                if checked is None:
                    raise Mismatch(f'{type_name} has no field "{name}"')
                try:
                    checked(inner)
                except Mismatch as mismatch:
                    mismatch.path.insert(0, name)
                    raise
            if further is not None:
                further(value)
            return value

        return check

    def _union(self, parts: list[Any]) -> Check:
        """The first alternative that fits; among objects, the one with all its marks speaks."""
        checks = [self._check(part) for part in parts]
        marks = [self._marks(part) for part in parts]

        def check(value: Any) -> Any:
            first: Mismatch | None = None
            for fits, (required, literals) in zip(checks, marks, strict=True):
                if type(value) is dict and not (
                    required <= value.keys()
                    and all(value.get(name) in values for name, values in literals.items())
                ):
                    continue
                try:
                    return fits(value)
                except Mismatch as mismatch:
                    first = first or mismatch
            if first is not None:
                raise first
            raise Mismatch(f"fits none of {', '.join(map(str, parts))}: {shown(value)}")

        return check

    def _marks(self, part: Any) -> tuple[frozenset[str], dict[str, list[Any]]]:
        fields: Fields = {}
        if isinstance(part, str) and part not in PRIMITIVES:
            fields = self._types[part].get("fields", {})
        required = frozenset(name for name, what in fields.items() if what.get("required"))
        literals = {
            name: what["type"]["literals"]
            for name, what in fields.items()
            if name in required and isinstance(what["type"], dict) and "literals" in what["type"]
        }
        return required, literals
