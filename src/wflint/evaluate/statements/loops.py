"""`for` and `while`: known rounds are run one by one, unknown ones once, as a thing that may happen again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.events import Assumed, Flow, Taken, common
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.iteration import bind_target, elements
from wflint.evaluate.grounds import Ground
from wflint.evaluate.heap import Leave, Leaves
from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import (
    NONE,
    Const,
    Rest,
    Text,
    Unknown,
    Value,
    may_be_absent,
    options_of,
    present,
    unite,
)
from wflint.source import code
from wflint.source.walking import children

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_for(interp: Interpreter, node: code.For, scope: Scope) -> Flow:
    """`for`: one round for each known element; an element that may not be there is an arm."""
    iterable = interp.evaluate(node.iterable, scope)
    items = list(elements(interp, iterable).content)
    if len(items) > interp.budget.rounds:
        items = [*items[: interp.budget.rounds], Rest(Unknown("an element beyond the budget"))]

    scope.looped.update(_targets((node.target,)))
    ground = Ground(sources_of(iterable), interp.place(node.iterable.at), repeats=True)

    def round_(value: Value) -> Flow:
        bind_target(interp, node.target, value, scope)
        return interp.run(node.body, scope)

    def one_more(value: Value) -> Flow:
        interp.grounds.rounds(interp.taken, ground)
        return round_(value)

    def rounds() -> Iterator[Callable[[], Flow]]:
        for item in items:
            value = item.value if isinstance(item, Rest) else present(item)
            if value is None:
                continue
            if isinstance(item, Rest):
                _loosen(interp, node, scope)
                yield lambda v=value: _perhaps(interp, lambda: one_more(v), again=True)  # type: ignore[misc]
            elif may_be_absent(item):
                yield lambda v=value: _perhaps(interp, lambda: round_(v), again=False)  # type: ignore[misc]
            else:
                yield lambda v=value: round_(v)  # type: ignore[misc]

    return _loop(interp, rounds(), node.orelse, scope, endless=False).flow


def run_while(interp: Interpreter, node: code.While, scope: Scope) -> Flow:
    """`while`: round by round as long as the test is known to hold."""

    def body() -> Flow:
        return interp.run(node.body, scope)

    def under_test() -> Flow:
        interp.grounds.test(interp.taken, tested, interp.place(node.test.at))
        conditions.assume(interp, node.test, scope, holds=True)
        return body()

    tested: Value = NONE
    endless = False

    def rounds() -> Iterator[Callable[[], Flow]]:
        nonlocal tested, endless
        for _ in range(interp.budget.rounds):
            tested = interp.evaluate(node.test, scope)
            outcome = conditions.truth(interp, tested)
            if outcome is False:
                return
            if outcome is None or isinstance(node.test, code.Constant):
                break
            yield body
        _loosen(interp, node, scope)
        endless = isinstance(node.test, code.Constant)
        yield (lambda: _again(interp, body)) if endless else (lambda: _perhaps(interp, under_test, again=True))

    ended = _loop(interp, rounds(), node.orelse, scope, endless=isinstance(node.test, code.Constant))
    if ended.flow is not Flow.NEXT or not endless:
        return ended.flow
    interp.taken = interp.grounds.passed(interp.taken, ended.because)
    return Flow.NEXT if ended.broken else Flow.RETURN  # the breaks are the only way out


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a loop ends: the flow after it, whether runs may have broken it off, and where some of them have left it."""

    flow: Flow
    broken: bool
    because: Taken


def _loop(
    interp: Interpreter,
    rounds: Iterator[Callable[[], Flow]],
    orelse: tuple[code.StmtT, ...],
    scope: Scope,
    *,
    endless: bool,
) -> _Ended:
    """Run the rounds, and what belongs to a loop that nobody broke off."""
    depth, taken = len(interp.heap.layers), interp.taken
    flow = Flow.NEXT
    jumps = interp.frames[-1].jumps
    earlier = len(jumps)
    for round_ in rounds:
        flow = _one_round(interp, round_)
        if flow is not Flow.NEXT:
            break
    left = interp.close_rests(depth)
    because, interp.taken = interp.taken[len(taken) :], taken
    if flow is Flow.RETURN and Leave.LOOP in left:
        flow, left = Flow.BREAK, left | flow.leaves
    interp.leave(left & {Leave.FUNCTION}, because)
    broken = flow is Flow.BREAK or Leave.LOOP in left
    _meet(interp, jumps, earlier, runs_out=flow is Flow.NEXT and not endless)
    if flow is Flow.BREAK:
        flow = Flow.NEXT
    elif flow not in (Flow.RETURN, Flow.RAISE, Flow.EXIT) and orelse:
        flow = (
            interp.fork(lambda: interp.run(orelse, scope), lambda: Flow.NEXT) if broken else interp.run(orelse, scope)
        )
    return _Ended(flow, broken, because)


