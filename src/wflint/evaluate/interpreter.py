"""The abstract interpreter: its state, and what the parts of it share.

It runs code over values of which some are unknown. Both arms of a branch that cannot be decided are run and joined;
what happens inside one is *possible* instead of *certain*. Nothing raises, nothing is guessed, everything is bounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Literal

from wflint.evaluate import types
from wflint.evaluate.answers import Answer, comes_of_answer
from wflint.evaluate.budget import Budget
from wflint.evaluate.call_memory import CallMemory
from wflint.evaluate.class_values import Class
from wflint.evaluate.control_dependence import ControlDependences, is_implied_by
from wflint.evaluate.events import (
    NOT_NONE,
    Access,
    AccessMode,
    ApiCall,
    Completion,
    EffectRecorder,
    Frame,
    Narrowing,
    OutputUses,
    PathCondition,
)
from wflint.evaluate.expressions import calls, naming
from wflint.evaluate.expressions import evaluating as expressions
from wflint.evaluate.file_texts import FilesRead
from wflint.evaluate.forking import fork
from wflint.evaluate.heap import AbruptCompletions, Heap
from wflint.evaluate.library import LibraryModel
from wflint.evaluate.modules import Linker, Module
from wflint.evaluate.restoring import lowered, run_module
from wflint.evaluate.scope import Kind, Scope
from wflint.evaluate.statements import execute as statements
from wflint.evaluate.values import (
    UNBOUND,
    Arguments,
    Bound,
    Function,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Union,
    Unknown,
    Value,
    alternatives,
    join,
)
from wflint.model.containment import Containment
from wflint.model.program import Notice
from wflint.source.code import ExprT, ModuleIR, StmtT, TextRange
from wflint.source.requirements.requirements import Requirements, WrittenRequirements


class Interpreter:
    """The state of an evaluation: heap, stack, conditions, assumptions, budget, and who is looking.

    `contained` are faults of our own, `damaged` the files whose workflows they may have left unfinished. `analyzed` are
    the functions that were run and `escaped_functions` those that were handed to a framework (ids of their nodes): the
    latter are read as steps, with a state. `inner_functions` are those that functions define. `received` are methods
    that were run on objects of heirs of their classes. `fruitless_steps` is what was spent on each function in vain,
    `changing` the functions that have changed what was there before they were called. `relevant` are the functions that
    build or run workflows, directly or through others, `calls_models` those and what asks a model, `summarized` those
    that steps were seen to run (ids too). `instances` are the objects of each class of the source. `classes`, `objects`
    and `api_calls` are what front ends fold into workflows; `escaped_objects` are the objects that code outside the
    source has been given. `control_dependences` say what undecided conditions hang on, `uses` what is done to answers,
    `readings` what was seen of watched functions, `files` what code reads. No round comes after further `iterations`.
    """

    def __init__(self, linker: Linker, table: LibraryModel, budget: Budget | None = None) -> None:
        self.linker = linker
        self.library_model = table
        self.budget = budget or Budget()
        self.heap = Heap()
        self.frames: list[Frame] = []
        self.path_condition: PathCondition = ()
        self.narrowing: Narrowing = {}
        self.recorder: EffectRecorder | None = None
        self.guards = self.tries = self.suspended_depth = self.iterations = self.nested = self._condition = 0
        self.analyzed: set[int] = set()
        self.received: set[tuple[int, Class]] = set()
        self.escaped_functions: set[int] = set()
        self.inner_functions: dict[int, Function] = {}
        self.fruitless_steps: Counter[int] = Counter()
        self.changing: set[int] = set()
        self.relevant: frozenset[int] = frozenset()
        self.calls_models: frozenset[int] = frozenset()
        self.summarized: set[int] = set()
        self.instantiated: set[Class] = set()
        self.instances: dict[Class, list[Object]] = {}
        self.memory = CallMemory()
        self.misread: dict[Notice, None] = {}
        self.files = FilesRead()
        self.contained = Containment()
        self.requirements: Requirements = WrittenRequirements()
        self.damaged: dict[str, None] = {}
        self.classes: list[Class] = []
        self.objects: list[Object] = []
        self.api_calls: list[ApiCall] = []
        self.escaped_objects: list[Object] = []
        self.control_dependences = ControlDependences()
        self.uses: list[Access] = []
        self.output_uses = OutputUses()
        self.speculative = False
        self.guessing: list[Class] = []
        self.readings: dict[Hashable, object] = {}
        self._stubs: dict[str, Module] = {}

    # ---------------------------------------------------------------------------------------- making values

    def list_of(self, items: list[Value], kind: Literal["list", "tuple", "set"] = "list") -> Sequence:
        """A new list, tuple or set, as long as the budget lets it be."""
        return Sequence(self.heap.tick(), kind, self.bounded(items))

    def bounded(self, items: list[Value]) -> list[Value]:
        """The items themselves, or as many of them as the budget allows and a `RepeatedElement` for the others."""
        if len(items) <= self.budget.size:
            return items
        return [*items[: self.budget.size], RepeatedElement(Unknown("elements beyond the budget"))]

    def dict_of(self, location: Location | None = None) -> Mapping:
        """A new, empty dict."""
        return Mapping(self.heap.tick(), {}, {}, location)

    def object_of(
        self, path: str | None, arguments: Arguments, location: Location | None, cls: Class | None = None
    ) -> Object:
        """A new object of a library's or the source's class; remembered if a front end knows its class."""
        seen = self.visible(location) if location is not None else None
        made = Object(
            self.heap.tick(),
            path,
            cls,
            arguments,
            seen,
            path_condition=self.path_condition,
            speculative=self.speculative,
        )
        made.created_in = next(
            (f.function.name for f in reversed(self.frames) if f.function and not f.module.stub), None
        )
        if path in self.library_model.calls:
            made.context = self.calling_context()
            self.objects.append(made)
        return made

    def calling_context(self) -> tuple[Location, ...]:
        """The calls on the stack as a reader of the repository sees them, outermost first."""
        callers = (frame.caller for frame in self.frames)
        return tuple(caller for caller in callers if caller is not None and not caller.module.stub)

    def record_call(
        self, subject: Value, path: str, arguments: Arguments, location: Location, result: Value | None = None
    ) -> None:
        """Remember a call on an object that a front end follows."""
        certain = isinstance(subject, Object) and self.certain_since(subject.path_condition)
        for argument in arguments:
            for option in alternatives(argument):
                function = option.function if isinstance(option, Bound) else option
                if isinstance(function, Function):
                    self.escaped_functions.add(id(function.node))
        shown, stack = self.visible(location), tuple(self.frames)
        self.api_calls.append(
            ApiCall(subject, path, arguments, shown, certain, result, self.path_condition, stack, self.iterations > 0)
        )

    def scope_under(self, parent: Scope | None, kind: Kind) -> Scope:
        """A new, empty scope."""
        return Scope(self.heap.tick(), kind, parent)

    # ---------------------------------------------------------------------------------------- conditions

    def certain_since(self, path_condition: PathCondition) -> bool:
        """Whether what happens now happens whenever what was reached under `path_condition` does."""
        return is_implied_by(self.path_condition, path_condition)

    def condition(self) -> None:
        """From here on, what happens depends on something undecided."""
        self._condition += 1
        self.path_condition = (*self.path_condition, self._condition)

    def fork(self, *branches: Callable[[], Completion], decided: bool = False) -> Completion:
        """Run the branches from the same state and join what they leave."""
        return fork(self, branches, decided=decided)

    def leave(self, leaves: AbruptCompletions, because: PathCondition) -> None:
        """From here on, what happens depends on runs not having left, as some have under the conditions `because`."""
        if leaves:
            self.condition()
            self.control_dependences.add_early_exits(self.path_condition, because)
            self.heap.begin_continuation(leaves)

    def join_early_exits(self, depth: int) -> AbruptCompletions:
        """What began at this `depth` of arms is over; the ways on which some runs have left it."""
        return self.heap.join_early_exits(depth, self.frames[-1].started_at)

    # ---------------------------------------------------------------------------------------- observing

    def record_access(
        self,
        symbol: TrackedValue,
        mode: AccessMode,
        location: Location,
        new: Value | None = None,
        *,
        of_copy: bool = False,
    ) -> None:
        """Write down that a tracked input is used, or set to something `new`."""
        if self.suspended_depth:
            return
        guarded = self.guards > 0 or symbol in self.narrowing
        of_copy = of_copy or symbol.written_out
        if isinstance(symbol.root, Answer):
            certain = self.certain_since(symbol.root.path_condition)
            self.uses.append(Access(symbol, mode, self.visible(location), certain, guarded, new, of_copy))
        if self.recorder is None:
            return
        certain = self.certain_since(self.recorder.path_condition)
        self.recorder.accesses.append(Access(symbol, mode, self.visible(location), certain, guarded, new, of_copy))

    def record_library_call(self, path: str, receiver: Value | None, arguments: Arguments, location: Location) -> None:
        """Write down that library code is called."""
        if self.suspended_depth or (self.recorder is None and not self.api_calls):
            return
        about = [*arguments.positional[:1], *([receiver] if receiver is not None else [])]
        hears = bool(self.api_calls) and any(map(comes_of_answer, about))
        if self.recorder is None and not hears:
            return
        from wflint.evaluate.recording import library_call

        call = library_call(self, path, receiver, arguments, location)
        if hears:
            self.output_uses.calls.append(call)
        if self.recorder is not None:
            self.recorder.calls.append(call)

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Look something up again without writing it down a second time."""
        self.suspended_depth += 1
        try:
            yield
        finally:
            self.suspended_depth -= 1

    @contextmanager
    def recording(self) -> Iterator[EffectRecorder]:
        """Look at what happens inside."""
        outer, self.recorder = self.recorder, EffectRecorder(self.path_condition, len(self.frames))
        try:
            yield self.recorder
        finally:
            self.recorder = outer

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Run something that does not depend on where we are: the body of a module, an uncalled function."""
        state = (
            self.frames,
            self.path_condition,
            self.narrowing,
            self.recorder,
            self.heap.layers,
            self.guards,
            self.tries,
        )
        self.frames, self.path_condition, self.narrowing, self.recorder = [], (), {}, None
        self.heap.layers, self.guards, self.tries = [], 0, 0
        try:
            yield
        finally:
            (
                self.frames,
                self.path_condition,
                self.narrowing,
                self.recorder,
                self.heap.layers,
                self.guards,
                self.tries,
            ) = state

    def visible(self, location: Location) -> Location:
        """The place that a reader of the repository can look at: not inside a stub, but where it was called."""
        if not location.module.stub:
            return location
        for frame in reversed(self.frames):
            if frame.caller is not None and not frame.caller.module.stub:
                return frame.caller
        return location

    # ---------------------------------------------------------------------------------------- running

    def load(self, module: Module) -> None:
        """Evaluate the body of a module, once."""
        if module.loaded:
            return
        module.loaded = True
        summary = module.lowered or lowered(self, module)
        if summary is None:
            module.lowered = ModuleIR((), (0,), (), None)
            return
        module.lowered = summary
        if self.nested >= self.budget.nesting:
            return
        self.nested += 1
        with self.afresh():
            self.frames = [Frame(None, module, None, (), self.heap.tick(), 0, runs_module=True)]
            run_module(self, summary.body, module)
        self.nested -= 1

    def stub(self, source: str) -> Module:
        """The module of a stub: Python source that describes names of a library."""
        if source not in self._stubs:
            from wflint.source.lower import lower_module

            module = Module("<library>", ("<library>",), Scope(0, "module", None), lower_module(source), stub=True)
            self._stubs[source] = module
            self.load(module)
        return self._stubs[source]

    def run(self, body: tuple[StmtT, ...], scope: Scope) -> Completion:
        """Run statements one after the other."""
        return statements.run_block(self, body, scope)

    def evaluate(self, expression: ExprT, scope: Scope) -> Value:
        """The value of an expression."""
        return expressions.evaluate(self, expression, scope)

    def call(self, callee: Value, arguments: Arguments, location: Location) -> Value:
        """The value of a call."""
        return calls.call(self, callee, arguments, location)

    @property
    def module(self) -> Module:
        """The module whose code is running."""
        return self.frames[-1].module

    def location(self, at: TextRange) -> Location:
        """A stretch of the running module."""
        return Location(self.frames[-1].module, at)

    # ---------------------------------------------------------------------------------------- names and types

    def lookup(self, name: str, scope: Scope, at: TextRange) -> Value:
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
        if not isinstance(value, TrackedValue | Union):
            return (value,)
        found: dict[Value, None] = {}
        for option in alternatives(value):
            if isinstance(option, TrackedValue):
                known = self.narrowing.get(option)
                if known is not None and known is not NOT_NONE:
                    found.update(dict.fromkeys(alternatives(known)))
                    continue
                typed = types.literals(self, option.type)
                if typed:
                    found.update(dict.fromkeys(typed))
                    continue
            if option is not UNBOUND:
                found.setdefault(option)
        return tuple(found)

    def resolved(self, value: Value) -> Value:
        """The value with tracked inputs replaced by what is known about them."""
        tracked = any(isinstance(option, TrackedValue) for option in alternatives(value))
        return join(*self.possibilities(value)) if tracked else value
