"""Calls that need not be run again: what one without effects gave, as long as all that it read is as it was.

A call has no effect where nothing is written down while it runs, and nothing that was there before it has changed when
it is over. What it reads are names of scopes that were there, and what can be reached from those and its arguments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct, field

from wflint.evaluate.call_keys import key_of_call
from wflint.evaluate.reachable import reached
from wflint.evaluate.replicas import Irreproducible, replica
from wflint.evaluate.scope import Scope
from wflint.evaluate.values import Arguments, Bound, Function, HeapObject, Location, Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

FEWEST_STEPS = 16
"""Of a call that takes fewer, looking it up would take as long."""
MOST_IN_VAIN = 4
"""So often in a row is a function looked at that has effects, or reads too much."""
MOST_READ = 120
"""So many names and objects are compared before a call is taken to give the same again."""

Reading = tuple[Scope, str, Value | None]
"""A scope, a name in it, and what it stood for there; None where neither it nor a scope around it had the name."""


class Remembered(Struct, frozen=True):
    """What a call without effects gave, what it cost, and what it read: names, and the `versions` of objects."""

    value: Value
    since: int
    steps: int
    path_condition: tuple[int, ...]
    readings: tuple[Reading, ...]
    versions: tuple[tuple[HeapObject, int], ...]


class CallMemory(Struct):
    """The calls without effects so far; `log` is what names were read by those that are running."""

    known: dict[Hashable, Remembered] = field(default_factory=dict)
    log: list[Reading] = field(default_factory=list)
    in_vain: Counter[int] = field(default_factory=Counter)
    unfollowed: int = 0
    running: int = 0

    def holds(self, interp: Interpreter, remembered: Remembered) -> bool:
        """Whether all that a call has read is as it was."""
        watched = interp.heap.watched
        return all(_is_so(scope, name, value) for scope, name, value in remembered.readings) and all(
            watched[id(obj)] == version for obj, version in remembered.versions
        )


def remembering(
    interp: Interpreter, callee: Function | Bound, arguments: Arguments, run: Callable[[], Value]
) -> Value:
    """What a call gives: what it gave before where that must be the same, else what `run` gives."""
    memory = interp.memory
    function = callee if isinstance(callee, Function) else callee.function
    assert isinstance(function, Function)
    if memory.in_vain[id(function.node)] >= MOST_IN_VAIN:
        return run()
    key = key_of_call(interp, function, callee, arguments)
    if key is None:
        return run()
    known = memory.known.get(key)
    if known is not None and _is_affordable(interp, known) and memory.holds(interp, known):
        memory.log += known.readings
        interp.budget.spent += known.steps
        return replica(interp, known.value, known.since, known.path_condition)
    return _watched(interp, function, key, (callee, arguments), run)


def _watched(
    interp: Interpreter,
    function: Function,
    key: Hashable,
    given: tuple[Function | Bound, Arguments],
    run: Callable[[], Value],
) -> Value:
    memory, heap = interp.memory, interp.heap
    begun, since, spent = len(memory.log), heap.clock, interp.budget.spent
    before = _written_down(interp)
    heap.open_branch()
    with _running(memory):
        value = run()
    changed = heap.merge_branch()
    first = {(scope, name): value for scope, name, value in reversed(list(_outside(memory.log[begun:], since)))}
    read = [(scope, name, value) for (scope, name), value in first.items()]
    memory.log[begun:] = read if memory.running else ()
    steps = interp.budget.spent - spent
    if steps < FEWEST_STEPS:
        memory.in_vain[id(function.node)] += 1
        return value
    kept = None
    if not changed and not interp.budget.exhausted and before == _written_down(interp):
        kept = _kept(interp, value, since, steps, (read, given))
    memory.in_vain[id(function.node)] = 0 if kept is not None else memory.in_vain[id(function.node)] + 1
    if kept is not None:
        memory.known[key] = kept
    return value


@contextmanager
def _running(memory: CallMemory) -> Iterator[None]:
    memory.running += 1
    try:
        yield
    finally:
        memory.running -= 1


def _kept(
    interp: Interpreter,
    value: Value,
    since: int,
    steps: int,
    read: tuple[list[Reading], tuple[Function | Bound, Arguments]],
) -> Remembered | None:
    readings, (callee, arguments) = read
    objects = reached((callee, *arguments, *(held for _, _, held in readings if held is not None)), MOST_READ)
    if objects is None or len(readings) > MOST_READ:
        return None
    try:
        now = interp.path_condition
        template = replica(interp, value, since, now)
    except Irreproducible:
        return None
    versions = tuple((each, interp.heap.watched.setdefault(id(each), 0)) for each in objects)
    return Remembered(template, interp.heap.clock, steps, now, tuple(readings), versions)


def _outside(readings: Iterable[Reading], since: int) -> Iterator[Reading]:
    """What was read of scopes that were there before."""
    for scope, name, value in readings:
        if scope.allocated_at <= since:
            yield scope, name, value
        elif value is None:
            outer = scope
            while outer.parent is not None and outer.allocated_at > since:
                outer = outer.parent
            yield outer, name, None


def _is_so(scope: Scope, name: str, value: Value | None) -> bool:
    """Whether a name stands for what it stood for."""
    if value is None:
        return scope.holder(name) is None
    return scope.content.get(name) is value


def _is_affordable(interp: Interpreter, known: Remembered) -> bool:
    """Whether the call would come to its end within what is left: half of it, as each call within it gets less."""
    return known.steps * 2 < interp.budget.limit - interp.budget.spent


def _written_down(interp: Interpreter) -> tuple[object, ...]:
    """How much is written down so far, and what is known of how we got here."""
    recorder, uses = interp.recorder, interp.output_uses
    watched = (recorder.accesses, recorder.calls, recorder.comparisons) if recorder is not None else ()
    written = (
        interp.objects, interp.api_calls, interp.classes, interp.escaped_objects, interp.uses, uses.calls,
        uses.comparisons, interp.readings, interp.misread, interp.contained.errors, *watched,
    )  # fmt: skip
    counted = interp.instances_made, interp.budget.times_cut, interp.memory.unfollowed
    return (*map(len, written), *counted, interp.path_condition, interp.narrowing)
