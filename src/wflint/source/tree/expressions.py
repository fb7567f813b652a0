"""Expressions, from Python's tree to the code tree."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from wflint.source.code import (
    Attribute,
    Await,
    Binary,
    Boolean,
    Call,
    Compare,
    Comprehension,
    Constant,
    DictDisplay,
    Display,
    ExprT,
    Generator,
    IfExp,
    Keyword,
    Lambda,
    Name,
    NamedExpr,
    Opaque,
    Pair,
    Slice,
    Starred,
    Subscript,
    TextRange,
    Unary,
    Yield,
)
from wflint.source.literals import LARGEST_INTEGER, encodable
from wflint.source.tree import operators
from wflint.source.tree.lowering import LONGEST_CHAIN, Doubt, TreeLower, TreeLowering, row, visible
from wflint.source.tree.parameters import parameters
from wflint.source.tree.strings import formatted


def expression(node: ast.expr, lowering: TreeLowering) -> ExprT:
    """The expression, or `Opaque` where the code tree has nothing for it."""
    lower = _EXPRESSIONS.get(type(node))
    if lower is None:
        raise Doubt(type(node).__name__)
    return lower(node, lowering)


def optional(node: ast.expr | None, lowering: TreeLowering) -> ExprT | None:
    """The expression, if there is one."""
    return None if node is None else expression(node, lowering)


def arguments(nodes: Sequence[ast.expr], lowering: TreeLowering) -> tuple[ExprT, ...]:
    """What a call or a class header is given by position."""
    return tuple([_argument(node, lowering) for node in nodes])


def keywords(nodes: Sequence[ast.keyword], lowering: TreeLowering) -> tuple[Keyword, ...]:
    """What a call or a class header is given by keyword."""
    return tuple([Keyword(node.arg, expression(node.value, lowering)) for node in nodes])


def _argument(node: ast.expr, lowering: TreeLowering) -> ExprT:
    if not isinstance(node, ast.Starred):
        return expression(node, lowering)
    value = expression(node.value, lowering)
    return Starred((lowering.at(node)[0], value.at[1]), value)


def _name(node: ast.Name, lowering: TreeLowering) -> Name:
    return Name(lowering.at(node), node.id)


def _constant(node: ast.Constant, lowering: TreeLowering) -> Constant | Opaque:
    at, value = lowering.at(node), node.value
    match value:
        case str():
            if not encodable(value):
                raise Doubt("a lone surrogate")
            return Constant(at, value)
        case bool() | None:
            return Constant(at, value)
        case int():
            return Constant(at, value) if value <= LARGEST_INTEGER else Opaque(at, "large number")
        case float():
            return Constant(at, value) if value != float("inf") else Opaque(at, "large number")
        case bytes():
            return Opaque(at, "bytes")
        case complex():
            return Opaque(at, "imaginary number")
        case _:
            return Opaque(at, "ellipsis")


def _formatted(node: ast.JoinedStr, lowering: TreeLowering) -> ExprT:
    return formatted(lowering.at(node), lowering, expression)


def _attribute(node: ast.Attribute, lowering: TreeLowering) -> Attribute:
    return Attribute(lowering.at(node), expression(node.value, lowering), node.attr)


def _subscript(node: ast.Subscript, lowering: TreeLowering) -> Subscript:
    at, value, part = lowering.at(node), expression(node.value, lowering), node.slice
    if not isinstance(part, ast.Tuple) or _parenthesized(part, lowering):
        return Subscript(at, value, _index(part, lowering))
    indices = tuple([_index(element, lowering) for element in part.elts])
    if len(indices) == 1 and "," not in lowering.text[lowering.at(part.elts[0])[1] : lowering.at(part)[1]]:
        return Subscript(at, value, indices[0])
    return Subscript(at, value, Display((indices[0].at[0], indices[-1].at[1]), "tuple", indices))


def _index(node: ast.expr, lowering: TreeLowering) -> ExprT:
    if isinstance(node, ast.Slice):
        lower, upper = optional(node.lower, lowering), optional(node.upper, lowering)
        return Slice(_slice_at(node, lowering), lower, upper, optional(node.step, lowering))
    return expression(node, lowering)


def _slice_at(node: ast.Slice, lowering: TreeLowering) -> TextRange:
    """What is blank behind a last colon belongs to it."""
    start, end = lowering.at(node)
    return start, visible(lowering.text, end) if lowering.text[end - 1] == ":" else end


def _starred(node: ast.Starred, lowering: TreeLowering) -> Starred:
    return Starred(lowering.at(node), expression(node.value, lowering))


def _call(node: ast.Call, lowering: TreeLowering) -> Call:
    func = expression(node.func, lowering)
    return Call(lowering.at(node), func, arguments(node.args, lowering), keywords(node.keywords, lowering))


def _elements(nodes: Sequence[ast.expr], lowering: TreeLowering) -> tuple[ExprT, ...]:
    return tuple([expression(node, lowering) for node in nodes])


def _list(node: ast.List, lowering: TreeLowering) -> Display:
    return Display(lowering.at(node), "list", _elements(node.elts, lowering))


def _set(node: ast.Set, lowering: TreeLowering) -> Display:
    return Display(lowering.at(node), "set", _elements(node.elts, lowering))


def _tuple(node: ast.Tuple, lowering: TreeLowering) -> Display:
    start, end = at = lowering.at(node)
    if _parenthesized(node, lowering):
        first = visible(lowering.text, start + 1)
        last = lowering.at(node.elts[-1])[1] if node.elts else first
        at = first, lowering.closed(last, end - 1)
    return Display(at, "tuple", _elements(node.elts, lowering))


def _parenthesized(node: ast.Tuple, lowering: TreeLowering) -> bool:
    """Whether the parentheses at the ends of a tuple are its own, not those of its first and last element."""
    start, end = lowering.at(node)
    if lowering.text[start] != "(" or lowering.text[end - 1] != ")":
        return False
    if not node.elts:
        return True
    first, behind = lowering.at(node.elts[0])
    opening = closing = 0
    while start < first:
        start = visible(lowering.text, start + 1)
        opening += 1
    while lowering.text[place := visible(lowering.text, behind)] == ")":
        behind = place + 1
        closing += 1
    return opening > closing or behind == end


def _dict(node: ast.Dict, lowering: TreeLowering) -> DictDisplay:
    entries = zip(node.keys, node.values, strict=True)
    pairs = tuple([Pair(optional(key, lowering), expression(value, lowering)) for key, value in entries])
    return DictDisplay(lowering.at(node), pairs)


def _generators(nodes: Sequence[ast.comprehension], lowering: TreeLowering) -> tuple[Generator, ...]:
    if len(nodes) > LONGEST_CHAIN:
        raise Doubt("deep nesting")
    return tuple(
        [
            Generator(expression(node.target, lowering), expression(node.iter, lowering), _elements(node.ifs, lowering))
            for node in nodes
        ]
    )


def _simple_comprehension(
    at: TextRange,
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp,
    kind: Literal["list", "set", "generator"],
    lowering: TreeLowering,
) -> Comprehension:
    element = expression(node.elt, lowering)
    return Comprehension(at, kind, None, element, _generators(node.generators, lowering))


def _list_comprehension(node: ast.ListComp, lowering: TreeLowering) -> Comprehension:
    return _simple_comprehension(lowering.at(node), node, "list", lowering)


def _set_comprehension(node: ast.SetComp, lowering: TreeLowering) -> Comprehension:
    return _simple_comprehension(lowering.at(node), node, "set", lowering)


def _generator_expression(node: ast.GeneratorExp, lowering: TreeLowering) -> Comprehension:
    start, end = lowering.at(node)
    clause = node.generators[-1]
    last = lowering.at(clause.ifs[-1] if clause.ifs else clause.iter)[1]
    at = visible(lowering.text, start + 1), lowering.closed(last, end - 1)
    return _simple_comprehension(at, node, "generator", lowering)


def _dict_comprehension(node: ast.DictComp, lowering: TreeLowering) -> Comprehension:
    key, value = expression(node.key, lowering), expression(node.value, lowering)
    return Comprehension(lowering.at(node), "dict", key, value, _generators(node.generators, lowering))


def _binary(node: ast.BinOp, lowering: TreeLowering) -> Binary:
    operator = operators.BINARY[type(node.op)]
    return Binary(lowering.at(node), operator, expression(node.left, lowering), expression(node.right, lowering))


def _unary(node: ast.UnaryOp, lowering: TreeLowering) -> Unary:
    return Unary(lowering.at(node), operators.UNARY[type(node.op)], expression(node.operand, lowering))


def _boolean(node: ast.BoolOp, lowering: TreeLowering) -> ExprT:
    """`a and b and c` is `(a and b) and c`."""
    if len(node.values) > LONGEST_CHAIN:
        raise Doubt("deep nesting")
    operator: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
    start, end = lowering.at(node)
    first, *others = node.values
    whole = expression(first, lowering)
    for other in others:
        right = expression(other, lowering)
        behind = end if other is others[-1] else lowering.closed(right.at[1], end)
        whole = Boolean((start, behind), operator, whole, right)
    return whole


def _comparison(node: ast.Compare, lowering: TreeLowering) -> Compare:
    if len(node.ops) > LONGEST_CHAIN:
        raise Doubt("deep nesting")
    left = expression(node.left, lowering)
    signs = tuple([operators.COMPARISON[type(operator)] for operator in node.ops])
    return Compare(lowering.at(node), left, signs, _elements(node.comparators, lowering))


def _conditional(node: ast.IfExp, lowering: TreeLowering) -> IfExp:
    test = expression(node.test, lowering)
    return IfExp(lowering.at(node), test, expression(node.body, lowering), expression(node.orelse, lowering))


def _walrus(node: ast.NamedExpr, lowering: TreeLowering) -> NamedExpr:
    return NamedExpr(lowering.at(node), node.target.id, expression(node.value, lowering))


def _await(node: ast.Await, lowering: TreeLowering) -> Await:
    return Await(lowering.at(node), expression(node.value, lowering))


def _yield(node: ast.Yield, lowering: TreeLowering) -> Yield:
    lowering.yields = True
    return Yield(lowering.at(node), optional(node.value, lowering), delegates=False)


def _yield_from(node: ast.YieldFrom, lowering: TreeLowering) -> Yield:
    lowering.yields = True
    return Yield(lowering.at(node), expression(node.value, lowering), delegates=True)


def _lambda(node: ast.Lambda, lowering: TreeLowering) -> Lambda:
    bound = parameters(node.args, lowering, expression)
    outer = lowering.yields
    body = expression(node.body, lowering)
    lowering.yields = outer
    return Lambda(lowering.at(node), bound, body)


_EXPRESSIONS: Final[Mapping[type[ast.AST], TreeLower[ExprT]]] = dict(
    (
        row(ast.Name, _name),
        row(ast.Constant, _constant),
        row(ast.JoinedStr, _formatted),
        row(ast.Attribute, _attribute),
        row(ast.Subscript, _subscript),
        row(ast.Starred, _starred),
        row(ast.Call, _call),
        row(ast.List, _list),
        row(ast.Tuple, _tuple),
        row(ast.Set, _set),
        row(ast.Dict, _dict),
        row(ast.ListComp, _list_comprehension),
        row(ast.SetComp, _set_comprehension),
        row(ast.DictComp, _dict_comprehension),
        row(ast.GeneratorExp, _generator_expression),
        row(ast.BinOp, _binary),
        row(ast.UnaryOp, _unary),
        row(ast.BoolOp, _boolean),
        row(ast.Compare, _comparison),
        row(ast.IfExp, _conditional),
        row(ast.NamedExpr, _walrus),
        row(ast.Await, _await),
        row(ast.Yield, _yield),
        row(ast.YieldFrom, _yield_from),
        row(ast.Lambda, _lambda),
    )
)
