"""What a framework gives the functions that it calls, compared with what they take."""

from __future__ import annotations

from collections.abc import Container

from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Bound, Function, Value
from wflint.source.code import Parameter


def parameters_of(value: Value | None, known: Container[str] = ()) -> tuple[Parameter, ...] | None:
    """The parameters of a function of the source, without those that are bound already; None where nobody can tell.

    Decorators may change them, but for `known` ones.
    """
    function = value.function if isinstance(value, Bound) else value
    if not isinstance(function, Function) or function.module.stub:
        return None
    if any(path_of(mark) not in known for mark in function.unmodelled_decorators):
        return None
    return function.node.parameters[1 if isinstance(value, Bound) else 0 :]


def required(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Those without which there is no call."""
    return tuple(each for each in parameters if each.default is None and each.kind not in ("args", "kwargs"))
