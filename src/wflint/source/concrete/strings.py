"""Strings and f-strings, joined implicitly or not, from libcst to the code tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libcst as cst

from wflint.source.code import Call, Constant, ExprT, Name, Opaque
from wflint.source.concrete.lowering import Lowering
from wflint.source.joining import CONVERSIONS, joined, text_piece, without_doubled_braces
from wflint.source.literals import piece_value, string_value

LowerExpr = Callable[[cst.BaseExpression, Lowering], ExprT]
"""The lowering of any expression, which the expressions inside an f-string need."""

_Content = cst.BaseFormattedStringContent | cst.BaseTemplatedStringContent


def simple_string(node: cst.SimpleString, lowering: Lowering) -> Constant | Opaque:
    """A string literal without expressions."""
    value = string_value(node.value)
    return Opaque(lowering.at(node), "bytes") if value is None else text_piece(lowering.at(node), value)


def formatted_string(node: cst.FormattedString, lowering: Lowering, lower: LowerExpr) -> ExprT:
    """An f-string."""
    return joined(lowering.at(node), _pieces(node.parts, node.prefix, lowering, lower))


def concatenated_string(node: cst.ConcatenatedString, lowering: Lowering, lower: LowerExpr) -> ExprT:
    """Literals that stand side by side: one constant, or one `JoinedStr` where an f-string is among them."""
    parts: list[ExprT] = []
    for literal in _literals(node):
        if isinstance(literal, cst.FormattedString):
            parts.extend(_pieces(literal.parts, literal.prefix, lowering, lower))
        elif isinstance(literal, cst.SimpleString):
            parts.append(simple_string(literal, lowering))
        else:
            return Opaque(lowering.at(node), "template string")
    if parts and all(isinstance(part, Opaque) and part.reason == "bytes" for part in parts):
        return Opaque(lowering.at(node), "bytes")
    return joined(lowering.at(node), parts)


def _literals(node: cst.ConcatenatedString) -> Iterator[cst.BaseExpression]:
    rest: cst.BaseExpression = node
    while isinstance(rest, cst.ConcatenatedString):
        yield rest.left
        rest = rest.right
    yield rest


def _pieces(parts: Sequence[_Content], prefix: str, lowering: Lowering, lower: LowerExpr) -> Iterator[ExprT]:
    for part in parts:
        if isinstance(part, cst.FormattedStringText):
            start = lowering.start(part)
            text = piece_value(without_doubled_braces(part.value), prefix)
            yield text_piece((start, start + len(part.value)), text)
        elif isinstance(part, cst.FormattedStringExpression):
            yield from _replacement(part, prefix, lowering, lower)


def _replacement(
    part: cst.FormattedStringExpression, prefix: str, lowering: Lowering, lower: LowerExpr
) -> Iterator[ExprT]:
    """What stands in braces; `!r` and `:spec` become the calls they stand for, because they change the text."""
    value = lower(part.expression, lowering)
    start, end = value.at
    if part.equal is not None:
        yield Constant((start, end), f"{lowering.text[start:end]}=")
    conversion = part.conversion
    if conversion is None and part.equal is not None and part.format_spec is None:
        conversion = "r"
    if conversion is not None:
        value = Call(value.at, Name(value.at, CONVERSIONS[conversion]), (value,), ())
    if part.format_spec is not None:
        spec = joined(value.at, _pieces(part.format_spec, prefix, lowering, lower))
        value = Call(value.at, Name(value.at, "format"), (value, spec), ())
    yield value
