"""`for` and `while`: known rounds are run one by one, unknown ones once, as a thing that may happen again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.control_dependence import ControlDependence
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Completion, Narrowing, PathCondition, common
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.iteration import bind_target, elements
from wflint.evaluate.havoc import cut_loop
from wflint.evaluate.heap import AbruptCompletion, AbruptCompletions
from wflint.evaluate.values import (
    NONE,
    Const,
    RepeatedElement,
    Text,
    Unknown,
    Value,
    alternatives,
    bound_part,
    join,
    possibly_unbound,
)
from wflint.source import code
from wflint.source.walking import children

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_loop(interp: Interpreter, node: code.For | code.While, scope: Scope) -> Completion:
    """A loop within its part of the budget."""
    spent, limit = interp.budget.spent, interp.budget.allot()
    completion = _run_for(interp, node, scope) if isinstance(node, code.For) else _run_while(interp, node, scope)
    steps = interp.budget.spent - spent
    if interp.budget.settle(limit):
        cut_loop(interp, node, scope, steps)
        return Completion.NORMAL
    return completion


def _run_for(interp: Interpreter, node: code.For, scope: Scope) -> Completion:
    """`for`: one round for each known element; an element that may not be there is an arm."""
    iterable = interp.evaluate(node.iterable, scope)
    items = list(elements(interp, iterable).content)
    if len(items) > interp.budget.max_iterations:
        items = [*items[: interp.budget.max_iterations], RepeatedElement(Unknown("an element beyond the budget"))]

    scope.looped.update(_targets((node.target,)))
    dependence = ControlDependence(depends_on(iterable), interp.location(node.iterable.at), repeats=True)

    def iteration(value: Value) -> Completion:
        bind_target(interp, node.target, value, scope)
        return interp.run(node.body, scope)

    def one_iteration(value: Value) -> Completion:
        interp.control_dependences.add_loop(interp.path_condition, dependence)
        return iteration(value)

    def iterations() -> Iterator[Callable[[], Completion]]:
        for item in items:
            value = item.value if isinstance(item, RepeatedElement) else bound_part(item)
            if value is None:
                continue
            if isinstance(item, RepeatedElement):
                _widen_names(interp, node, scope)
                yield lambda v=value: _perhaps(interp, lambda: one_iteration(v), again=True)  # type: ignore[misc]
            elif possibly_unbound(item):
                yield lambda v=value: _perhaps(interp, lambda: iteration(v), again=False)  # type: ignore[misc]
            else:
                yield lambda v=value: iteration(v)  # type: ignore[misc]

    return _loop(interp, iterations(), node.orelse, scope, endless=False).completion


def _run_while(interp: Interpreter, node: code.While, scope: Scope) -> Completion:
    """`while`: round by round as long as the test is known to hold."""

    def body() -> Completion:
        return interp.run(node.body, scope)

    def under_test() -> Completion:
        interp.control_dependences.add_test(interp.path_condition, tested, interp.location(node.test.at))
        conditions.assume(interp, node.test, scope, holds=True)
        return body()

    tested: Value = NONE
    endless = False

    def iterations() -> Iterator[Callable[[], Completion]]:
        nonlocal tested, endless
        for _ in range(interp.budget.max_iterations):
            tested = interp.evaluate(node.test, scope)
            outcome = conditions.truth(interp, tested)
            if outcome is False:
                return
            if outcome is None or isinstance(node.test, code.Constant):
                break
            yield body
        _widen_names(interp, node, scope)
        endless = isinstance(node.test, code.Constant)
        yield (lambda: _endless(interp, body)) if endless else (lambda: _perhaps(interp, under_test, again=True))

    ended = _loop(interp, iterations(), node.orelse, scope, endless=isinstance(node.test, code.Constant))
    if ended.completion is not Completion.NORMAL or not endless:
        return ended.completion
    interp.path_condition = interp.control_dependences.after_guard(interp.path_condition, ended.because)
    return Completion.NORMAL if ended.broken else Completion.RETURN  # the breaks are the only way out


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a loop ends: the flow after it, whether runs may have broken it off, and where some of them have left it."""

    completion: Completion
    broken: bool
    because: PathCondition


