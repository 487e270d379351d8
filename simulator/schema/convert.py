"""Turns the TypeScript declarations of the package `@gramio/types` into `bot_api.json`.

Run it again when the Bot API grows::

    npm pack @gramio/types && tar -xzf gramio-types-*.tgz
    python -m simulator.schema.convert package simulator/schema/bot_api.json

The declarations are generated from Telegram's own pages, independently of any bot library. They
say `number` for both integers and fractions and hold lengths only in comments; both are repaired
here.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

Type = Any  # a name, {"array": Type}, {"union": [Type, …]} or {"literals": [value, …]}

FLOATS = frozenset({
    "latitude", "longitude", "horizontal_accuracy", "x_shift", "y_shift", "scale", "temperature",
    "x_percentage", "y_percentage", "width_percentage", "height_percentage", "rotation_angle",
    "corner_radius_percentage", "cover_frame_timestamp", "main_frame_timestamp",
})  # fmt: skip
NAMES = {"string": "string", "number": "integer", "boolean": "boolean", "true": "true",
         "false": "false", "Blob": "file", "TelegramInputFile": "file"}  # fmt: skip
TOKEN = re.compile(
    r"""(?P<doc>/\*\*.*?\*/) | (?P<space>\s+|//[^\n]*) | (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<number>-?\d+) | (?P<name>[A-Za-z_$][\w$.]*) | (?P<mark>=>|[{}()\[\]<>|?:;,=*])""",
    re.VERBOSE | re.DOTALL,
)
LENGTH = re.compile(r"\b(\d+)-(\d+) (characters after entit|characters|bytes)")
LENGTH_KEYS = {"characters after entit": "characters_after_entities"}


class Token(NamedTuple):
    kind: str
    value: str


def tokens(source: str) -> Iterator[Token]:
    place = 0
    while place < len(source):
        found = TOKEN.match(source, place)
        if found is None:
            raise SyntaxError(f"cannot read {source[place : place + 40]!r}")
        place = found.end()
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found.group())


class Reader:
    """A recursive-descent reader of the few TypeScript constructs that the package uses."""

    def __init__(self, source: str) -> None:
        self._tokens = [*tokens(source), Token("end", "")]
        self._at = 0

    def _take(self, value: str | None = None) -> str:
        token = self._tokens[self._at]
        if value is not None and token.value != value:
            raise SyntaxError(f"expected {value!r}, found {token.value!r}")
        self._at += 1
        return token.value

    def _next_is(self, *values: str) -> bool:
        return self._tokens[self._at].value in values

    def declarations(self) -> Iterator[tuple[str, str, Any]]:
        """Each `("interface", name, fields)` and `("type", name, type)`; generic ones left out."""
        while self._tokens[self._at].kind != "end":
            if self._tokens[self._at].kind == "doc" or not self._next_is("export"):
                self._take()
                continue
            self._take("export")
            kind, name = self._take(), self._take()
            if kind not in ("interface", "type") or self._next_is("<"):
                continue
            if kind == "interface":
                yield kind, name, self._fields()
            else:
                self._take("=")
                yield kind, name, self._union()

    def _fields(self) -> dict[str, dict[str, Any]]:
        fields: dict[str, dict[str, Any]] = {}
        doc = ""
        self._take("{")
        while not self._next_is("}"):
            token = self._tokens[self._at]
            if token.kind == "doc":
                doc = self._take()
            elif token.kind == "name":
                name = self._take()
                optional = self._next_is("?") and bool(self._take())
                self._take(":")
                fields[name] = field(name, self._union(), doc, optional=optional)
                doc = ""
            else:
                self._take()
        self._take("}")
        return fields

    def _union(self) -> Type:
        parts: list[Type] = []
        while True:
            while self._next_is("|"):
                self._take()
            part = self._part()
            if part is not None and part not in parts:
                parts.append(part)
            if not self._next_is("|"):
                break
        literals = [
            value for part in parts if isinstance(part, dict) for value in part.get("literals", ())
        ]
        rest = [part for part in parts if not (isinstance(part, dict) and "literals" in part)]
        if literals:
            rest.append({"literals": literals})
        return rest[0] if len(rest) == 1 else {"union": rest}

    def _part(self) -> Type:
        token = self._tokens[self._at]
        part: Type
        if token.value == "(":
            self._take()
            part = self._union()
            self._take(")")
        elif (
            token.value == "{"
        ):  # { toString(): string } and { toJSON(): X } only repeat a neighbour
            while self._take() != "}":
                pass
            return None
        elif token.kind in ("text", "number"):
            part = {"literals": [json.loads(self._take())]}
        else:
            name = self._take().removeprefix("Objects.").removeprefix("Params.")
            part = NAMES.get(name, name.removeprefix("Telegram"))
            if self._next_is("<"):
                part = self._generic(name)
        while self._next_is("["):
            self._take("[")
            self._take("]")
            part = {"array": part}
        return part

    def _generic(self, name: str) -> Type:
        """`Exclude<keyof Update, "update_id">` and `CallAPI<Params, Returned>`."""
        self._take("<")
        if name == "Exclude":
            while self._take() != ">":
                pass
            return "UpdateType"
        arguments = [self._union()]
        while self._next_is(","):
            self._take(",")
            arguments.append(self._union())
        self._take(">")
        return {"call": name, "arguments": arguments}


