"""`match`: the cases that the subject may be, each under what its pattern tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.events import Comparison, Completion
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.comparing import note_comparisons
from wflint.evaluate.expressions.iteration import bind_target
from wflint.evaluate.statements.patterns import Bindings, constants_of, fit
from wflint.evaluate.values import Location, Value, join
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


class Missed(Struct, frozen=True):
    """What a case has bound whose guard did not hold, for sure or perhaps; Python leaves it bound."""

    bound: Bindings
    sure: bool


def run_match(interp: Interpreter, node: code.Match, scope: Scope) -> Completion:
    """`match`: a case that cannot be is left out; one that must be ends the search."""
    subject = interp.evaluate(node.subject, scope)
    left = list(interp.possibilities(subject))
    taken = interp.path_condition
    arms: list[Callable[[], Completion]] = []
    missed: list[Missed] = []
    for case in node.cases:
        _note(interp, subject, case.pattern, scope)
        fits = [(option, fit(interp, option, case.pattern, scope)) for option in left]
        able = [(option, found) for option, found in fits if found.outcome is not False]
        if not able:
            continue
        bound = _together([found.bound for _, found in able])
        guard = _guard(interp, case, bound, scope)
        if guard is not False:
            wanted = _wanted(interp, case.pattern, [option for option, _ in able], scope)
            run = partial(_case, interp, node.subject, case, wanted, bound, scope)
            arms.append(partial(_after, interp, tuple(missed), scope, run))
        if guard:
            left = [option for option, found in fits if found.outcome is not True]
        elif bound:
            missed.append(Missed(bound, guard is False and all(found.outcome for _, found in fits)))
        if not left:
            break
        interp.condition()
    interp.path_condition = taken
    if len(arms) + bool(left) > 1:
        arms = [partial(_tested, interp, arm, subject, interp.location(node.subject.at)) for arm in arms]
    if left:
        arms.append(partial(_after, interp, tuple(missed), scope, lambda: Completion.NORMAL))
    return arms[0]() if len(arms) == 1 else interp.fork(*arms)


def _note(interp: Interpreter, subject: Value, pattern: code.PatternT, scope: Scope) -> None:
    """Write down what the subject is compared with."""
    for constant in constants_of(pattern):
        compared = Comparison("==", subject, interp.evaluate(constant, scope), interp.location(constant.at))
        note_comparisons(interp, [compared])


def _tested(interp: Interpreter, arm: Callable[[], Completion], subject: Value, location: Location) -> Completion:
    """A case that is one of several."""
    interp.control_dependences.add_test(interp.path_condition, subject, location)
    return arm()


def _after(interp: Interpreter, missed: tuple[Missed, ...], scope: Scope, run: Callable[[], Completion]) -> Completion:
    """Run something after cases whose guards did not hold."""
    for each in missed:
        if each.sure:
            _bind(interp, each.bound, scope)
        else:
            interp.fork(partial(_bind, interp, each.bound, scope), lambda: Completion.NORMAL)
    return run()


def _together(rows: list[Bindings]) -> Bindings:
    """What the names stand for, whichever alternative of the subject it is."""
    found: dict[str, list[Value]] = {}
    for name, value in (pair for row in rows for pair in row):
        found.setdefault(name, []).append(value)
    return tuple((name, join(*values)) for name, values in found.items())


def _wanted(interp: Interpreter, pattern: code.PatternT, able: list[Value], scope: Scope) -> Value:
    """What the subject is in a case: one of the constants of its pattern, or an alternative that fits."""
    constants = constants_of(pattern)
    return join(*(interp.evaluate(each, scope) for each in constants)) if constants else join(*able)


def _guard(interp: Interpreter, case: code.Case, bound: Bindings, scope: Scope) -> bool | None:
    """Whether the guard holds with what the pattern binds, which is then forgotten."""
    if case.guard is None:
        return True
    interp.heap.open_branch()
    try:
        with interp.suspended():
            _bind(interp, bound, scope)
            return conditions.truth(interp, interp.evaluate(case.guard, scope))
    finally:
        interp.heap.discard_branch(alive=False, frame_start=0)


def _bind(interp: Interpreter, bound: Bindings, scope: Scope) -> Completion:
    for name, value in bound:
        bind_target(interp, code.Name((0, 0), name), value, scope)
    return Completion.NORMAL


def _case(
    interp: Interpreter, subject: code.ExprT, case: code.Case, wanted: Value, bound: Bindings, scope: Scope
) -> Completion:
    conditions.narrow_to(interp, subject, scope, wanted)
    _bind(interp, bound, scope)
    if case.guard is not None:
        interp.evaluate(case.guard, scope)
        conditions.assume(interp, case.guard, scope, holds=True)
    return interp.run(case.body, scope)
