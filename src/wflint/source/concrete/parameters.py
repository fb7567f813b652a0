"""The parameters of functions and lambdas, from libcst to the code tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import libcst as cst

from wflint.source.code import Parameter
from wflint.source.concrete.lowering import Lowering
from wflint.source.concrete.strings import LowerExpr

_Kind = Literal["positional", "either", "keyword", "args", "kwargs"]


def parameters(node: cst.Parameters, lowering: Lowering, lower: LowerExpr) -> tuple[Parameter, ...]:
    """The parameters in the order they are written in."""
    return tuple(_parameter(parameter, kind, lowering, lower) for parameter, kind in _in_order(node))


def _in_order(node: cst.Parameters) -> Iterator[tuple[cst.Param, _Kind]]:
    for parameter in node.posonly_params:
        yield parameter, "positional"
    for parameter in node.params:
        yield parameter, "either"
    if isinstance(node.star_arg, cst.Param):
        yield node.star_arg, "args"
    for parameter in node.kwonly_params:
        yield parameter, "keyword"
    if node.star_kwarg is not None:
        yield node.star_kwarg, "kwargs"


def _parameter(node: cst.Param, kind: _Kind, lowering: Lowering, lower: LowerExpr) -> Parameter:
    annotation = None if node.annotation is None else lower(node.annotation.annotation, lowering)
    default = None if node.default is None else lower(node.default, lowering)
    end = lowering.at(node.name)[1]
    if default is not None:
        end = default.at[1]
    elif annotation is not None:
        end = annotation.at[1]
    return Parameter(node.name.value, kind, annotation, default, (lowering.start(node), end))
