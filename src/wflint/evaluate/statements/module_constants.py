"""Tests that people decide by editing a module: its own switches, which count both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.values import Const
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.scope import Scope

_EQUALITY = frozenset({"==", "!=", "is", "is not", "in", "not in"})


def is_constant_test(test: code.ExprT, scope: Scope) -> bool:
    """Whether a test only looks up how a module is set: `if DEBUG:`, `if MODE == "fast":`."""
    match test:
        case code.Unary(operator="not", operand=operand):
            return is_constant_test(operand, scope)
        case code.Boolean(left=left, right=right):
            return is_constant_test(left, scope) or is_constant_test(right, scope)
        case code.Name():
            return isinstance(_setting(test, scope), bool)
        case code.Compare(left=left, operators=(operator,), rights=(right,)) if operator in _EQUALITY:
            return _is_choice(left, right, scope) or _is_choice(right, left, scope)
        case _:
            return False


def _is_choice(setting: code.ExprT, written: code.ExprT, scope: Scope) -> bool:
    """Whether one of several settings is asked for: a text, a number or a boolean, compared with written-out ones."""
    return _setting(setting, scope) is not None and _is_written_out(written)


def _setting(name: code.ExprT, scope: Scope) -> str | float | bool | None:
    """What a module sets a name to, once and for all; None where it is no plain value or a loop changes it."""
    holder = scope.holder(name.id) if isinstance(name, code.Name) else None
    if not isinstance(name, code.Name) or holder is None or holder.kind != "module" or name.id in holder.looped:
        return None
    match holder.content[name.id]:
        case Const(value=plain) if isinstance(plain, str | int | float):
            return plain
        case _:
            return None


def _is_written_out(value: code.ExprT) -> bool:
    match value:
        case code.Constant():
            return True
        case code.Display(items=items):
            return all(_is_written_out(item) for item in items)
        case _:
            return False
