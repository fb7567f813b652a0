"""What is written down while code runs: calls and returns, uses of tracked inputs, events for front ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal

from msgspec import Struct, field

from wflint.evaluate.class_values import Class
from wflint.evaluate.heap import NOWHERE, AbruptCompletion, AbruptCompletions
from wflint.evaluate.modules import Module
from wflint.evaluate.ranges import Sized
from wflint.evaluate.value_numbering import CanonicalCall
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    EnumMember,
    Function,
    Location,
    Mapping,
    Sequence,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
    last_of,
)
from wflint.model.span import Span
from wflint.source.code import If, IfExp, Name
from wflint.source.walking import holds, nodes_in

PathCondition = tuple[int, ...]
"""The undecided conditions under which something happens, outermost first."""

Narrowing = dict[TrackedValue | Sized, Value]
"""What the tests on the way here tell about tracked inputs; `NOT_NONE` where only that they are there, or of a size."""

NOT_NONE = Unknown("present")


def inputs(narrowing: Narrowing) -> Iterator[TrackedValue]:
    """The inputs that are there, or of which more is told."""
    return (known for known in narrowing if isinstance(known, TrackedValue))


def apply_narrowing(narrowing: Narrowing, value: Value) -> Value:
    """A value in which tracked inputs are replaced by what `assumed` tells about them."""
    options = alternatives(value)
    told = [narrowing.get(option, NOT_NONE) if isinstance(option, TrackedValue) else NOT_NONE for option in options]
    if all(known is NOT_NONE for known in told):
        return value
    return join(*(option if known is NOT_NONE else known for option, known in zip(options, told, strict=True)))


def common(assumptions: list[Narrowing]) -> Narrowing:
    """What holds on each of several ways: where one knows the value and another does not, that it is there."""
    first, *others = assumptions
    shared = (symbol for symbol in first if all(symbol in other for other in others))
    return {symbol: _either([known[symbol] for known in assumptions]) for symbol in shared}


def _either(values: list[Value]) -> Value:
    first = values[0]
    if all(value == first for value in values):
        return first
    known = all(isinstance(option, Const | EnumMember) for value in values for option in alternatives(value))
    return join(*values) if known else NOT_NONE


class Completion(Enum):
    """How a block of statements ends."""

    NORMAL = "next"
    """It runs through."""
    RETURN = "return"
    """It returns."""
    RAISE = "raise"
    """It raises."""
    EXIT = "exit"
    """It ends the program."""
    BREAK = "break"
    """It leaves a loop."""
    CONTINUE = "continue"
    """It leaves a round of a loop."""

    @property
    def leaves(self) -> AbruptCompletions:
        """How it leaves what was running; nothing where it runs through or nobody cares."""
        return LEAVES.get(self, NOWHERE)


LEAVES: dict[Completion, AbruptCompletions] = {
    Completion.RETURN: frozenset({AbruptCompletion.FUNCTION}),
    Completion.BREAK: frozenset({AbruptCompletion.LOOP}),
    Completion.CONTINUE: frozenset({AbruptCompletion.CONTINUE}),
}

GOING_ON = (Completion.NORMAL, Completion.CONTINUE, Completion.BREAK, Completion.RETURN)
"""The ways in which arms end, those first after which most is still to come."""

AccessMode = Literal["index", "get", "attribute", "test", "probe", "set", "nested", "delete", "escape", "label"]
"""How it is used; a probe asks with `hasattr` what kind of thing it is, a label is looked for in a dict without it."""


class Access(Struct, frozen=True):
    """Something done to a tracked input; `guarded` where the code copes if it is not there.

    `new` is what it is set to, or the labels that the dict lacks; `of_copy` where it is read of a dict that was made of
    the input.
    """

    symbol: TrackedValue
    mode: AccessMode
    location: Location
    certain: bool
    guarded: bool
    new: Value | None = None
    of_copy: bool = False


class MissingAttribute(Struct, frozen=True):
    """An attribute that was read of an object although neither it nor its class has one; `guarded` as for `Access`."""

    owner: Class
    name: str
    location: Location
    certain: bool
    guarded: bool


class TakenItem(Struct, frozen=True):
    """`of[key]` of an object of a library; `is_soft` where code copes without it: `of.get(key)`, or inside a `try`."""

    of: Value
    key: str
    location: Location
    is_soft: bool


class ApiCall(Struct, frozen=True):
    """A library method called on an object that a front end follows; `certain` given that the object exists.

    `path_condition` are the undecided conditions under which it is called, `stack` the calls on the way there.
    `in_reiterated_loop` is true in a round of a loop whose next one is not looked at.
    """

    subject: Value
    path: str
    arguments: Arguments
    location: Location
    certain: bool
    result: Value | None = None
    path_condition: PathCondition = ()
    stack: tuple[Frame, ...] = ()
    in_reiterated_loop: bool = False

    @property
    def method(self) -> str:
        """The bare name of what is called."""
        return last_of(self.path)

    @property
    def span(self) -> Span:
        return self.location.span

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument called `name` or at `position`; None where it was not given."""
        return self.arguments.get(name, position)

    def shows(self, given: Mapping) -> bool:
        """Whether the dict that is handed over is the same whoever calls.

        It need not be if it is not written out in the call: a function on the way here may be called by nobody but us,
        and we leave empty what others may fill in.
        """
        at, outer = given.location.at if given.location is not None else (0, 0), self.location.at
        inside = given.location is not None and given.location.module is self.location.module
        return (inside and holds(outer, at)) or not any(map(_leaves_out, self.stack))


