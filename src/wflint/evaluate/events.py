"""What is written down while code runs: calls and returns, uses of tracked inputs, events for front ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from wflint.evaluate.class_values import Class
from wflint.evaluate.heap import NOWHERE, Leave, Leaves
from wflint.evaluate.modules import Module
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    Function,
    Mapping,
    Place,
    Sequence,
    Symbol,
    Unknown,
    Value,
    options_of,
    unite,
)
from wflint.evaluate.writing import Written
from wflint.source.code import Conditional, If, Name
from wflint.source.walking import nodes_in

Taken = tuple[int, ...]
"""The undecided conditions under which something happens, outermost first."""

Assumed = dict[Symbol, Value]
"""What the tests on the way here tell about tracked inputs; `PRESENT` where only that they are there."""

PRESENT = Unknown("present")


def narrowed(assumed: Assumed, value: Value) -> Value:
    """A value in which tracked inputs are replaced by what `assumed` tells about them."""
    options = options_of(value)
    told = [assumed.get(option, PRESENT) if isinstance(option, Symbol) else PRESENT for option in options]
    if all(known is PRESENT for known in told):
        return value
    return unite(*(option if known is PRESENT else known for option, known in zip(options, told, strict=True)))


def common(assumptions: list[Assumed]) -> Assumed:
    """What holds on each of several ways."""
    first, *others = assumptions
    return {
        symbol: value if all(other[symbol] == value for other in others) else PRESENT
        for symbol, value in first.items()
        if all(symbol in other for other in others)
    }


class Flow(Enum):
    """How a block of statements ends."""

    NEXT = "next"
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
    def leaves(self) -> Leaves:
        """How it leaves what was running; nothing where it runs through or nobody cares."""
        return LEAVES.get(self, NOWHERE)


LEAVES: dict[Flow, Leaves] = {
    Flow.RETURN: frozenset({Leave.FUNCTION}),
    Flow.BREAK: frozenset({Leave.LOOP}),
    Flow.CONTINUE: frozenset({Leave.ROUND}),
}

GOING_ON = (Flow.NEXT, Flow.CONTINUE, Flow.BREAK, Flow.RETURN)
"""The ways in which arms end, those first after which most is still to come."""

AccessMode = Literal["index", "get", "attribute", "test", "probe", "set", "nested", "delete", "escape"]
"""How it is used; a probe asks with `hasattr` what kind of thing it is."""


@dataclass(frozen=True, slots=True)
class Access:
    """Something done to a tracked input; `guarded` where the code copes if it is not there.

    `new` is what it is set to.
    """

    symbol: Symbol
    mode: AccessMode
    place: Place
    certain: bool
    guarded: bool
    new: Value | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A library method called on an object that a front end follows; `certain` given that the object exists.

    `taken` are the undecided conditions under which it is called, `stack` the calls on the way there. `again` is true
    in a round of a loop whose next one is not looked at.
    """

    subject: Value
    path: str
    arguments: Arguments
    place: Place
    certain: bool
    result: Value | None = None
    taken: Taken = ()
    stack: tuple[Frame, ...] = ()
    again: bool = False

    def shows(self, given: Mapping) -> bool:
        """Whether the dict that is handed over is the same whoever calls.

        It need not be if it is not written out in the call: a function on the way here may be called by nobody but us,
        and we leave empty what others may fill in.
        """
        at, outer = given.place.at if given.place is not None else (0, 0), self.place.at
        inside = given.place is not None and given.place.module is self.place.module
        return (inside and outer[0] <= at[0] and at[1] <= outer[1]) or not any(map(_leaves_out, self.stack))


@dataclass(frozen=True, slots=True)
class Entered:
    """A call of a function of the source while a step was observed; `place` is where a reader sees it."""

    function: Function
    place: Place
    written: Written


@dataclass(frozen=True, slots=True)
class LibraryCall:
    """A call of library code while a step was observed; `tried` where somebody handles what it may raise.

    `written` is the call as text, as it was when it was made, `within` the calls of the source's functions that led to
    it, outermost first. `taken` are the conditions that it stands under.
    """

    path: str
    receiver: Value | None
    arguments: Arguments
    place: Place
    certain: bool
    written: Written
    within: tuple[Entered, ...] = ()
    taken: Taken = ()
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right` while a step was observed."""

    operator: str
    left: Value
    right: Value
    place: Place


@dataclass(slots=True)
class Heard:
    """What code was seen to make of answers, wherever that is: library calls that are given them, comparisons."""

    calls: list[LibraryCall] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)


@dataclass(slots=True)
class Observer:
    """What is written down while somebody looks."""

    taken: Taken
    depth: int = 1
    accesses: list[Access] = field(default_factory=list)
    calls: list[LibraryCall] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReturnSite:
    """A `return` that was reached, with what the tests on the way to it tell, and the conditions that it is under."""

    value: Value
    place: Place | None
    certain: bool
    assumed: Assumed
    taken: Taken = ()


@dataclass(slots=True, eq=False)
class Frame:
    """A call on the stack; `caller` is the place of the call, `birth` the heap's clock at its start.

    `yields` is what a generator has given so far, `again` how often a function has called itself. `jumps` are the
    assumptions at each `break` and `continue` of the loops that run.
    """

    function: Function | None
    module: Module
    caller: Place | None
    taken: Taken
    birth: int
    layers: int
    returns: list[ReturnSite] = field(default_factory=list)
    jumps: list[tuple[Flow, Assumed]] = field(default_factory=list)
    yields: Sequence | None = None
    again: int = 0
    cls: Class | None = None
    receiver: Value | None = None
    entered: Entered | None = None


def _leaves_out(frame: Frame) -> bool:
    """Whether a call is one that only we make, and its code asks for a parameter that we leave at nothing."""
    function = frame.function
    if function is None or frame.caller != function.place:
        return False
    empty = {name for name, default in function.defaults.items() if default in (NONE, Const(value=False))}
    tests = [node.test for node in nodes_in([function.node]) if isinstance(node, If | Conditional)] if empty else []
    return any(isinstance(node, Name) and node.id in empty for node in nodes_in(tests))