def _loop(
    interp: Interpreter,
    iterations: Iterator[Callable[[], Completion]],
    orelse: tuple[code.StmtT, ...],
    scope: Scope,
    *,
    endless: bool,
) -> _Ended:
    """Run the rounds, and what belongs to a loop that nobody broke off."""
    depth, path_condition = len(interp.heap.layers), interp.path_condition
    completion = Completion.NORMAL
    jumps = interp.frames[-1].jumps
    earlier = len(jumps)
    for iteration in iterations:
        completion = _run_iteration(interp, iteration)
        if completion is not Completion.NORMAL:
            break
    left = interp.join_early_exits(depth)
    because, interp.path_condition = interp.path_condition[len(path_condition) :], path_condition
    if completion is Completion.RETURN and AbruptCompletion.LOOP in left:
        completion, left = Completion.BREAK, left | completion.leaves
    interp.leave(left & {AbruptCompletion.FUNCTION}, because)
    broken = completion is Completion.BREAK or AbruptCompletion.LOOP in left
    _meet(interp, jumps, earlier, runs_out=completion is Completion.NORMAL and not endless)
    if completion is Completion.BREAK:
        completion = Completion.NORMAL
    elif completion not in (Completion.RETURN, Completion.RAISE, Completion.EXIT) and orelse:
        completion = (
            interp.fork(lambda: interp.run(orelse, scope), lambda: Completion.NORMAL)
            if broken
            else interp.run(orelse, scope)
        )
    return _Ended(completion, broken, because)


def _meet(interp: Interpreter, jumps: list[tuple[Completion, Narrowing]], earlier: int, *, runs_out: bool) -> None:
    """After a loop, what is known on all ways out of it: the end of its rounds, and each `break`."""
    ways = [assumed for completion, assumed in jumps[earlier:] if completion is Completion.BREAK]
    del jumps[earlier:]
    if ways:
        interp.narrowing = common([*ways, *([interp.narrowing] if runs_out else [])])


def _run_iteration(interp: Interpreter, iteration: Callable[[], Completion]) -> Completion:
    """A round; runs that continue are back at its end, those that broke off or returned are not."""
    depth, path_condition = len(interp.heap.layers), interp.path_condition
    earlier = len(interp.frames[-1].jumps)
    completion = iteration()
    continued = [assumed for jump, assumed in interp.frames[-1].jumps[earlier:] if jump is Completion.CONTINUE]
    if continued:
        interp.narrowing = common([*continued, *([interp.narrowing] if completion is Completion.NORMAL else [])])
    left = interp.join_early_exits(depth)
    because, interp.path_condition = interp.path_condition[len(path_condition) :], path_condition
    if completion in (Completion.RETURN, Completion.BREAK) and AbruptCompletion.CONTINUE in left:
        completion, left = Completion.NORMAL, left | completion.leaves
    interp.leave(left - {AbruptCompletion.CONTINUE}, because)
    return Completion.NORMAL if completion is Completion.CONTINUE else completion


def _perhaps(interp: Interpreter, iteration: Callable[[], Completion], *, again: bool) -> Completion:
    """A round that may happen, or may happen `again` and again."""
    return interp.fork(lambda: _in_arm(interp, iteration, again=again), lambda: Completion.NORMAL)


def _endless(interp: Interpreter, iteration: Callable[[], Completion]) -> Completion:
    """A round that happens, and then again and again until it is left."""
    return interp.fork(lambda: _in_arm(interp, iteration, again=True, endless=True), decided=True)


def _in_arm(
    interp: Interpreter, iteration: Callable[[], Completion], *, again: bool, endless: bool = False
) -> Completion:
    depth, path_condition, recorded = len(interp.heap.layers), interp.path_condition, len(interp.api_calls)
    completion = iteration()
    left = interp.join_early_exits(depth)
    if again:
        interp.heap.widen_loop()
    because = interp.path_condition[len(path_condition) :]
    if again and completion in (Completion.NORMAL, Completion.CONTINUE) and _has_answers(interp, recorded):
        left |= _iterate_again(interp, iteration, left, endless=endless)
    if completion not in (Completion.BREAK, Completion.CONTINUE):
        interp.leave(left, because)
        return completion
    interp.leave(left | completion.leaves, because)
    return Completion.NORMAL


