"""Expressions, from libcst to the code tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import libcst as cst

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
    Unary,
    Yield,
)
from wflint.source.concrete import operators
from wflint.source.concrete.lowering import Lower, Lowering, row
from wflint.source.concrete.parameters import parameters
from wflint.source.concrete.strings import concatenated_string, formatted_string, simple_string
from wflint.source.literals import float_value, integer_value

_KEYWORD_CONSTANTS: Final = {"True": True, "False": False, "None": None}


def expression(node: cst.BaseExpression, lowering: Lowering) -> ExprT:
    """The expression, or `Opaque` where the code tree has nothing for it."""
    lower = _EXPRESSIONS.get(type(node))
    if lower is None:
        return Opaque(lowering.at(node), type(node).__name__)
    return lower(node, lowering)


def arguments(nodes: Sequence[cst.Arg], lowering: Lowering) -> tuple[tuple[ExprT, ...], tuple[Keyword, ...]]:
    """What a call or a class header is given: by position and by keyword."""
    args: list[ExprT] = []
    keywords: list[Keyword] = []
    for node in nodes:
        value = expression(node.value, lowering)
        if node.keyword is not None:
            keywords.append(Keyword(node.keyword.value, value))
        elif node.star == "**":
            keywords.append(Keyword(None, value))
        elif node.star == "*":
            args.append(Starred((lowering.start(node), value.at[1]), value))
        else:
            args.append(value)
    return tuple(args), tuple(keywords)


def _optional(node: cst.BaseExpression | None, lowering: Lowering) -> ExprT | None:
    return None if node is None else expression(node, lowering)


def _name(node: cst.Name, lowering: Lowering) -> Name | Constant:
    if node.value in _KEYWORD_CONSTANTS:
        return Constant(lowering.at(node), _KEYWORD_CONSTANTS[node.value])
    return Name(lowering.at(node), node.value)


def _integer(node: cst.Integer, lowering: Lowering) -> Constant | Opaque:
    value = integer_value(node.value)
    return Opaque(lowering.at(node), "large number") if value is None else Constant(lowering.at(node), value)


def _float(node: cst.Float, lowering: Lowering) -> Constant | Opaque:
    value = float_value(node.value)
    return Opaque(lowering.at(node), "large number") if value is None else Constant(lowering.at(node), value)


def _imaginary(node: cst.Imaginary, lowering: Lowering) -> Opaque:
    return Opaque(lowering.at(node), "imaginary number")


def _ellipsis(node: cst.Ellipsis, lowering: Lowering) -> Opaque:
    return Opaque(lowering.at(node), "ellipsis")


def _template(node: cst.TemplatedString, lowering: Lowering) -> Opaque:
    return Opaque(lowering.at(node), "template string")


def _formatted(node: cst.FormattedString, lowering: Lowering) -> ExprT:
    return formatted_string(node, lowering, expression)


def _concatenated(node: cst.ConcatenatedString, lowering: Lowering) -> ExprT:
    return concatenated_string(node, lowering, expression)


def _attribute(node: cst.Attribute, lowering: Lowering) -> Attribute:
    return Attribute(lowering.at(node), expression(node.value, lowering), node.attr.value)


def _subscript(node: cst.Subscript, lowering: Lowering) -> Subscript:
    elements = node.slice
    indices = tuple(_index(element, lowering) for element in elements)
    if len(indices) == 1 and isinstance(elements[0].comma, cst.MaybeSentinel):
        return Subscript(lowering.at(node), expression(node.value, lowering), indices[0])
    index = Display((indices[0].at[0], indices[-1].at[1]), "tuple", indices)
    return Subscript(lowering.at(node), expression(node.value, lowering), index)


def _index(element: cst.SubscriptElement, lowering: Lowering) -> ExprT:
    part = element.slice
    if isinstance(part, cst.Slice):
        lower = _optional(part.lower, lowering)
        upper = _optional(part.upper, lowering)
        return Slice(lowering.at(element), lower, upper, _optional(part.step, lowering))
    if isinstance(part, cst.Index):
        value = expression(part.value, lowering)
        return value if part.star is None else Starred(lowering.at(element), value)
    return Opaque(lowering.at(element), type(part).__name__)


def _starred(node: cst.StarredElement, lowering: Lowering) -> Starred:
    return Starred(lowering.at(node), expression(node.value, lowering))


def _call(node: cst.Call, lowering: Lowering) -> Call:
    func = expression(node.func, lowering)
    args, keywords = arguments(node.args, lowering)
    return Call(lowering.at(node), func, args, keywords)


def _elements(nodes: Iterable[cst.BaseElement], lowering: Lowering) -> tuple[ExprT, ...]:
    return tuple(
        _starred(node, lowering) if isinstance(node, cst.StarredElement) else expression(node.value, lowering)
        for node in nodes
    )


def _list(node: cst.List, lowering: Lowering) -> Display:
    return Display(lowering.at(node), "list", _elements(node.elements, lowering))


def _tuple(node: cst.Tuple, lowering: Lowering) -> Display:
    return Display(lowering.at(node), "tuple", _elements(node.elements, lowering))


def _set(node: cst.Set, lowering: Lowering) -> Display:
    return Display(lowering.at(node), "set", _elements(node.elements, lowering))


def _dict(node: cst.Dict, lowering: Lowering) -> DictDisplay:
    return DictDisplay(lowering.at(node), tuple(_pair(element, lowering) for element in node.elements))


def _pair(element: cst.BaseDictElement, lowering: Lowering) -> Pair:
    key = expression(element.key, lowering) if isinstance(element, cst.DictElement) else None
    return Pair(key, expression(element.value, lowering))


def _generators(node: cst.CompFor, lowering: Lowering) -> tuple[Generator, ...]:
    generators: list[Generator] = []
    clause: cst.CompFor | None = node
    while clause is not None:
        conditions = tuple(expression(condition.test, lowering) for condition in clause.ifs)
        target = expression(clause.target, lowering)
        generators.append(Generator(target, expression(clause.iter, lowering), conditions))
        clause = clause.inner_for_in
    return tuple(generators)


def _simple_comprehension(
    node: cst.BaseSimpleComp, kind: Literal["list", "set", "generator"], lowering: Lowering
) -> Comprehension:
    element = expression(node.elt, lowering)
    return Comprehension(lowering.at(node), kind, None, element, _generators(node.for_in, lowering))


def _list_comprehension(node: cst.ListComp, lowering: Lowering) -> Comprehension:
    return _simple_comprehension(node, "list", lowering)


def _set_comprehension(node: cst.SetComp, lowering: Lowering) -> Comprehension:
    return _simple_comprehension(node, "set", lowering)


def _generator_expression(node: cst.GeneratorExp, lowering: Lowering) -> Comprehension:
    return _simple_comprehension(node, "generator", lowering)


def _dict_comprehension(node: cst.DictComp, lowering: Lowering) -> Comprehension:
    key = expression(node.key, lowering)
    value = expression(node.value, lowering)
    return Comprehension(lowering.at(node), "dict", key, value, _generators(node.for_in, lowering))


def _binary(node: cst.BinaryOperation, lowering: Lowering) -> Binary:
    operator = operators.BINARY[type(node.operator)]
    return Binary(lowering.at(node), operator, expression(node.left, lowering), expression(node.right, lowering))


def _unary(node: cst.UnaryOperation, lowering: Lowering) -> Unary:
    return Unary(lowering.at(node), operators.UNARY[type(node.operator)], expression(node.expression, lowering))


def _boolean(node: cst.BooleanOperation, lowering: Lowering) -> Boolean:
    operator = operators.BOOLEAN[type(node.operator)]
    return Boolean(lowering.at(node), operator, expression(node.left, lowering), expression(node.right, lowering))


def _comparison(node: cst.Comparison, lowering: Lowering) -> Compare:
    left = expression(node.left, lowering)
    signs = tuple(operators.COMPARISON[type(target.operator)] for target in node.comparisons)
    return Compare(
        lowering.at(node), left, signs, tuple(expression(target.comparator, lowering) for target in node.comparisons)
    )


def _conditional(node: cst.IfExp, lowering: Lowering) -> IfExp:
    test = expression(node.test, lowering)
    return IfExp(lowering.at(node), test, expression(node.body, lowering), expression(node.orelse, lowering))


def _walrus(node: cst.NamedExpr, lowering: Lowering) -> ExprT:
    if not isinstance(node.target, cst.Name):
        return Opaque(lowering.at(node), "assignment expression")
    return NamedExpr(lowering.at(node), node.target.value, expression(node.value, lowering))


def _await(node: cst.Await, lowering: Lowering) -> Await:
    return Await(lowering.at(node), expression(node.expression, lowering))


def _yield(node: cst.Yield, lowering: Lowering) -> Yield:
    lowering.yields = True
    if isinstance(node.value, cst.From):
        return Yield(lowering.at(node), expression(node.value.item, lowering), delegates=True)
    return Yield(lowering.at(node), _optional(node.value, lowering), delegates=False)


def _lambda(node: cst.Lambda, lowering: Lowering) -> Lambda:
    bound = parameters(node.params, lowering, expression)
    outer = lowering.yields
    body = expression(node.body, lowering)
    lowering.yields = outer
    return Lambda(lowering.at(node), bound, body)


_EXPRESSIONS: Final[Mapping[type[cst.CSTNode], Lower[ExprT]]] = dict(
    (
        row(cst.Name, _name),
        row(cst.Integer, _integer),
        row(cst.Float, _float),
        row(cst.Imaginary, _imaginary),
        row(cst.Ellipsis, _ellipsis),
        row(cst.SimpleString, simple_string),
        row(cst.FormattedString, _formatted),
        row(cst.ConcatenatedString, _concatenated),
        row(cst.TemplatedString, _template),
        row(cst.Attribute, _attribute),
        row(cst.Subscript, _subscript),
        row(cst.StarredElement, _starred),
        row(cst.Call, _call),
        row(cst.List, _list),
        row(cst.Tuple, _tuple),
        row(cst.Set, _set),
        row(cst.Dict, _dict),
        row(cst.ListComp, _list_comprehension),
        row(cst.SetComp, _set_comprehension),
        row(cst.DictComp, _dict_comprehension),
        row(cst.GeneratorExp, _generator_expression),
        row(cst.BinaryOperation, _binary),
        row(cst.UnaryOperation, _unary),
        row(cst.BooleanOperation, _boolean),
        row(cst.Comparison, _comparison),
        row(cst.IfExp, _conditional),
        row(cst.NamedExpr, _walrus),
        row(cst.Await, _await),
        row(cst.Yield, _yield),
        row(cst.Lambda, _lambda),
    )
)
