"""The parameters of functions and lambdas, from Python's tree to the code tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal

from wflint.source.code import Parameter
from wflint.source.tree.lowering import TreeLowering
from wflint.source.tree.strings import LowerExpr

_Kind = Literal["positional", "either", "keyword", "args", "kwargs"]
_STARS: dict[_Kind, str] = {"args": "*", "kwargs": "**"}


def parameters(node: ast.arguments, lowering: TreeLowering, lower: LowerExpr) -> tuple[Parameter, ...]:
    """The parameters in the order they are written in."""
    return tuple([_parameter(arg, kind, default, lowering, lower) for arg, kind, default in _in_order(node)])


def _in_order(node: ast.arguments) -> Iterator[tuple[ast.arg, _Kind, ast.expr | None]]:
    plain = len(node.posonlyargs) + len(node.args) - len(node.defaults)
    defaults = [*[None] * plain, *node.defaults]
    for number, arg in enumerate(node.posonlyargs):
        yield arg, "positional", defaults[number]
    for number, arg in enumerate(node.args, len(node.posonlyargs)):
        yield arg, "either", defaults[number]
    if node.vararg is not None:
        yield node.vararg, "args", None
    for arg, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        yield arg, "keyword", default
    if node.kwarg is not None:
        yield node.kwarg, "kwargs", None


def _parameter(
    node: ast.arg, kind: _Kind, default: ast.expr | None, lowering: TreeLowering, lower: LowerExpr
) -> Parameter:
    annotation = None if node.annotation is None else lower(node.annotation, lowering)
    value = None if default is None else lower(default, lowering)
    start, end = lowering.at(node)
    if kind in _STARS:
        start = lowering.text.rindex(_STARS[kind], 0, start)
    if value is not None:
        end = value.at[1]
    elif annotation is not None:
        end = annotation.at[1]
    return Parameter(node.arg, kind, annotation, value, (start, end))
