"""`match`: the cases that the subject may be, each under what its pattern tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wflint.evaluate import conditions
from wflint.evaluate.events import Flow
from wflint.evaluate.iteration import bind_target
from wflint.evaluate.values import Const, Unknown, Value, options_of, sources_of, unite
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_match(interp: Interpreter, node: code.Match, scope: Scope) -> Flow:
    """`match`: a case that cannot be is left out; one that must be ends the search."""
    subject = interp.evaluate(node.subject, scope)
    place = interp.place(node.at)
    arms: list[Callable[[], Flow]] = []
    exhaustive = False
    for case in node.cases:
        values = [interp.evaluate(value, scope) for value in case.values]
        outcomes = {conditions.compare(interp, "==", subject, value, place) for value in values}
        if values and outcomes == {False} and case.guard is None:
            continue
        sure = case.guard is None and (case.catches_all or True in outcomes)
        arms.append(lambda c=case, v=values: _case(interp, node.subject, c, v, subject, scope))  # type: ignore[misc]
        if sure:
            exhaustive = True
            break
    exhaustive = exhaustive or _covers(interp, subject, node, scope)
    if exhaustive and len(arms) == 1:
        return arms[0]()
    return interp.fork(*arms, *([] if exhaustive else [lambda: Flow.NEXT])) if arms else Flow.NEXT


def _covers(interp: Interpreter, subject: Value, node: code.Match, scope: Scope) -> bool:
    """Whether the cases name every value the subject may have."""
    with interp.quiet():
        named = [
            interp.resolved(interp.evaluate(value, scope))
            for case in node.cases
            if not case.guard
            for value in case.values
        ]
    possible = interp.possibilities(subject)
    return all(any(_is_same(option, value) for value in named) for option in possible)


def _is_same(option: Value, value: Value) -> bool:
    """Whether two known values are the same one."""
    return (isinstance(option, Const) and option in options_of(value)) or option is value


def _case(
    interp: Interpreter, subject: code.ExprT, case: code.Case, values: list[Value], value: Value, scope: Scope
) -> Flow:
    for name in case.binds:
        bind_target(interp, code.Name(subject.at, name), value if case.catches_all else _inside(value), scope)
    if values:
        conditions.narrow_to(interp, subject, scope, unite(*values))
    if case.guard is not None:
        interp.evaluate(case.guard, scope)
        conditions.assume(interp, case.guard, scope, holds=True)
    return interp.run(case.body, scope)


def _inside(value: Value) -> Value:
    return Unknown("matched by a pattern", None, sources_of(value))