def _has_answers(interp: Interpreter, since: int) -> bool:
    """Whether something was run in the meantime whose answer the next round may use."""
    return any(is_answer(api_call.result) for api_call in interp.api_calls[since:])


def _iterate_again(
    interp: Interpreter, iteration: Callable[[], Completion], left: AbruptCompletions, *, endless: bool
) -> AbruptCompletions:
    """A second round, so that what the first one hands on to it is seen; the ways on which it is left.

    That some runs have left is among the conditions already; where there is no other way out, nothing else decides.
    """
    depth, path_condition = len(interp.heap.layers), interp.path_condition
    if left:
        interp.heap.begin_continuation(left)
    if not endless:
        interp.condition()
    interp.iterations += 1
    completion = iteration()
    interp.iterations -= 1
    found = interp.join_early_exits(depth)
    interp.heap.widen_loop()
    interp.path_condition = path_condition
    return found | completion.leaves


def _widen_names(interp: Interpreter, node: code.For | code.While, scope: Scope) -> None:
    """Names that a round hands on to the next, as far as they stand for numbers and texts, are not known."""
    assigned = _assigned(node.body)
    read = _names(node)
    for name, counts in assigned.items():
        holder = scope.target(name)
        old = holder.content.get(name)
        if name not in read or old is None or not all(isinstance(o, Const | Text) for o in alternatives(old)):
            continue
        interp.heap.snapshot_before_write(holder)
        unknown = Unknown("counted in a loop" if counts else "changed in a loop", interp.location(node.at))
        holder.content[name] = unknown if counts else join(old, unknown)


def _assigned(body: tuple[code.StmtT, ...]) -> dict[str, bool]:
    """The names that statements set, and whether by counting only."""
    found: dict[str, bool] = {}
    for statement in _own_statements(body):
        match statement:
            case code.AugAssign(target=code.Name(id=name)):
                found.setdefault(name, True)
            case code.Assign(targets=targets):
                found.update(dict.fromkeys(_targets(targets), False))
            case code.AnnAssign(target=target) | code.For(target=target):
                found.update(dict.fromkeys(_targets((target,)), False))
            case _:
                pass
    return found


def _targets(targets: tuple[code.ExprT, ...]) -> Iterator[str]:
    for target in targets:
        match target:
            case code.Name(id=name):
                yield name
            case code.Display(items=items):
                yield from _targets(items)
            case code.Starred(value=value):
                yield from _targets((value,))
            case _:
                pass


def _names(node: code.For | code.While) -> set[str]:
    """The names that a loop reads; those that count up are read by that."""
    found: set[str] = set()
    queue: list[Struct] = [*node.body, *([node.test] if isinstance(node, code.While) else [])]
    while queue:
        item = queue.pop()
        if isinstance(item, code.Assign):
            queue += [item.value, *(target for target in item.targets if not isinstance(target, code.Name))]
            continue
        if isinstance(item, code.Name):
            found.add(item.id)
        queue += children(item)
    return found


def _own_statements(body: tuple[code.StmtT, ...]) -> list[code.StmtT]:
    found: list[code.StmtT] = []
    queue = list(body)
    while queue:
        node = queue.pop()
        found.append(node)
        match node:
            case (
                code.If(body=inner, orelse=orelse)
                | code.For(body=inner, orelse=orelse)
                | code.While(body=inner, orelse=orelse)
            ):
                queue += [*inner, *orelse]
            case code.Try(body=inner, handlers=handlers, orelse=orelse, final=final):
                queue += [*inner, *orelse, *final, *(s for handler in handlers for s in handler.body)]
            case code.With(body=inner):
                queue += inner
            case code.Match(cases=cases):
                queue += [s for case in cases for s in case.body]
            case _:
                pass
    return found
