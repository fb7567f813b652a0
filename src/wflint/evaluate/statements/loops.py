"""`for` and `while`: known rounds are run one by one, unknown ones once, as a thing that may happen again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.contents import item_if_there
from wflint.evaluate.control_dependence import ControlDependence
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import Completion, Narrowing, PathCondition, common
from wflint.evaluate.expressions import conditions
from wflint.evaluate.expressions.iteration import bind_target, elements
from wflint.evaluate.havoc import cut_loop
from wflint.evaluate.heap import AbruptCompletion, AbruptCompletions
from wflint.evaluate.statements.bindings import target_names
from wflint.evaluate.statements.pace import Pace, any_of, few_rounds
from wflint.evaluate.values import (
    NONE,
    UNBOUND,
    Const,
    Function,
    RepeatedElement,
    Text,
    Unknown,
    Value,
    alternatives,
    join,
    possibly_unbound,
)
from wflint.source import code
from wflint.source.walking import children

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def run_loop(interp: Interpreter, node: code.For | code.While, scope: Scope) -> Completion:
    """A loop within its part of the budget; what is nested deeper than Python takes is not run."""
    frame = interp.frames[-1]
    if frame.loops == MOST_NESTED:
        cut_loop(interp, node, scope, 0)
        return Completion.NORMAL
    spent, limit = interp.budget.spent, interp.budget.allot()
    frame.loops += 1
    completion = _run_for(interp, node, scope) if isinstance(node, code.For) else _run_while(interp, node, scope)
    frame.loops -= 1
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

    if interp.recorder is not None:
        items = few_rounds(items)
    scope.looped.update(target_names(node.target))
    dependence = ControlDependence(depends_on(iterable), interp.location(node.iterable.at), repeats=True)

    def iteration(value: Value) -> Completion:
        bind_target(interp, node.target, value, scope)
        return interp.run(node.body, scope)

    def one_iteration(value: Value) -> Completion:
        interp.control_dependences.add_loop(interp.path_condition, dependence)
        return iteration(value)

    def iterations() -> Iterator[Callable[[], Completion]]:
        pace = Pace.of(interp)
        for number, item in enumerate(items):
            if pace.runs_out(number, ahead=len(items) - number):
                rest = partial(one_iteration, any_of(items[number:]))
                yield _Repeating(interp, node, scope, handed_on(node), rest).run
                return
            value = item_if_there(item)
            if value is None:
                continue
            if isinstance(item, RepeatedElement):
                yield _Repeating(interp, node, scope, handed_on(node), partial(one_iteration, value)).run
            elif possibly_unbound(item):
                yield lambda v=value: _perhaps(interp, lambda: iteration(v))  # type: ignore[misc]
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
        pace = Pace.of(interp)
        for number in range(interp.budget.max_iterations):
            tested = interp.evaluate(node.test, scope)
            outcome = conditions.truth(interp, tested)
            if outcome is False:
                return
            if outcome is None or isinstance(node.test, code.Constant) or pace.runs_out(number, ahead=number):
                break
            yield body
        endless = isinstance(node.test, code.Constant)
        yield _Repeating(interp, node, scope, handed_on(node), body if endless else under_test, endless=endless).run

    ended = _loop(interp, iterations(), node.orelse, scope, endless=isinstance(node.test, code.Constant))
    if ended.completion is not Completion.NORMAL or not endless:
        return ended.completion
    interp.path_condition = interp.control_dependences.after_guard(interp.path_condition, ended.because)
    return Completion.NORMAL if ended.broken else Completion.RETURN  # the breaks are the only way out


class _Ended(Struct, frozen=True):
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


def _perhaps(interp: Interpreter, iteration: Callable[[], Completion]) -> Completion:
    """A round that may happen."""
    return interp.fork(lambda: _in_arm(interp, iteration), lambda: Completion.NORMAL)


def _in_arm(interp: Interpreter, iteration: Callable[[], Completion]) -> Completion:
    depth, path_condition = len(interp.heap.layers), interp.path_condition
    completion = iteration()
    left = interp.join_early_exits(depth)
    return _after(interp, completion, left, interp.path_condition[len(path_condition) :])


def _after(interp: Interpreter, completion: Completion, left: AbruptCompletions, because: PathCondition) -> Completion:
    """What comes after a round that may not be the last one."""
    if completion not in (Completion.BREAK, Completion.CONTINUE):
        interp.leave(left, because)
        return completion
    interp.leave(left | completion.leaves, because)
    return Completion.NORMAL


class _Repeating(Struct, frozen=True):
    """A round that happens again and again: perhaps, or, of an endless loop, for sure until it is left.

    `names` are those that it hands on, and whether by counting only.
    """

    interp: Interpreter
    node: code.For | code.While
    scope: Scope
    names: dict[str, bool]
    iteration: Callable[[], Completion]
    endless: bool = False

    def run(self) -> Completion:
        """Round after round, each from where the one before it ended, until they bring up nothing new.

        After a few rounds, and within rounds that are run again, what is handed on is not known any more.
        """
        counters = tuple(name for name, counts in self.names.items() if counts)
        self._widen({}, tuple(self.names) if self.interp.iterations else counters)
        is_deep = self.interp.iterations >= DEEPEST_ROUND
        if is_deep:
            self._forget()
        first = partial(self._round, last=is_deep)
        if self.endless:
            return self.interp.fork(first, decided=True)
        return self.interp.fork(first, lambda: Completion.NORMAL)

    def _round(self, number: int = 1, *, last: bool = False) -> Completion:
        interp = self.interp
        depth, path_condition, recorded = len(interp.heap.layers), interp.path_condition, len(interp.api_calls)
        before, spent = self._handed_on(), interp.budget.spent
        completion = self.iteration()
        left = interp.join_early_exits(depth)
        because = interp.path_condition[len(path_condition) :]
        if not last and not interp.budget.exhausted and completion in (Completion.NORMAL, Completion.CONTINUE):
            is_new = any(value != before.get(name) for name, value in self._handed_on().items())
            made = interp.api_calls[recorded:]
            lasts = ROUNDS_AHEAD * (interp.budget.spent - spent) < interp.budget.left
            widened = not (is_new and made and lasts and number < len(before) + MOST_ROUNDS)
            if widened:
                interp.heap.widen_loop()
                self._widen(before, tuple(before))
            if is_new or any(is_answer(api_call.result) for api_call in made):
                left |= self._next(left, number + 1, last=widened)
        interp.heap.widen_loop()
        return _after(interp, completion, left, because)

    def _next(self, left: AbruptCompletions, number: int, *, last: bool) -> AbruptCompletions:
        """A further round, so that what is handed on to it is seen; the ways on which it is left.

        That some runs have left is among the conditions already; where there is no other way out, nothing else decides.
        """
        interp = self.interp
        depth, path_condition = len(interp.heap.layers), interp.path_condition
        if left:
            interp.heap.begin_continuation(left)
        interp.iterations += 1
        if self.endless:
            completion = self._round(number, last=last)
        else:
            completion = interp.fork(lambda: self._round(number, last=last), lambda: Completion.NORMAL)
        interp.iterations -= 1
        found = interp.join_early_exits(depth)
        interp.path_condition = path_condition
        return found | completion.leaves

    def _handed_on(self) -> dict[str, Value]:
        """The names that a round may hand on to the next, and what they stand for; mere counters are not followed."""
        holders = ((name, self.scope.target(name)) for name, counts in self.names.items() if not counts)
        return {name: holder.content[name] for name, holder in holders if name in holder.content}

    def _widen(self, before: dict[str, Value], names: tuple[str, ...]) -> None:
        """What names hand on is not known any more: numbers and texts by themselves, others as they were and are."""
        for name in names:
            holder = self.scope.target(name)
            if name in holder.content:
                self.interp.heap.snapshot_before_write(holder)
                holder.content[name] = self._widened(name, holder.content[name], before.get(name, UNBOUND))

    def _forget(self) -> None:
        """Any round may hand on anything: what names stand for is not known, so that one round shows all of them."""
        for name in self._handed_on():
            holder = self.scope.target(name)
            self.interp.heap.snapshot_before_write(holder)
            unknown = Unknown(CHANGED, self.interp.location(self.node.at))
            holder.content[name] = join(holder.content[name], unknown)

    def _widened(self, name: str, value: Value, before: Value) -> Value:
        at = self.interp.location(self.node.at)
        known = value if before is UNBOUND else join(value, before)
        if not all(isinstance(option, Const | Text) for option in alternatives(value)):
            return join(known, Unknown(CHANGED, at)) if _wraps(value, before) else known
        return Unknown("counted in a loop", at) if self.names[name] else join(known, Unknown(CHANGED, at))


def _wraps(value: Value, before: Value) -> bool:
    """Whether a function was made around the one that there was before: each round makes another one around that."""
    earlier = [option for option in alternatives(before) if isinstance(option, Function)]
    made = (option.scope for option in alternatives(value) if isinstance(option, Function))
    held = (inner for scope in made if scope.kind == "function" for inner in scope.content.values())
    return bool(earlier) and any(option in earlier for inner in held for option in alternatives(inner))


CHANGED = "changed in a loop"
MOST_NESTED = 21
"""So many loops in one another Python compiles, from 3.13 on; before, one less."""
MOST_ROUNDS = 2
"""So many rounds of a loop that builds something are run one by one, and one more for each name that it hands on."""
ROUNDS_AHEAD = 3
"""So many more rounds must the budget suffice for: the next, the last, and as much for what comes after the loop."""
DEEPEST_ROUND = 1
"""So deep in rounds that are gone through again, a loop is gone through once, for all of its rounds."""


def handed_on(node: code.For | code.While) -> dict[str, bool]:
    """The names that a loop sets and reads, and whether by counting only."""
    read = _names(node)
    return {name: counts for name, counts in _assigned(node.body).items() if name in read}


def _assigned(body: tuple[code.StmtT, ...]) -> dict[str, bool]:
    """The names that statements set, and whether by counting only."""
    found: dict[str, bool] = {}
    for statement in _own_statements(body):
        match statement:
            case code.AugAssign(target=code.Name(id=name)):
                found.setdefault(name, True)
            case code.Assign(targets=targets):
                found.update((name, False) for target in targets for name in target_names(target))
            case code.AnnAssign(target=target) | code.For(target=target):
                found.update((name, False) for name in target_names(target))
            case _:
                pass
    return found


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
