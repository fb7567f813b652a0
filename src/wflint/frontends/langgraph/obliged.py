"""Models that are made to call a tool, and routers that end without a label only where none is called."""

from __future__ import annotations

from typing import Final

from wflint.assembly.contracts.bound_tools import BINDING, SAME
from wflint.assembly.contracts.models import PIPE, asks
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import Const, Object, Value, last_of, text_of
from wflint.source import code

CALLS: Final = "tool_calls"
"""What a message has the calls of tools in."""
FREE: Final = frozenset({"auto", "none", ""})
"""Settings that leave a model the choice."""


def always_calls_tools(summary: FunctionSummary | None) -> bool:
    """Whether every model that a step asks is bound to tools so that its answer is a call of one."""
    asked = [call.receiver for call in summary.calls if asks(call)] if summary is not None else []
    return bool(asked) and all(map(_is_obliged, asked))


def _is_obliged(model: Value | None) -> bool:
    if isinstance(model, Object) and model.path == PIPE:
        model = model.arguments.positional[-1] if model.arguments.positional else None
    while isinstance(model, Object) and last_of(model.path) in SAME and model.receiver is not None:
        model = model.receiver
    if not isinstance(model, Object) or last_of(model.path) != BINDING:
        return False
    choice = model.arguments.get("tool_choice")
    return choice == Const(value=True) or (text_of(choice) or "") not in FREE


def ends_with_calls(body: tuple[code.StmtT, ...], calls: frozenset[str] = frozenset()) -> bool:
    """Whether every way through code ends in a `return` or `raise`, where the message that it looks at calls tools.

    `calls` are the names that the calls have been given.
    """
    for statement in body:
        match statement:
            case code.Return() | code.Raise():
                return True
            case code.Assign(targets=(code.Name(id=name),), value=code.Attribute(name=found)) if found == CALLS:
                calls |= {name}
            case code.If(test=test, body=inner, orelse=other):
                certain = _are_calls(test, calls)
                if ends_with_calls(inner, calls) and (certain or (bool(other) and ends_with_calls(other, calls))):
                    return True
            case code.For(iterable=iterable, body=inner):
                if _are_calls(iterable, calls) and ends_with_calls(inner, calls):
                    return True
            case code.With(body=inner):
                if ends_with_calls(inner, calls):
                    return True
            case _:
                pass
    return False


def _are_calls(expression: code.ExprT, calls: frozenset[str]) -> bool:
    """Whether an expression is the calls of tools, asked for their presence perhaps."""
    match expression:
        case code.Attribute(name=name):
            return name == CALLS
        case code.Name(id=name):
            return name in calls
        case code.Boolean(operator="and", left=left, right=right):
            return all(_are_calls(each, calls) or _asks_for_them(each) for each in (left, right))
        case _:
            return False


def _asks_for_them(expression: code.ExprT) -> bool:
    """`hasattr(message, "tool_calls")`."""
    match expression:
        case code.Call(func=code.Name(id="hasattr"), args=(_, code.Constant(value=name))):
            return name == CALLS
        case _:
            return False
