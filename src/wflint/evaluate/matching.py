"""`match`: the cases that the subject may be, each under what its pattern tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import comparing, conditions
from wflint.evaluate.events import Flow
from wflint.evaluate.iteration import bind_target
from wflint.evaluate.values import Unknown, Value, sources_of, unite
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_match(interp: Interpreter, node: code.Match, scope: Scope) -> Flow:
    """`match`: a case that cannot be is left out; one that must be ends the search."""
    subject = interp.evaluate(node.subject, scope)
    left = list(interp.possibilities(subject))
    arms: list[Callable[[], Flow]] = []
    for case in node.cases:
        values = [interp.evaluate(value, scope) for value in case.values]
        outcomes = [comparing.equal(interp, option, unite(*values)) if values else None for option in left]
        guard = _guard(interp, case, scope)
        if guard is False or (values and not any(outcome is not False for outcome in outcomes)):
            continue
        wanted = unite(*values) if values else unite(*left) if case.catches_all else None
        arms.append(lambda c=case, w=wanted: _case(interp, node.subject, c, w, subject, scope))  # type: ignore[misc]
        if guard is True:
            taken = [case.catches_all or _is_taken(interp, option, values) for option in left]
            left = [option for option, gone in zip(left, taken, strict=True) if not gone]
        if not left:
            break
    if not left and len(arms) == 1:
        return arms[0]()
    return interp.fork(*arms, *([lambda: Flow.NEXT] if left else [])) if arms else Flow.NEXT


def _is_taken(interp: Interpreter, option: Value, values: list[Value]) -> bool:
    """Whether a case is sure to take an alternative of the subject."""
    return any(comparing.equal(interp, option, value) is True for value in values)


def _guard(interp: Interpreter, case: code.Case, scope: Scope) -> bool | None:
    """Whether the guard holds; not known where it is about what the pattern binds."""
    if case.guard is None:
        return True
    if case.binds:
        return None
    with interp.quiet():
        return conditions.truth(interp, interp.evaluate(case.guard, scope))


def _case(
    interp: Interpreter, subject: code.ExprT, case: code.Case, wanted: Value | None, value: Value, scope: Scope
) -> Flow:
    for name in case.binds:
        bind_target(interp, code.Name(subject.at, name), value if case.catches_all else _inside(value), scope)
    if wanted is not None:
        conditions.narrow_to(interp, subject, scope, wanted)
    if case.guard is not None:
        interp.evaluate(case.guard, scope)
        conditions.assume(interp, case.guard, scope, holds=True)
    return interp.run(case.body, scope)


def _inside(value: Value) -> Value:
    return Unknown("matched by a pattern", None, sources_of(value))