def field(name: str, kind: Type, doc: str, *, optional: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "float" if kind == "integer" and name in FLOATS else kind}
    if not optional:
        described["required"] = True
    length = LENGTH.search(doc)
    if length is not None and kind == "string":
        described[LENGTH_KEYS.get(length[3], length[3])] = [int(length[1]), int(length[2])]
    return described


def convert(package: Path) -> dict[str, Any]:
    """The whole schema of an unpacked package; raises SyntaxError on what it cannot read."""
    sources = {
        part: (package / "out" / f"{part}.d.ts").read_text(encoding="utf-8")
        for part in ("methods", "params", "objects")
    }
    params = {name: fields for _, name, fields in Reader(sources["params"]).declarations()}
    types: dict[str, Any] = {}
    for kind, declared, what in Reader(sources["objects"]).declarations():
        name = declared.removeprefix("Telegram")
        if what != "file" and not name.startswith("API"):
            types[name] = {"fields": what} if kind == "interface" else {"type": what}
    types["UpdateType"] = {
        "type": {"literals": [name for name in types["Update"]["fields"] if name != "update_id"]}
    }
    types |= {name: {"type": what} for name, what in params.items() if not name.endswith("Params")}
    (_, _, calls), *_ = Reader(sources["methods"]).declarations()
    version = re.search(r"Based on Bot API v(\S+) \((\S+)\)", sources["methods"])
    if version is None:
        raise SyntaxError("the declarations do not say which Bot API they describe")
    return {
        "source": "@gramio/types",
        "version": json.loads((package / "package.json").read_text())["version"],
        "licence": "MIT, see LICENSE-gramio-types beside this file",
        "bot_api": version[1],
        "bot_api_date": version[2],
        "methods": {name: method(call["type"], params) for name, call in calls.items()},
        "types": types,
    }


def method(call: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    *names, returned = call["arguments"]
    return {"params": params[names[0]] if names else {}, "returns": returned}


def written(schema: dict[str, Any]) -> str:
    """One method or type a line, so that a new version can be read as a difference."""
    lines = []
    for key, value in schema.items():
        if isinstance(value, dict):
            inner = ",\n".join(
                f"  {json.dumps(name)}: "
                + json.dumps(what, ensure_ascii=False, separators=(",", ":"))
                for name, what in value.items()
            )
            lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(written(convert(Path(sys.argv[1]))), encoding="utf-8")
