"""Tokens into closures: an expression is walked once and then runs in a few microseconds.

elementpath's own evaluation wants an XML document for every answer and means XPath's values, not
ODK's. Its grammar is what we take; what an expression gives is decided here.
"""

import math
from collections.abc import Callable
from datetime import date
from typing import Protocol

from elementpath.xpath_tokens import XPathToken

from forms.xpath.functions import FUNCTIONS
from forms.xpath.parser import QUOTED, BadExpression, parse
from forms.xpath.values import NAN, Value, equal, to_boolean, to_number, to_string


class Scope(Protocol):
    """What an expression may ask while it runs."""

    today: date
    current: str

    def value(self, name: str) -> str:
        """The answer's text, `""` where it is empty or not relevant."""

    def choice_label(self, name: str, value: str) -> str:
        """How the select called `name` shows the choice `value`."""


Run = Callable[[Scope], Value]

_LITERALS = frozenset({"(string)", "(integer)", "(decimal)", "(float)"})
_CHAINS = ({"or"}, {"and"}, {"+", "-"}, {"*", "div", "mod"})


def compiled(source: str) -> Run:
    """The expression as a function of its scope; BadExpression when it cannot be read."""
    try:
        return _closure(parse(source))
    except RecursionError:
        raise BadExpression("expression_too_deep", limit="60") from None


def _closure(token: XPathToken) -> Run:
    symbol = token.symbol
    if symbol in _LITERALS:
        return _constant(_literal(token.value))
    if symbol == "(" and len(token) == 1:
        return _closure(token[0])
    if symbol == "$":
        return _reference(str(token[0].value))
    if symbol == "." and not len(token):
        return lambda scope: scope.current
    if len(token) == 2:
        for chain in _CHAINS:
            if symbol in chain:
                return _chain(token, chain)
        if symbol in _COMPARISONS:
            return _comparison(symbol, _closure(token[0]), _closure(token[1]))
    if symbol in {"-", "+"} and len(token) == 1:
        return _signed(symbol, _closure(token[0]))
    if token.label == "function":
        return _call(token)
    written = token.source[:60]
    raise BadExpression(
        "bare_word" if token.symbol == "(name)" else "path_expression", written=written
    )


def _literal(value: object) -> Value:
    return value if isinstance(value, str) else float(str(value))


def _constant(value: Value) -> Run:
    if isinstance(value, str) and value.startswith(QUOTED):
        raise BadExpression("quoted_reference", written=f"'${{{value[1:]}}}'")
    return lambda _: value


def _reference(name: str) -> Run:
    return lambda scope: scope.value(name)


def _signed(sign: str, operand: Run) -> Run:
    if sign == "+":
        return lambda scope: to_number(operand(scope))
    return lambda scope: -to_number(operand(scope))


def _chain(token: XPathToken, symbols: set[str]) -> Run:
    """`a or b or c` as one loop: a long list of terms is no deeper than a short one."""
    steps: list[tuple[str, Run]] = []
    while token.symbol in symbols and len(token) == 2:
        steps.append((token.symbol, _closure(token[1])))
        token = token[0]
    first = _closure(token)
    steps.reverse()
    runs = (first, *(run for _, run in steps))
    if "or" in symbols:
        return lambda scope: any(to_boolean(run(scope)) for run in runs)
    if "and" in symbols:
        return lambda scope: all(to_boolean(run(scope)) for run in runs)
    operations = tuple((_ARITHMETIC[sign], run) for sign, run in steps)

    def calculate(scope: Scope) -> Value:
        result = to_number(first(scope))
        for operation, run in operations:
            result = operation(result, to_number(run(scope)))
        return result

    return calculate


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return (
        NAN
        if left == 0 or math.isnan(left) or math.isnan(right)
        else math.copysign(math.inf, left)
    )


def _modulo(left: float, right: float) -> float:
    if not right or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return NAN
    return math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _modulo,
}
_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
}


def _comparison(symbol: str, left: Run, right: Run) -> Run:
    compare = _COMPARISONS[symbol]
    return lambda scope: compare(left(scope), right(scope))


def _call(token: XPathToken) -> Run:
    name = "jr:choice-name" if token.symbol == "jr-choice-name" else token.symbol
    if name == "jr:choice-name":
        return _choice_name(token)
    arguments = tuple(_closure(argument) for argument in token)
    if name in _LAZY:
        return _LAZY[name](*arguments)
    call = FUNCTIONS[name].call
    if call is None:
        raise BadExpression("path_expression", written=token.source[:60])
    if len(arguments) == 2:
        first, second = arguments
        return lambda scope: call(first(scope), second(scope))
    return lambda scope: call(*[argument(scope) for argument in arguments])


def _choice_name(token: XPathToken) -> Run:
    """`jr:choice-name(value, '${question}')`: the question is named, not read."""
    value, question = _closure(token[0]), token[1]
    name = str(question[0].value if question.symbol == "$" else question.value)
    name = name.removeprefix(QUOTED).strip()
    return lambda scope: scope.choice_label(name, to_string(value(scope)))


def _if(condition: Run, then: Run, otherwise: Run) -> Run:
    return lambda scope: then(scope) if to_boolean(condition(scope)) else otherwise(scope)


def _coalesce(*candidates: Run) -> Run:
    def first_filled(scope: Scope) -> Value:
        for candidate in candidates:
            if (value := candidate(scope)) != "":
                return value
        return ""

    return first_filled


def _once(candidate: Run) -> Run:
    return lambda scope: scope.current or candidate(scope)


_LAZY: dict[str, Callable[..., Run]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "today": lambda: lambda scope: scope.today.isoformat(),
    "now": lambda: lambda scope: scope.today.isoformat(),
    "position": lambda *_: lambda _: 1.0,
}
