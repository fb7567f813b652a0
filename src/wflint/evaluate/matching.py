"""`match`: the cases that the subject may be, each under what its pattern tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate import conditions
from wflint.evaluate.events import Flow
from wflint.evaluate.iteration import bind_target
from wflint.evaluate.patterns import Bindings, constants_of, fit
from wflint.evaluate.values import Place, Value, unite
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_match(interp: Interpreter, node: code.Match, scope: Scope) -> Flow:
    """`match`: a case that cannot be is left out; one that must be ends the search."""
    subject = interp.evaluate(node.subject, scope)
    left = list(interp.possibilities(subject))
    taken = interp.taken
    arms: list[Callable[[], Flow]] = []
    for case in node.cases:
        fits = [(option, fit(interp, option, case.pattern, scope)) for option in left]
        able = [(option, found) for option, found in fits if found.outcome is not False]
        bound = _together([found.bound for _, found in able])
        guard = _guard(interp, case, bound, scope) if able else False
        if guard is False:
            continue
        wanted = _wanted(interp, case.pattern, [option for option, _ in able], scope)
        arms.append(partial(_case, interp, node.subject, case, wanted, bound, scope))
        if guard:
            left = [option for option, found in fits if found.outcome is not True]
        if not left:
            break
        interp.condition()
    interp.taken = taken
    if not left and len(arms) == 1:
        return arms[0]()
    tested = [partial(_tested, interp, arm, subject, interp.place(node.subject.at)) for arm in arms]
    return interp.fork(*tested, *([lambda: Flow.NEXT] if left else [])) if arms else Flow.NEXT


def _tested(interp: Interpreter, arm: Callable[[], Flow], subject: Value, place: Place) -> Flow:
    """A case that is one of several."""
    interp.grounds.test(interp.taken, subject, place)
    return arm()


def _together(rows: list[Bindings]) -> Bindings:
    """What the names stand for, whichever alternative of the subject it is."""
    found: dict[str, list[Value]] = {}
    for name, value in (pair for row in rows for pair in row):
        found.setdefault(name, []).append(value)
    return tuple((name, unite(*values)) for name, values in found.items())


def _wanted(interp: Interpreter, pattern: code.PatternT, able: list[Value], scope: Scope) -> Value:
    """What the subject is in a case: one of the constants of its pattern, or an alternative that fits."""
    constants = constants_of(pattern)
    return unite(*(interp.evaluate(each, scope) for each in constants)) if constants else unite(*able)


def _guard(interp: Interpreter, case: code.Case, bound: Bindings, scope: Scope) -> bool | None:
    """Whether the guard holds with what the pattern binds, which is then forgotten."""
    if case.guard is None:
        return True
    interp.heap.open_arm()
    try:
        with interp.quiet():
            _bind(interp, bound, scope)
            return conditions.truth(interp, interp.evaluate(case.guard, scope))
    finally:
        interp.heap.rollback(alive=False, frame_birth=0)


def _bind(interp: Interpreter, bound: Bindings, scope: Scope) -> None:
    for name, value in bound:
        bind_target(interp, code.Name((0, 0), name), value, scope)


def _case(
    interp: Interpreter, subject: code.ExprT, case: code.Case, wanted: Value, bound: Bindings, scope: Scope
) -> Flow:
    conditions.narrow_to(interp, subject, scope, wanted)
    _bind(interp, bound, scope)
    if case.guard is not None:
        interp.evaluate(case.guard, scope)
        conditions.assume(interp, case.guard, scope, holds=True)
    return interp.run(case.body, scope)