class CallRecord(Struct, frozen=True):
    """A call of a function of the source while a step was observed; `location` is where a reader sees it."""

    function: Function
    location: Location
    canonical: CanonicalCall


class LibraryCall(Struct, frozen=True):
    """A call of library code while a step was observed; `tried` where somebody handles what it may raise.

    `canonical` is the call as text, as it was when it was made, `within` the calls of the source's functions that led
    to it, outermost first. `path_condition` are the conditions that it stands under.
    """

    path: str
    receiver: Value | None
    arguments: Arguments
    location: Location
    certain: bool
    canonical: CanonicalCall
    within: tuple[CallRecord, ...] = ()
    path_condition: PathCondition = ()
    tried: bool = False

    @property
    def method(self) -> str:
        """The bare name of what is called."""
        return last_of(self.path)

    @property
    def span(self) -> Span:
        return self.location.span

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument called `name` or at `position`; None where it was not given."""
        return self.arguments.get(name, position)


class SourceCall(Struct, frozen=True):
    """A call of a function of the source while a step was observed; `before` library calls had been made by then."""

    function: Function
    location: Location
    path_condition: PathCondition
    before: int


class Formatting(Struct, frozen=True):
    """`template.format(arguments)` while a step was observed; `tried` where somebody handles what it may raise."""

    template: Value
    arguments: Arguments
    location: Location
    tried: bool


class Comparison(Struct, frozen=True):
    """`left operator right` while a step was observed; `outcome` is None where it may hold or not."""

    operator: str
    left: Value
    right: Value
    location: Location
    outcome: bool | None = None


class OutputUses(Struct):
    """What code was seen to make of answers, wherever that is: library calls that are given them, comparisons."""

    calls: list[LibraryCall] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)


class EffectRecorder(Struct):
    """What is written down while somebody looks.

    `told_no_more` is how often in a row a function (by `id` of its node) was run that showed nothing new.
    """

    path_condition: PathCondition
    depth: int = 1
    accesses: list[Access] = field(default_factory=list)
    calls: list[LibraryCall] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    source_calls: list[SourceCall] = field(default_factory=list)
    formattings: list[Formatting] = field(default_factory=list)
    missing: list[MissingAttribute] = field(default_factory=list)
    taken: list[TakenItem] = field(default_factory=list)
    told_no_more: Counter[int] = field(default_factory=Counter)
    _places: set[Location] = field(default_factory=set)
    _counted: tuple[int, ...] = (0, 0, 0, 0, 0, 0)

    def places(self) -> int:
        """At how many places something was written down so far."""
        logs: tuple[list[Any], ...] = (
            self.accesses, self.calls, self.comparisons, self.formattings, self.missing, self.taken,
        )  # fmt: skip
        for log, counted in zip(logs, self._counted, strict=True):
            self._places.update(each.location for each in log[counted:])
        self._counted = tuple(map(len, logs))
        return len(self._places)


class ReturnSite(Struct, frozen=True):
    """A `return` that was reached, with what the tests on the way to it tell, and the conditions that it is under."""

    value: Value
    location: Location | None
    certain: bool
    narrowing: Narrowing
    path_condition: PathCondition = ()


class Frame(Struct, eq=False):
    """A call on the stack; `caller` is the place of the call, `started_at` the heap's clock at its start.

    `yields` is what a generator has given so far, `recursion_count` how often a function has called itself. `jumps` are
    the assumptions at each `break` and `continue` of the loops that run, `loops` how many of them are in one another.
    `runs_module` is true of the body of a module; all else that has no function looks at a module that has been run.
    `written_at` is the offset of an annotation, which means what its names stood for there.
    """

    function: Function | None
    module: Module
    caller: Location | None
    path_condition: PathCondition
    started_at: int
    layers: int
    returns: list[ReturnSite] = field(default_factory=list)
    jumps: list[tuple[Completion, Narrowing]] = field(default_factory=list)
    loops: int = 0
    yields: Sequence | None = None
    recursion_count: int = 0
    cls: Class | None = None
    receiver: Value | None = None
    call_record: CallRecord | None = None
    runs_module: bool = False
    written_at: int | None = None


def _leaves_out(frame: Frame) -> bool:
    """Whether a call is one that only we make, and its code asks for a parameter that we leave at nothing."""
    function = frame.function
    if function is None or frame.caller != function.location:
        return False
    empty = {name for name, default in function.defaults.items() if default in (NONE, Const(value=False))}
    tests = [node.test for node in nodes_in([function.node]) if isinstance(node, If | IfExp)] if empty else []
    return any(isinstance(node, Name) and node.id in empty for node in nodes_in(tests))
