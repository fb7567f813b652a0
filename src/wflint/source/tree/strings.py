"""F-strings, joined implicitly or not, to the code tree.

They are read here from the text: the places that Python gives for what is in one were wrong before 3.12.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from keyword import iskeyword
from typing import Final

from wflint.model.patterns import pattern
from wflint.source.code import Attribute, Call, Constant, ExprT, Name, TextRange
from wflint.source.joining import CONVERSIONS, joined, text_piece, without_doubled_braces
from wflint.source.literals import piece_value
from wflint.source.python_parser import expression_in
from wflint.source.tree.literal_ends import OPENING, expression_end, piece_end, plain_end, spec_piece_end
from wflint.source.tree.lowering import Doubt, TreeLowering, visible

LowerExpr = Callable[[ast.expr, TreeLowering], ExprT]
"""The lowering of any expression, which the expressions inside an f-string need."""

_DOTTED: Final = pattern(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def formatted(at: TextRange, lowering: TreeLowering, lower: LowerExpr) -> ExprT:
    """The f-string at a place, with the literals that are joined to it."""
    try:
        return joined(at, _Reader(lowering, lower).literals(*at))
    except IndexError as error:
        raise Doubt("an f-string that does not end") from error


class _Reader:
    """Reads literals from the text, from left to right."""

    __slots__ = ("_lower", "_lowering", "_place", "_text")

    def __init__(self, lowering: TreeLowering, lower: LowerExpr) -> None:
        self._lowering = lowering
        self._lower = lower
        self._text = lowering.text
        self._place = 0

    def literals(self, start: int, end: int) -> Iterator[ExprT]:
        """The pieces of the literals that stand side by side."""
        self._place = start
        while self._place < end:
            yield from self._literal()
            self._place = visible(self._text, self._place)

    def _literal(self) -> Iterator[ExprT]:
        start = self._place
        opening = OPENING.match(self._text, start)
        if opening is None:
            raise Doubt("not a literal")
        prefix, quote = opening["prefix"].lower(), opening["quote"]
        self._place = begin = opening.end()
        if "f" in prefix:
            yield from self._pieces(prefix, quote)
        elif prefix in {"", "r", "u"}:
            self._place = plain_end(self._text, begin, quote)
            body = self._text[begin : self._place - len(quote)]
            yield text_piece((start, self._place), piece_value(body, prefix))
        else:
            raise Doubt("a literal of another kind")

    def _pieces(self, prefix: str, quote: str) -> Iterator[ExprT]:
        while True:
            start, end = self._place, piece_end(self._text, self._place, prefix, quote)
            if end > start:
                text = without_doubled_braces(self._text[start:end])
                yield text_piece((start, end), piece_value(text, prefix))
            self._place = end
            if self._text.startswith(quote, end):
                self._place += len(quote)
                return
            yield from self._replacement()

    def _replacement(self) -> Iterator[ExprT]:
        """What stands in braces; `!r` and `:spec` become the calls they stand for, because they change the text."""
        if self._text[self._place] != "{":
            raise Doubt("an f-string that does not end")
        begin = self._place + 1
        place, is_shown = expression_end(self._text, begin)
        value = self._expression(begin, place)
        conversion = None
        if is_shown:
            place = visible(self._text, place + 1)
            yield Constant(value.at, f"{self._text[value.at[0] : value.at[1]]}=")
        if self._text[place] == "!":
            conversion = self._text[place + 1]
            place = visible(self._text, place + 2)
        elif is_shown and self._text[place] != ":":
            conversion = "r"
        if conversion is not None:
            value = Call(value.at, Name(value.at, CONVERSIONS[conversion]), (value,), ())
        self._place = place
        if self._text[place] == ":":
            value = Call(value.at, Name(value.at, "format"), (value, joined(value.at, self._spec())), ())
        if self._text[self._place] != "}":
            raise Doubt("an expression that does not end")
        self._place += 1
        yield value

    def _spec(self) -> Iterator[ExprT]:
        self._place += 1
        while True:
            start, end = self._place, spec_piece_end(self._text, self._place)
            if end > start:
                yield text_piece((start, end), self._text[start:end])
            self._place = end
            if self._text[end] == "}":
                return
            yield from self._replacement()

    def _expression(self, begin: int, end: int) -> ExprT:
        code = self._text[begin:end]
        bare = code.strip(" ")
        if _DOTTED.fullmatch(bare) is not None and not any(map(iskeyword, bare.split("."))):
            return _dotted(begin + code.index(bare), bare)
        try:
            tree = expression_in(f"({code})")
        except SyntaxError as error:
            raise Doubt("an expression that does not stand alone") from error
        if isinstance(tree, ast.Tuple | ast.GeneratorExp):
            raise Doubt("a tuple in an f-string")
        inner = TreeLowering.of_part(self._text, begin - 1, f"({code})")
        value = self._lower(tree, inner)
        self._lowering.yields |= inner.yields
        return value


def _dotted(start: int, names: str) -> ExprT:
    first, *others = names.split(".")
    end = start + len(first)
    value: ExprT = Name((start, end), first)
    for name in others:
        end += 1 + len(name)
        value = Attribute((start, end), value, name)
    return value
