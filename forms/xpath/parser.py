"""The grammar: elementpath's XPath 1 parser with ODK's functions and `${name}` references."""

import re
from difflib import get_close_matches

from elementpath import ElementPathError
from elementpath.tdop import ParseError, Parser
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import XPathToken

from forms.xpath.functions import FUNCTIONS
from forms.xpath.references import NAME, REFERENCE

LONGEST = 4_000
DEEPEST = 60
MOST_TOKENS = 1_000

_PIECE = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}|[^'\"$]+|.", re.DOTALL)
_CALL = re.compile(rf"(?<![\w$.\-:])((?:jr:)?{NAME})\s*\(")
QUOTED = "\ue000"
"""Marks a quoted `'${name}'`, which only `jr:choice-name` may have; a sign of private use."""
_CHOICE_NAME = "jr:choice-name"
_PLAIN_CHOICE_NAME = "jr-choice-name"
_NODE_TESTS = frozenset({"node", "text", "comment", "processing-instruction"})
_FOREIGN = {
    "==": "=",
    "<>": "!=",
    "&&": "and",
    r"\|\|": "or",
    r"\bAND\b": "and",
    r"\bOR\b": "or",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "÷": "div",
    "×": "*",
    "،": ",",
    "«": "'",
    "»": "'",
    r"\bet\b": "and",
    r"\bou\b": "or",
    r"\bو\b": "and",
    r"\bأو\b": "or",
}
_BRACED = re.compile(r"(?<!\$)\{[^{}]*\}")
_OPERATORS = frozenset({"and", "or", "div", "mod"})


class BadExpression(Exception):
    """An expression that cannot be read; `code` and `details` are the finding's."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class OdkParser(XPath1Parser):
    """XPath 1 whose functions are ODK's; built-in token classes are replaced, never altered."""

    PATH_STEP_LABELS = ("axis", "function", "kind test")


def _teach_functions() -> None:
    for symbol, token_class in list(OdkParser.symbol_table.items()):
        if getattr(token_class, "label", "") == "function":
            del OdkParser.symbol_table[symbol]
    for name, function in FUNCTIONS.items():
        symbol = _PLAIN_CHOICE_NAME if name == _CHOICE_NAME else name
        OdkParser.symbol_table.pop(symbol, None)
        OdkParser.function(symbol, nargs=(function.fewest, function.most))


_teach_functions()


def parse(source: str) -> XPathToken:
    """The expression as a tree of tokens; BadExpression says what is wrong with it."""
    if len(source) > LONGEST:
        raise BadExpression("expression_too_long", limit=str(LONGEST))
    plain = _with_variables(source)
    _refuse_unknown_functions(plain)
    _refuse_depth(plain)
    try:
        return Parser.parse(OdkParser(), plain)
    except RecursionError:
        raise BadExpression("expression_too_deep", limit=str(DEEPEST)) from None
    except (ParseError, ElementPathError, ValueError, TypeError, ArithmeticError):
        _refuse_foreign_signs(plain)
        raise BadExpression("expression_syntax") from None


def _with_variables(source: str) -> str:
    """`${name}` becomes `$name`; quoted text stays as it is."""
    pieces = []
    for piece in _PIECE.findall(source):
        if piece.startswith("${"):
            reference = REFERENCE.fullmatch(piece)
            if not reference:
                raise BadExpression("reference_syntax", written=piece)
            pieces.append(f" ${reference[1]} ")
        elif piece in {"'", '"'}:
            raise BadExpression("unclosed_quote")
        elif piece == "$":
            raise BadExpression("reference_syntax", written="$")
        elif piece[0] in "'\"" and (named := REFERENCE.fullmatch(piece[1:-1])):
            pieces.append(f"'{QUOTED}{named[1]}'")
        elif piece[0] in "'\"":
            pieces.append(piece)
        else:
            pieces.append(piece.replace(_CHOICE_NAME, _PLAIN_CHOICE_NAME))
    return "".join(pieces)


def _refuse_unknown_functions(plain: str) -> None:
    for name in _CALL.findall(_without_quotes(plain)):
        shown = _CHOICE_NAME if name == _PLAIN_CHOICE_NAME else name
        if shown not in FUNCTIONS and name not in _OPERATORS and name not in _NODE_TESTS:
            near = get_close_matches(shown, FUNCTIONS, n=1, cutoff=0.6)
            raise BadExpression("unknown_function", name=shown, near=near[0] if near else "")


def _refuse_foreign_signs(plain: str) -> None:
    """What other languages write for XPath's operators; looked for once reading has failed."""
    bare = _without_quotes(plain)
    if braced := _BRACED.search(bare):
        raise BadExpression("reference_syntax", written=braced[0])
    for sign, ours in _FOREIGN.items():
        if re.search(sign, bare):
            written = re.sub(r"\\[bB]|\\", "", sign)
            raise BadExpression("foreign_sign", written=written, ours=ours)


def _refuse_depth(plain: str) -> None:
    bare = _without_quotes(plain)
    depth = deepest = 0
    for sign in bare:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            raise BadExpression("unbalanced", sign=")")
    if depth:
        raise BadExpression("unbalanced", sign="(")
    tokens = len(re.findall(r"[\w.]+|[^\s\w]", bare))
    if deepest > DEEPEST or tokens > MOST_TOKENS:
        raise BadExpression("expression_too_deep", limit=str(DEEPEST))


def _without_quotes(plain: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", plain)
