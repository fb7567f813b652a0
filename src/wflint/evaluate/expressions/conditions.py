"""Tests: whether they hold, and what is known once they do or do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wflint.evaluate.events import NOT_NONE
from wflint.evaluate.expressions.comparing import compare, contains, equal, number_of, same, truth, truth_of
from wflint.evaluate.expressions.complements import MIRRORED
from wflint.evaluate.heap import BranchState
from wflint.evaluate.ranges import TURNED, Sized
from wflint.evaluate.types import instance_of
from wflint.evaluate.values import (
    NONE,
    Const,
    EnumMember,
    Mapping,
    Object,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
    text_of,
)
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope

__all__ = ["assume", "compare", "narrow_to", "truth", "under"]
# `compare` and `truth` belong to the same question and are asked for here.


@contextmanager
def under(interp: Interpreter, test: code.ExprT, scope: Scope, tested: Value, *, holds: bool) -> Iterator[None]:
    """Run something as if `test`, whose value is `tested`, held (or did not), and forget what that told afterwards."""
    taken, assumed = interp.path_condition, interp.narrowing
    interp.condition()
    interp.control_dependences.add_test(interp.path_condition, tested, interp.location(test.at))
    interp.heap.open_branch()
    assume(interp, test, scope, holds=holds)
    try:
        yield
    finally:
        interp.heap.join_branches([_real(interp), BranchState({}, frozenset(), alive=True)], 0, goes_on=False)
        interp.path_condition, interp.narrowing = taken, assumed


def _real(interp: Interpreter) -> BranchState:
    """The effects of the arm without what was merely narrowed."""
    layer = interp.heap.layers[-1]
    changed = set(layer.changed)
    effects = interp.heap.discard_branch(alive=True, frame_start=0)
    effects.contents = {box: content for box, content in effects.contents.items() if box in changed}
    return effects


def assume(interp: Interpreter, test: code.ExprT, scope: Scope, *, holds: bool) -> None:
    """Take over what it tells that `test` holds, or does not."""
    match test:
        case code.Unary(operator="not", operand=operand):
            assume(interp, operand, scope, holds=not holds)
        case code.Boolean(operator=operator, left=left, right=right):
            _assume_boolean(interp, operator, left, right, scope, holds=holds)
        case code.Compare(left=left, operators=(operator,), rights=(right,)):
            _assume_comparison(interp, left, operator, right, scope, holds=holds)
        case code.NamedExpr(name=name):
            assume(interp, code.Name(test.at, name), scope, holds=holds)
        case code.Call(func=code.Name(id=function), args=(target, *others)):
            _assume_call(interp, function, target, others, scope, holds=holds)
        case _ if _is_reference(test):
            _narrow(interp, test, scope, lambda value: truth_of(value) is not (not holds))
            if holds:
                _assume_present(interp, test, scope)
        case _:
            pass


def _assume_call(
    interp: Interpreter, function: str, target: code.ExprT, others: list[code.ExprT], scope: Scope, *, holds: bool
) -> None:
    """`bool(x)`, `len(x)`, `isinstance(x, A)` and `hasattr(x, "name")`."""
    if function in ("bool", "len"):
        assume(interp, target, scope, holds=holds)
    if len(others) != 1 or not _is_reference(target):
        return
    with interp.suspended():
        value, other = interp.evaluate(target, scope), interp.evaluate(others[0], scope)
    if function == "isinstance":
        _narrow(
            interp, target, scope, lambda option: instance_of(option, other, interp.library_model) is not (not holds)
        )
    key = text_of(other)
    if function == "hasattr" and holds and key is not None and isinstance(value, TrackedValue):
        _take(interp, TrackedValue(value.root, (*value.access_path, key)), None)


def _assume_boolean(
    interp: Interpreter, operator: str, left: code.ExprT, right: code.ExprT, scope: Scope, *, holds: bool
) -> None:
    if holds is (operator == "and"):
        assume(interp, left, scope, holds=holds)
        assume(interp, right, scope, holds=holds)
        return
    with interp.suspended():
        outcome = truth(interp, interp.evaluate(left, scope)) if _is_reference(left) else None
    if outcome is (operator == "and"):
        assume(interp, right, scope, holds=holds)


def _assume_comparison(
    interp: Interpreter, left: code.ExprT, operator: str, right: code.ExprT, scope: Scope, *, holds: bool
) -> None:
    if operator in ("!=", "is not", "not in"):
        positive = {"!=": "==", "is not": "is", "not in": "in"}[operator]
        _assume_comparison(interp, left, positive, right, scope, holds=not holds)
        return
    with interp.suspended():
        if operator in ("==", "is"):
            _assume_equal(interp, left, right, scope, holds=holds)
            _assume_equal(interp, right, left, scope, holds=holds)
        elif operator == "in":
            _assume_member(interp, left, right, scope, holds=holds)
        elif operator in TURNED:
            _assume_size(interp, left, operator, right, scope, holds=holds)
            _assume_size(interp, right, MIRRORED[operator], left, scope, holds=holds)
            if holds and isinstance(left, code.Call):
                assume(interp, left, scope, holds=True)


def _assume_equal(interp: Interpreter, target: code.ExprT, other: code.ExprT, scope: Scope, *, holds: bool) -> None:
    if not _is_reference(target):
        return
    wanted = interp.resolved(interp.evaluate(other, scope))
    _narrow(interp, target, scope, lambda value: equal(interp, value, wanted) is not (not holds))
    if holds and isinstance(wanted, Const | EnumMember):
        _record(interp, target, scope, wanted)
    if holds is not (wanted == NONE):
        _assume_present(interp, target, scope)


def _assume_size(
    interp: Interpreter, target: code.ExprT, operator: str, other: code.ExprT, scope: Scope, *, holds: bool
) -> None:
    """`target operator other`, of an input and a number: what is told again of it is not kept twice."""
    symbol = interp.evaluate(target, scope) if _is_reference(target) else None
    number = number_of(interp.resolved(interp.evaluate(other, scope))) if isinstance(symbol, TrackedValue) else None
    if not isinstance(symbol, TrackedValue) or number is None:
        return
    told = Sized(symbol, operator if holds else TURNED[operator], number)
    known = interp.narrowing.items()
    kept = {one: value for one, value in known if not (isinstance(one, Sized) and told.covers(one))}
    interp.narrowing = {**kept, told: NOT_NONE}


def _assume_member(interp: Interpreter, left: code.ExprT, right: code.ExprT, scope: Scope, *, holds: bool) -> None:
    container = interp.evaluate(right, scope)
    element = interp.evaluate(left, scope)
    key = text_of(element)
    tracked = [option for option in alternatives(container) if isinstance(option, TrackedValue)]
    if holds and key is not None:
        for option in tracked:
            _take(interp, TrackedValue(option.root, (*option.access_path, key)), None)
    if tracked:
        return
    if _is_reference(left) and isinstance(container, Sequence | Mapping) and container.closed:
        _narrow(interp, left, scope, lambda value: contains(interp, container, value) is not (not holds))
        if holds and isinstance(container, Sequence) and isinstance(element, TrackedValue | Unknown):
            _record(interp, left, scope, join(*container.content))


def narrow_to(interp: Interpreter, target: code.ExprT, scope: Scope, value: Value) -> None:
    """Take over that `target` equals `value`, or one of its alternatives."""
    if not _is_reference(target):
        return
    with interp.suspended():
        before = interp.possibilities(interp.evaluate(target, scope))
    known = [option for option in before if any(same(option, wanted) for wanted in alternatives(value))]
    open_ = any(same(option, wanted) is None for option in before for wanted in alternatives(value))
    _record(interp, target, scope, join(*known) if known and not open_ else value)


def _is_reference(test: code.ExprT) -> bool:
    """Whether looking the expression up again is harmless: names, attributes, constant items, `.get("x")`."""
    match test:
        case code.Name():
            return True
        case code.Attribute(value=value):
            return _is_reference(value)
        case code.Subscript(value=value, index=code.Constant() | code.Name()):
            return _is_reference(value)
        case code.Call(func=code.Attribute(value=value, name="get"), args=(code.Constant() | code.Name(), *_)):
            return _is_reference(value)
        case _:
            return False


def _narrow(interp: Interpreter, target: code.ExprT, scope: Scope, keep: Callable[[Value], bool]) -> None:
    """Leave only those possibilities of `target` that `keep` allows."""
    with interp.suspended():
        value = interp.evaluate(target, scope)
        possible = interp.possibilities(value)
        kept = [option for option in possible if keep(option)]
        if kept and len(kept) < len(possible):
            _record(interp, target, scope, join(*kept))


def _record(interp: Interpreter, target: code.ExprT, scope: Scope, value: Value) -> None:
    with interp.suspended():
        old = interp.evaluate(target, scope)
        if isinstance(old, TrackedValue):
            _take(interp, old, value)
            return
        match target:
            case code.Name(id=name) if (holder := scope.holder(name)) is not None:
                interp.heap.snapshot_before_write(holder, changes=False)
                holder.content[name] = value
            case code.Attribute(value=inner, name=name):
                box = interp.evaluate(inner, scope)
                if isinstance(box, Object) and name in box.content:
                    interp.heap.snapshot_before_write(box, changes=False)
                    box.content[name] = value
            case _:
                pass


def _assume_present(interp: Interpreter, target: code.ExprT, scope: Scope) -> None:
    with interp.suspended():
        value = interp.evaluate(target, scope)
    for option in alternatives(value):
        if isinstance(option, TrackedValue):
            _take(interp, option, None)


def _take(interp: Interpreter, symbol: TrackedValue, value: Value | None) -> None:
    known = interp.narrowing.get(symbol)
    if value is None and known is not None:
        return
    interp.narrowing = {**interp.narrowing, symbol: value if value is not None else NOT_NONE}
