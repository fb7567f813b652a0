"""`for` and `while`: known rounds are run one by one, unknown ones once, as a thing that may happen again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate import conditions
from wflint.evaluate.events import Flow
from wflint.evaluate.heap import Leave
from wflint.evaluate.iteration import bind_target, elements
from wflint.evaluate.values import Const, Rest, Text, Unknown, Value, may_be_absent, options_of, present, unite
from wflint.source import code
from wflint.source.walking import children

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_for(interp: Interpreter, node: code.For, scope: Scope) -> Flow:
    """`for`: one round for each known element; an element that may not be there is an arm."""
    items = list(elements(interp, interp.evaluate(node.iterable, scope)).content)
    if len(items) > interp.budget.rounds:
        items = [*items[: interp.budget.rounds], Rest(Unknown("an element beyond the budget"))]

    def round_(value: Value) -> Flow:
        bind_target(interp, node.target, value, scope)
        return interp.run(node.body, scope)

    def rounds() -> Iterator[Callable[[], Flow]]:
        for item in items:
            value = item.value if isinstance(item, Rest) else present(item)
            if value is None:
                continue
            if isinstance(item, Rest):
                _loosen(interp, node, scope)
                yield lambda v=value: _perhaps(interp, lambda: round_(v), again=True)  # type: ignore[misc]
            elif may_be_absent(item):
                yield lambda v=value: _perhaps(interp, lambda: round_(v), again=False)  # type: ignore[misc]
            else:
                yield lambda v=value: round_(v)  # type: ignore[misc]

    return _loop(interp, rounds(), node.orelse, scope)


def run_while(interp: Interpreter, node: code.While, scope: Scope) -> Flow:
    """`while`: round by round as long as the test is known to hold."""

    def body() -> Flow:
        return interp.run(node.body, scope)

    def under_test() -> Flow:
        conditions.assume(interp, node.test, scope, holds=True)
        return body()

    def rounds() -> Iterator[Callable[[], Flow]]:
        for _ in range(interp.budget.rounds):
            outcome = conditions.truth(interp, interp.evaluate(node.test, scope))
            if outcome is False:
                return
            if outcome is None or isinstance(node.test, code.Constant):
                break
            yield body
        _loosen(interp, node, scope)
        endless = isinstance(node.test, code.Constant)
        yield (lambda: _again(interp, body)) if endless else (lambda: _perhaps(interp, under_test, again=True))

    return _loop(interp, rounds(), node.orelse, scope)


def _loop(
    interp: Interpreter, rounds: Iterator[Callable[[], Flow]], orelse: tuple[code.StmtT, ...], scope: Scope
) -> Flow:
    """Run the rounds, and what belongs to a loop that nobody broke off."""
    depth, taken = len(interp.heap.layers), interp.taken
    flow = Flow.NEXT
    for round_ in rounds:
        flow = _one_round(interp, round_)
        if flow is not Flow.NEXT:
            break
    left = interp.close_rests(depth)
    interp.taken = taken
    if flow is Flow.RETURN and Leave.LOOP in left:
        flow, left = Flow.BREAK, left | flow.leaves
    interp.leave(left & {Leave.FUNCTION})
    if flow in (Flow.RETURN, Flow.RAISE):
        return flow
    if flow is Flow.BREAK:
        return Flow.NEXT
    if Leave.LOOP in left and orelse:
        return interp.fork(lambda: interp.run(orelse, scope), lambda: Flow.NEXT)
    return interp.run(orelse, scope)


def _one_round(interp: Interpreter, round_: Callable[[], Flow]) -> Flow:
    """A round; runs that continue are back at its end, those that broke off or returned are not."""
    depth, taken = len(interp.heap.layers), interp.taken
    flow = round_()
    left = interp.close_rests(depth)
    interp.taken = taken
    if flow in (Flow.RETURN, Flow.BREAK) and Leave.ROUND in left:
        flow, left = Flow.NEXT, left | flow.leaves
    interp.leave(left - {Leave.ROUND})
    return Flow.NEXT if flow is Flow.CONTINUE else flow


def _perhaps(interp: Interpreter, round_: Callable[[], Flow], *, again: bool) -> Flow:
    """A round that may happen, or may happen `again` and again."""
    return interp.fork(lambda: _in_arm(interp, round_, again=again), lambda: Flow.NEXT)


def _again(interp: Interpreter, round_: Callable[[], Flow]) -> Flow:
    """A round that happens, and then perhaps again and again."""
    return interp.fork(lambda: _in_arm(interp, round_, again=True), decided=True)


def _in_arm(interp: Interpreter, round_: Callable[[], Flow], *, again: bool) -> Flow:
    depth = len(interp.heap.layers)
    flow = round_()
    left = interp.close_rests(depth)
    if again:
        interp.heap.repeated()
    if flow not in (Flow.BREAK, Flow.CONTINUE):
        interp.leave(left)
        return flow
    interp.leave(left | flow.leaves)
    return Flow.NEXT


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