def _meet(interp: Interpreter, jumps: list[tuple[Flow, Assumed]], earlier: int, *, runs_out: bool) -> None:
    """After a loop, what is known on all ways out of it: the end of its rounds, and each `break`."""
    ways = [assumed for flow, assumed in jumps[earlier:] if flow is Flow.BREAK]
    del jumps[earlier:]
    if ways:
        interp.assumed = common([*ways, *([interp.assumed] if runs_out else [])])


def _one_round(interp: Interpreter, round_: Callable[[], Flow]) -> Flow:
    """A round; runs that continue are back at its end, those that broke off or returned are not."""
    depth, taken = len(interp.heap.layers), interp.taken
    earlier = len(interp.frames[-1].jumps)
    flow = round_()
    continued = [assumed for jump, assumed in interp.frames[-1].jumps[earlier:] if jump is Flow.CONTINUE]
    if continued:
        interp.assumed = common([*continued, *([interp.assumed] if flow is Flow.NEXT else [])])
    left = interp.close_rests(depth)
    because, interp.taken = interp.taken[len(taken) :], taken
    if flow in (Flow.RETURN, Flow.BREAK) and Leave.ROUND in left:
        flow, left = Flow.NEXT, left | flow.leaves
    interp.leave(left - {Leave.ROUND}, because)
    return Flow.NEXT if flow is Flow.CONTINUE else flow


def _perhaps(interp: Interpreter, round_: Callable[[], Flow], *, again: bool) -> Flow:
    """A round that may happen, or may happen `again` and again."""
    return interp.fork(lambda: _in_arm(interp, round_, again=again), lambda: Flow.NEXT)


def _again(interp: Interpreter, round_: Callable[[], Flow]) -> Flow:
    """A round that happens, and then again and again until it is left."""
    return interp.fork(lambda: _in_arm(interp, round_, again=True, endless=True), decided=True)


def _in_arm(interp: Interpreter, round_: Callable[[], Flow], *, again: bool, endless: bool = False) -> Flow:
    depth, taken, recorded = len(interp.heap.layers), interp.taken, len(interp.events)
    flow = round_()
    left = interp.close_rests(depth)
    if again:
        interp.heap.repeated()
    because = interp.taken[len(taken) :]
    if again and flow in (Flow.NEXT, Flow.CONTINUE) and _has_answers(interp, recorded):
        left |= _once_more(interp, round_, left, endless=endless)
    if flow not in (Flow.BREAK, Flow.CONTINUE):
        interp.leave(left, because)
        return flow
    interp.leave(left | flow.leaves, because)
    return Flow.NEXT


def _has_answers(interp: Interpreter, since: int) -> bool:
    """Whether something was run in the meantime whose answer the next round may use."""
    return any(is_answer(event.result) for event in interp.events[since:])


def _once_more(interp: Interpreter, round_: Callable[[], Flow], left: Leaves, *, endless: bool) -> Leaves:
    """A second round, so that what the first one hands on to it is seen; the ways on which it is left.

    That some runs have left is among the conditions already; where there is no other way out, nothing else decides.
    """
    depth, taken = len(interp.heap.layers), interp.taken
    if left:
        interp.heap.open_rest(left)
    if not endless:
        interp.condition()
    interp.rounds += 1
    flow = round_()
    interp.rounds -= 1
    found = interp.close_rests(depth)
    interp.heap.repeated()
    interp.taken = taken
    return found | flow.leaves


def _loosen(interp: Interpreter, node: code.For | code.While, scope: Scope) -> None:
    """Names that a round hands on to the next, as far as they stand for numbers and texts, are not known."""
    assigned = _assigned(node.body)
    read = _names(node)
    for name, counts in assigned.items():
        holder = scope.target(name)
        old = holder.content.get(name)
        if name not in read or old is None or not all(isinstance(o, Const | Text) for o in options_of(old)):
            continue
        interp.heap.touch(holder)
        unknown = Unknown("counted in a loop" if counts else "changed in a loop", interp.place(node.at))
        holder.content[name] = unknown if counts else unite(old, unknown)


def _assigned(body: tuple[code.StmtT, ...]) -> dict[str, bool]:
    """The names that statements set, and whether by counting only."""
    found: dict[str, bool] = {}
    for statement in _own_statements(body):
        match statement:
            case code.Augment(target=code.Name(id=name)):
                found.setdefault(name, True)
            case code.Assign(targets=targets):
                found.update(dict.fromkeys(_targets(targets), False))
            case code.Declare(target=target) | code.For(target=target):
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
