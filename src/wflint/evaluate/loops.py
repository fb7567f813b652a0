"""`for` and `while`: known rounds are run one by one, unknown ones once, as a thing that may happen."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING

from wflint.evaluate import conditions
from wflint.evaluate.events import Flow
from wflint.evaluate.iteration import bind_target, elements
from wflint.evaluate.values import ABSENT, NONE, Const, Rest, Sequence, Unknown, Value, may_be_absent, present, unite
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_for(interp: Interpreter, node: code.For, scope: Scope) -> Flow:
    """`for`: one round for each known element; an element that may not be there is an arm."""
    listed = elements(interp, interp.evaluate(node.iterable, scope))
    interp.frames[-1].breaks.append([])
    taken, returns = interp.taken, len(interp.frames[-1].returns)

    def round_(value: Value) -> Flow:
        bind_target(interp, node.target, value, scope)
        return interp.run(node.body, scope)

    def some_rounds(value: Value) -> Flow:
        flow = round_(value)
        _repeat_growth(interp)
        return flow

    flow = Flow.NEXT
    for item in listed.content[: interp.budget.rounds]:
        before = interp.taken
        if isinstance(item, Rest) or may_be_absent(item):
            value = item.value if isinstance(item, Rest) else present(item)
            if value is None:
                continue
            arm = some_rounds if isinstance(item, Rest) else round_
            flow = interp.fork(partial(arm, value), lambda: Flow.NEXT)
        else:
            flow = round_(item)
        if flow is not Flow.NEXT and not (flow is Flow.JUMP and _continues(node.body)):
            break
        if flow is Flow.JUMP:
            interp.taken = before
    return _after_loop(interp, node.orelse, scope, flow, taken, returns)


def _repeat_growth(interp: Interpreter) -> None:
    """What one round that stands for many adds to a list, it adds any number of times."""
    layer = interp.heap.layers[-1]
    for box in layer.changed:
        before = layer.saved[box]
        if isinstance(box, Sequence) and box.content[: len(before)] == before:
            grown = box.content[len(before) :]
            box.content = [
                *before,
                *(item if isinstance(item, Rest) else Rest(present(item) or item) for item in grown),
            ]


def _continues(body: tuple[code.StmtT, ...]) -> bool:
    """Whether the jumps of a loop's body are all `continue`."""
    return not any(isinstance(node, code.Jump) and node.kind == "break" for node in _own_statements(body))


def _own_statements(body: tuple[code.StmtT, ...]) -> list[code.StmtT]:
    found: list[code.StmtT] = []
    queue = list(body)
    while queue:
        node = queue.pop()
        found.append(node)
        match node:
            case code.If(body=inner, orelse=orelse):
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


def _after_loop(
    interp: Interpreter,
    orelse: tuple[code.StmtT, ...],
    scope: Scope,
    flow: Flow,
    taken: tuple[int, ...],
    returns: int,
) -> Flow:
    """Conditions that a loop's jumps left end with it; those that its returns left last."""
    interp.taken = taken
    _rejoin(interp, interp.frames[-1].breaks.pop(), scope)
    if flow in (Flow.RETURN, Flow.RAISE):
        return flow
    if len(interp.frames[-1].returns) > returns:
        interp.condition()
    return interp.run(orelse, scope) if flow is Flow.NEXT else Flow.NEXT


def _rejoin(interp: Interpreter, left: list[dict[Hashable, Value]], scope: Scope) -> None:
    """Join the names as they were at the breaks with what they are at the end."""
    for names in left:
        for name, value in names.items():
            now = scope.content.get(name, ABSENT)
            if now is not value:
                interp.heap.touch(scope)
                scope.content[name] = unite(value, now)


def run_while(interp: Interpreter, node: code.While, scope: Scope) -> Flow:
    """`while`: round by round as long as the test is known to hold."""
    interp.frames[-1].breaks.append([])
    taken, returns = interp.taken, len(interp.frames[-1].returns)
    flow = Flow.NEXT
    for _ in range(interp.budget.rounds):
        outcome = conditions.truth(interp, interp.evaluate(node.test, scope))
        if outcome is False:
            break
        if outcome is None or isinstance(node.test, code.Constant):
            flow = _some_rounds(interp, node, scope, endless=outcome is True)
            break
        flow = interp.run(node.body, scope)
        if flow is not Flow.NEXT:
            break
    return _after_loop(interp, node.orelse, scope, flow, taken, returns)


def _some_rounds(interp: Interpreter, node: code.While, scope: Scope, *, endless: bool) -> Flow:
    """A loop that runs nobody knows how often: names that count up are unknown, then one round stands for all."""
    for statement in _own_statements(node.body):
        if isinstance(statement, code.Augment) and isinstance(statement.target, code.Name):
            target = scope.target(statement.target.id)
            interp.heap.touch(target)
            old = target.content.get(statement.target.id, NONE)
            if isinstance(old, Const):
                target.content[statement.target.id] = Unknown("counted in a loop", interp.place(statement.at))

    def round_() -> Flow:
        if not endless:
            conditions.assume(interp, node.test, scope, holds=True)
        return interp.run(node.body, scope)

    if endless:
        flow = round_()
        return Flow.NEXT if flow is Flow.JUMP else flow
    return interp.fork(round_, lambda: Flow.NEXT)
