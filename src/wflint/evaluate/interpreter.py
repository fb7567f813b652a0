"""The abstract interpreter: its state, and what the parts of it share.

It runs code over values of which some are unknown. Both arms of a branch that cannot be decided are run and joined;
what happens inside one is *possible* instead of *certain*. Nothing raises, nothing is guessed, everything is bounded.
The parts: `statements`, `expressions`, `conditions`, `attributes`, `calls`, `classes`, `builtins`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Literal

from wflint.evaluate import types
from wflint.evaluate.answers import Answer, comes_of_answer
from wflint.evaluate.budget import Budget
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import (
    GOING_ON,
    PRESENT,
    Access,
    AccessMode,
    Assumed,
    Event,
    Flow,
    Frame,
    Heard,
    Observer,
    Taken,
    common,
    narrowed,
)
from wflint.evaluate.expressions import calls, naming
from wflint.evaluate.expressions import evaluating as expressions
from wflint.evaluate.grounds import Grounds, nothing_new
from wflint.evaluate.heap import NOWHERE, Effects, Heap, Leave, Leaves
from wflint.evaluate.library import Table
from wflint.evaluate.modules import Linker, Module
from wflint.evaluate.restoring import lowered, run_module
from wflint.evaluate.scope import Kind, Scope
from wflint.evaluate.statements import running as statements
from wflint.evaluate.values import (
    ABSENT,
    Arguments,
    Bound,
    Function,
    Mapping,
    Object,
    Place,
    Rest,
    Root,
    Sequence,
    Symbol,
    Union,
    Unknown,
    Value,
    options_of,
    unite,
)
from wflint.model.containment import Containment
from wflint.model.program import Notice
from wflint.source.code import At, ExprT, StmtT, Summary


class Interpreter:
    """The state of an evaluation: heap, stack, conditions, assumptions, budget, and who is looking.

    `contained` are faults of our own, `damaged` the files whose workflows they may have left unfinished. `entered` are
    the functions that were run and `given` those that were handed to a framework (ids of their nodes): the latter are
    read as steps, with a state. `in_vain` is what calls that nobody makes have spent on each function without finding
    anything for a front end. `telling` are the functions that build or run workflows, directly or through others,
    `asking` those and what asks a model, `watched` those that steps were seen to run (ids too). `instances` are the
    objects of each class of the source. `classes`, `objects` and `events` are what front ends fold into workflows;
    `handed` are the objects that code outside the source has been given. `grounds` say what undecided conditions hang
    on, `uses` what is done to answers, `readings` what was seen of watched functions, by what they are and were given.
    In further `rounds` of loops, no round comes after.
    """

    def __init__(self, linker: Linker, table: Table, budget: Budget | None = None) -> None:
        self.linker = linker
        self.table = table
        self.budget = budget or Budget()
        self.heap = Heap()
        self.frames: list[Frame] = []
        self.taken: Taken = ()
        self.assumed: Assumed = {}
        self.observer: Observer | None = None
        self.guards = self.tries = self.muted = self.rounds = self.nested = 0
        self.entered: set[int] = set()
        self.given: set[int] = set()
        self.in_vain: Counter[int] = Counter()
        self.telling: frozenset[int] = frozenset()
        self.asking: frozenset[int] = frozenset()
        self.watched: set[int] = set()
        self.instantiated: set[Class] = set()
        self.instances: dict[Class, list[Object]] = {}
        self.exhausted: list[Place] = []
        self.misread: dict[Notice, None] = {}
        self.contained = Containment()
        self.damaged: dict[str, None] = {}
        self.classes: list[Class] = []
        self.objects: list[Object] = []
        self.events: list[Event] = []
        self.handed: list[Object] = []
        self.grounds = Grounds()
        self.uses: list[Access] = []
        self.heard = Heard()
        self.synthetic = False
        self.guessing: list[Class] = []
        self.readings: dict[Hashable, object] = {}
        self._condition = 0
        self._stubs: dict[str, Module] = {}

    # ---------------------------------------------------------------------------------------- making values

    def root_for(self, role: str, type_: Value | None) -> Root:
        """A new tracked input that nobody observes, so that its type can be followed."""
        return Root(role, type_)

    def list_of(self, items: list[Value], kind: Literal["list", "tuple", "set"] = "list") -> Sequence:
        """A new list, tuple or set, as long as the budget lets it be."""
        return Sequence(self.heap.tick(), kind, self.bounded(items))

    def bounded(self, items: list[Value]) -> list[Value]:
        """The items themselves, or as many of them as the budget allows and a `Rest` for the others."""
        if len(items) <= self.budget.size:
            return items
        return [*items[: self.budget.size], Rest(Unknown("elements beyond the budget"))]

    def dict_of(self, place: Place | None = None) -> Mapping:
        """A new, empty dict."""
        return Mapping(self.heap.tick(), {}, {}, place)

    def object_of(
        self, path: str | None, arguments: Arguments, place: Place | None, cls: Class | None = None
    ) -> Object:
        """A new object of a library's or the source's class; remembered if a front end knows its class."""
        seen = self.visible(place) if place is not None else None
        made = Object(self.heap.tick(), path, cls, arguments, seen, taken=self.taken, synthetic=self.synthetic)
        made.maker = next((f.function.name for f in reversed(self.frames) if f.function and not f.module.stub), None)
        if path in self.table.calls:
            made.context = self.calling_context()
            self.objects.append(made)
        return made

    def calling_context(self) -> tuple[Place, ...]:
        """The calls on the stack as a reader of the repository sees them, outermost first."""
        callers = (frame.caller for frame in self.frames)
        return tuple(caller for caller in callers if caller is not None and not caller.module.stub)

    def record(
        self, subject: Value, path: str, arguments: Arguments, place: Place, result: Value | None = None
    ) -> None:
        """Remember a call on an object that a front end follows."""
        certain = isinstance(subject, Object) and self.certain_since(subject.taken)
        for argument in arguments:
            for option in options_of(argument):
                function = option.function if isinstance(option, Bound) else option
                if isinstance(function, Function):
                    self.given.add(id(function.node))
        shown, stack = self.visible(place), tuple(self.frames)
        self.events.append(Event(subject, path, arguments, shown, certain, result, self.taken, stack, self.rounds > 0))

    def scope_under(self, parent: Scope | None, kind: Kind) -> Scope:
        """A new, empty scope."""
        return Scope(self.heap.tick(), kind, parent)

    # ---------------------------------------------------------------------------------------- conditions

    def certain_since(self, taken: Taken) -> bool:
        """Whether what happens now happens whenever what was reached under `taken` does."""
        return nothing_new(self.taken, taken)

    def condition(self) -> None:
        """From here on, what happens depends on something undecided."""
        self._condition += 1
        self.taken = (*self.taken, self._condition)

    def fork(self, *arms: Callable[[], Flow], decided: bool = False) -> Flow:
        """Run the arms from the same state and join what they leave; the flow after them.

        `decided` keeps the first arm certain (a `try` whose handlers are the other arms).
        """
        taken, assumed = self.taken, self.assumed
        frame_birth = self.frames[-1].birth if self.frames else 0
        effects: list[Effects] = []
        flows: list[Flow] = []
        leaves = NOWHERE
        because: Taken = ()
        failed: Taken = ()
        after: list[Assumed] = []
        for number, arm in enumerate(arms):
            self.taken, self.assumed = taken, assumed
            if number or not decided:
                self.condition()
            self.heap.open_arm()
            depth = len(self.heap.layers)
            flow = arm()
            left = self.heap.close_rests(depth, frame_birth) | flow.leaves
            alive = flow is Flow.NEXT or bool(left - {Leave.FUNCTION})
            arms_effects = self.heap.rollback(alive, frame_birth)
            effects.append(replace(arms_effects, narrow=partial(narrowed, self.assumed)))
            flows.append(flow)
            leaves |= left
            because += self.taken[len(taken) :] if left else ()
            failed += self.taken[len(taken) :] if flow is Flow.EXIT else ()
            if flow is Flow.NEXT:
                after.append(self.assumed)
        self.heap.settle(effects)
        self.taken = taken
        self.assumed = common(after) if after else assumed
        flow = next((flow for flow in GOING_ON if flow in flows or flow.leaves & leaves), flows[-1])
        self.leave(leaves - flow.leaves, because)
        if flow is Flow.NEXT:
            self.taken = self.grounds.passed(self.taken, failed)
        return flow

    def leave(self, leaves: Leaves, because: Taken) -> None:
        """From here on, what happens depends on runs not having left, as some have under the conditions `because`."""
        if leaves:
            self.condition()
            self.grounds.others(self.taken, because)
            self.heap.open_rest(leaves)

    def close_rests(self, depth: int) -> Leaves:
        """What began at this `depth` of arms is over; the ways on which some runs have left it."""
        return self.heap.close_rests(depth, self.frames[-1].birth)

    # ---------------------------------------------------------------------------------------- observing

    def note(self, symbol: Symbol, mode: AccessMode, place: Place, new: Value | None = None) -> None:
        """Write down that a tracked input is used, or set to something `new`."""
        if self.muted:
            return
        guarded = self.guards > 0 or symbol in self.assumed
        if isinstance(symbol.root, Answer):
            certain = self.certain_since(symbol.root.taken)
            self.uses.append(Access(symbol, mode, self.visible(place), certain, guarded, new))
        if self.observer is None:
            return
        self.observer.accesses.append(
            Access(symbol, mode, self.visible(place), self.certain_since(self.observer.taken), guarded, new)
        )

    def note_call(self, path: str, receiver: Value | None, arguments: Arguments, place: Place) -> None:
        """Write down that library code is called."""
        from wflint.evaluate.observing import library_call

        if self.muted or (self.observer is None and not self.events):
            return
        about = [*arguments.positional[:1], *([receiver] if receiver is not None else [])]
        hears = bool(self.events) and any(map(comes_of_answer, about))
        if self.observer is None and not hears:
            return
        call = library_call(self, path, receiver, arguments, place)
        if hears:
            self.heard.calls.append(call)
        if self.observer is not None:
            self.observer.calls.append(call)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Look something up again without writing it down a second time."""
        self.muted += 1
        try:
            yield
        finally:
            self.muted -= 1

    @contextmanager
    def observing(self) -> Iterator[Observer]:
        """Look at what happens inside."""
        outer, self.observer = self.observer, Observer(self.taken, len(self.frames))
        try:
            yield self.observer
        finally:
            self.observer = outer

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Run something that does not depend on where we are: the body of a module, an uncalled function."""
        state = (self.frames, self.taken, self.assumed, self.observer, self.heap.layers, self.guards, self.tries)
        self.frames, self.taken, self.assumed, self.observer = [], (), {}, None
        self.heap.layers, self.guards, self.tries = [], 0, 0
        try:
            yield
        finally:
            self.frames, self.taken, self.assumed, self.observer, self.heap.layers, self.guards, self.tries = state

    def visible(self, place: Place) -> Place:
        """The place that a reader of the repository can look at: not inside a stub, but where it was called."""
        if not place.module.stub:
            return place
        for frame in reversed(self.frames):
            if frame.caller is not None and not frame.caller.module.stub:
                return frame.caller
        return place

    # ---------------------------------------------------------------------------------------- running

    def load(self, module: Module) -> None:
        """Evaluate the body of a module, once."""
        if module.loaded:
            return
        module.loaded = True
        summary = module.summary or lowered(self, module)
        if summary is None:
            module.summary = Summary((), (0,), (), None)
            return
        module.summary = summary
        spent = self.budget.spent
        if self.nested >= self.budget.nesting:
            return
        self.nested += 1
        with self.afresh():
            self.budget.renew()
            self.frames = [Frame(None, module, None, (), self.heap.tick(), 0)]
            run_module(self, summary.body, module)
            if self.budget.exhausted:
                self.exhausted.append(Place(module, (0, 0)))
        self.nested -= 1
        self.budget.renew()
        self.budget.spent = spent

    def stub(self, source: str) -> Module:
        """The module of a stub: Python source that describes names of a library."""
        if source not in self._stubs:
            from wflint.source.lower import summarise

            module = Module("<library>", ("<library>",), Scope(0, "module", None), summarise(source), stub=True)
            self._stubs[source] = module
            self.load(module)
        return self._stubs[source]

    def run(self, body: tuple[StmtT, ...], scope: Scope) -> Flow:
        """Run statements one after the other."""
        return statements.run_block(self, body, scope)

    def evaluate(self, expression: ExprT, scope: Scope) -> Value:
        """The value of an expression."""
        return expressions.evaluate(self, expression, scope)

    def call(self, callee: Value, arguments: Arguments, place: Place) -> Value:
        """The value of a call."""
        return calls.call(self, callee, arguments, place)

    @property
    def module(self) -> Module:
        """The module whose code is running."""
        return self.frames[-1].module

    def place(self, at: At) -> Place:
        """A stretch of the running module."""
        return Place(self.frames[-1].module, at)

    # ---------------------------------------------------------------------------------------- names and types

    def lookup(self, name: str, scope: Scope, at: At) -> Value:
        """What a name stands for."""
        return naming.lookup(self, name, scope, at)

    def settled(self, value: Value) -> Value:
        """A late import looked up, anything else as it is."""
        return naming.settled(self, value)

    def taken_from(self, module: Module, name: str) -> Value:
        """What an import of `name` or an attribute of that name gives: what the module has, or makes when asked."""
        return naming.taken_from(self, module, name)

    def exported(self, module: Module, name: str) -> Value | None:
        """What `name` is in `module`: a name of its own, of a star import, or a submodule; None if it is neither."""
        return naming.exported(self, module, name)

    def possibilities(self, value: Value) -> tuple[Value, ...]:
        """The concrete values a value may have, as far as types and tests on the way tell; itself if they do not."""
        if not isinstance(value, Symbol | Union):
            return (value,)
        found: dict[Value, None] = {}
        for option in options_of(value):
            if isinstance(option, Symbol):
                known = self.assumed.get(option)
                if known is not None and known is not PRESENT:
                    found.update(dict.fromkeys(options_of(known)))
                    continue
                typed = types.literals(self, option.type)
                if typed:
                    found.update(dict.fromkeys(typed))
                    continue
            if option is not ABSENT:
                found.setdefault(option)
        return tuple(found)

    def resolved(self, value: Value) -> Value:
        """The value with tracked inputs replaced by what is known about them."""
        return unite(*self.possibilities(value)) if any(isinstance(o, Symbol) for o in options_of(value)) else value
