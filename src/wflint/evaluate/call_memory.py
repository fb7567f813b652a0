"""Calls that need not be run again: what one without effects gave, as long as all that it read is as it was.

A call has no effect where nothing that was there before it has changed when it is over, and nothing is written down
while it runs. What it reads are names of scopes that were there, and what can be reached from those and from its
arguments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct, field

from wflint.evaluate.call_keys import CallKey, key_of_call
from wflint.evaluate.reachable import reached
from wflint.evaluate.replicas import Irreproducible, Replicas
from wflint.evaluate.scope import Scope
from wflint.evaluate.values import Arguments, Bound, Function, HeapObject, Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

FEWEST_STEPS = 16
"""Of a call that takes fewer, looking it up would take as long."""
MOST_FOR_NOTHING = 4
"""So often in a row is a function looked at that has effects, or reads too much."""
MOST_READ = 120
"""So many names and objects are compared before a call is taken to give the same again."""

Reading = tuple[Scope, str, Value | None]
"""A scope, a name in it, and what it stood for there; None where neither it nor a scope around it had the name."""


class Call(Struct, frozen=True):
    """A call of a function of the source, as it is about to be run."""

    function: Function
    callee: Function | Bound
    arguments: Arguments


class Remembered(Struct, frozen=True):
    """What a call without effects gave, what it cost, and what it read: names, and the `versions` of objects.

    What it made was made after `since`, under `path_condition`. Of the lists and dicts that were `looked_into`, others
    with the same in them will do.
    """

    value: Value
    since: int
    path_condition: tuple[int, ...]
    looked_into: tuple[HeapObject, ...]
    steps: int
    readings: tuple[Reading, ...]
    versions: tuple[tuple[HeapObject, int], ...]


class CallMemory(Struct):
    """The calls without effects so far; `log` is what names were read by the calls that are `running`.

    `for_nothing` is how often in a row a function was looked at for nothing, `unrepeatable` how often something
    happened that another time would not: a call left out because of where it is, an object of the source made.
    """

    known: dict[Hashable, Remembered] = field(default_factory=dict)
    log: list[Reading] = field(default_factory=list)
    for_nothing: Counter[int] = field(default_factory=Counter)
    unrepeatable: int = 0
    running: int = 0

    @contextmanager
    def run(self) -> Iterator[None]:
        """A call is run and looked at."""
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1

    def readings_since(self, begun: int, clock: int) -> list[Reading]:
        """What was read of scopes that were there at a time, each name once; it stays so for the calls around."""
        first = {(scope, name): value for scope, name, value in reversed(list(_outside(self.log[begun:], clock)))}
        found = [(scope, name, value) for (scope, name), value in first.items()]
        self.log[begun:] = found if self.running else ()
        return found


def remembering(interp: Interpreter, call: Call, run: Callable[[], Value]) -> Value:
    """What a call gives: what it gave before where that must be the same, else what `run` gives."""
    memory = interp.memory
    if memory.for_nothing[id(call.function.node)] >= MOST_FOR_NOTHING:
        return run()
    key = key_of_call(interp, call.function, call.callee, call.arguments)
    if key is None:
        return run()
    known = memory.known.get(key.key)
    if known is not None and _is_affordable(interp, known) and _holds(interp, known):
        memory.log += known.readings
        interp.budget.spent += known.steps
        handed = dict(zip(known.looked_into, key.looked_into, strict=True))
        return Replicas(interp, known.since, known.path_condition, handed).of(known.value)
    return _watched(interp, call, key, run)


def _watched(interp: Interpreter, call: Call, key: CallKey, run: Callable[[], Value]) -> Value:
    """What `run` gives, kept where the call turns out to have no effect."""
    memory, heap, node = interp.memory, interp.heap, id(call.function.node)
    begun, since, spent, before = len(memory.log), heap.clock, interp.budget.spent, _written_down(interp)
    heap.open_branch()
    with memory.run():
        value = run()
    changed = heap.merge_branch()
    readings, steps = memory.readings_since(begun, since), interp.budget.spent - spent
    memory.for_nothing[node] += 1
    if steps < FEWEST_STEPS or changed or interp.budget.exhausted or before != _written_down(interp):
        return value
    objects = reached((call.callee, *call.arguments, *(held for _, _, held in readings if held is not None)), MOST_READ)
    if objects is None or len(readings) > MOST_READ:
        return value
    try:
        conditions = interp.path_condition
        kept = Replicas(interp, since, conditions).of(value)
    except Irreproducible:
        return value
    compared = [each for each in objects if each not in key.looked_into]
    versions = tuple((each, heap.kept_versions.setdefault(id(each), 0)) for each in compared)
    memory.known[key.key] = Remembered(kept, since, conditions, key.looked_into, steps, tuple(readings), versions)
    memory.for_nothing[node] = 0
    return value


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


def _holds(interp: Interpreter, known: Remembered) -> bool:
    """Whether all that a call has read is as it was."""
    versions = interp.heap.kept_versions
    return all(_is_so(*reading) for reading in known.readings) and all(
        versions[id(obj)] == version for obj, version in known.versions
    )


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
    uses, recorder = interp.output_uses, interp.recorder
    observed = (recorder.accesses, recorder.calls, recorder.comparisons) if recorder is not None else ()
    written = (
        interp.objects, interp.api_calls, interp.classes, interp.escaped_objects, interp.uses, uses.calls,
        uses.comparisons, interp.readings, interp.misread, interp.contained.errors,
        *observed,
    )  # fmt: skip
    counted = interp.budget.times_cut, interp.memory.unrepeatable
    return (*map(len, written), *counted, interp.path_condition, interp.narrowing)
