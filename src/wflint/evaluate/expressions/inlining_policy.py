"""Which calls of functions of the source are worth following."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.answers import is_answer
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import EffectRecorder
from wflint.evaluate.tracked import inputs_in
from wflint.evaluate.values import (
    Arguments,
    Function,
    Object,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def exceeds_recursion_limit(interp: Interpreter, function: Function) -> bool:
    """Whether a function has called itself often enough: less often where nobody knows whether it ends."""
    active = [f for f in interp.frames if f.function is not None and f.function.node is function.node]
    if len(active) < MOST_RECURSIVE:
        return False
    active[0].recursion_count += 1
    too_often = len(active) >= MOST_SURE_RECURSIVE or active[0].recursion_count > MOST_AGAIN
    return too_often or not interp.certain_since(active[0].path_condition)


MOST_RECURSIVE = 2
MOST_SURE_RECURSIVE = 12
MOST_AGAIN = 100
MAX_FRUITLESS_STEPS = 8_000
"""So many nodes are evaluated of a function that builds and runs nothing, in all the calls that only we make."""
FRUITLESS_SHARE = 2
"""So many times what is left of a budget is a function followed that has built and run nothing so far."""
OFTEN_ENOUGH = 3
"""So often in a row does a step's function that takes nothing and gives nothing show nothing new."""
NO_ARGUMENTS = Arguments()
DEEPEST_ASIDE = 3
MAX_IRRELEVANT_DEPTH = 2
DEEPEST = 16


def is_irrelevant(interp: Interpreter, function: Function, receiver: Value | None, arguments: Arguments) -> bool:
    """Whether a call is not worth following: far from what builds or runs workflows, and nothing tracked goes in."""
    depth = len(interp.frames) - (interp.recorder.depth if interp.recorder is not None else 0)
    if depth > DEEPEST:
        return True
    if interp.recorder is not None:
        return (
            depth > DEEPEST_ASIDE and not _is_known(interp, function) and not _hands_over(interp, receiver, *arguments)
        )
    return _irrelevant_depth(interp, function) > MAX_IRRELEVANT_DEPTH and not _carries(interp, receiver, *arguments)


def is_unproductive(interp: Interpreter, function: Function) -> bool:
    """Whether looking into a function was in vain often enough: the less is left to spend, the less often.

    What a step's code does with its input is looked at however often it is called.
    """
    fruitless = interp.fruitless_steps[id(function.node)]
    if interp.speculative and fruitless > MAX_FRUITLESS_STEPS:
        return True
    return interp.recorder is None and fruitless > FRUITLESS_SHARE * interp.budget.left


class Outset(Struct, frozen=True):
    """What had been spent, made and written down when a call of a function began.

    `recorder` is who writes down what a step's function that takes nothing shows. Where such a function gives nothing
    either, it brings a display or a log up to date, again and again.
    """

    spent: int
    made: int
    recorder: EffectRecorder | None
    places: int

    @classmethod
    def of(cls, interp: Interpreter, given: Arguments) -> Outset:
        """A call with these arguments begins."""
        recorder = interp.recorder if given == NO_ARGUMENTS else None
        return cls(interp.budget.spent, _made(interp), recorder, recorder.places() if recorder is not None else 0)

    def tells_no_more(self, function: Function) -> bool:
        """Whether the function showed nothing new often enough in a row."""
        return self.recorder is not None and self.recorder.told_no_more[id(function.node)] >= OFTEN_ENOUGH

    def settle(self, interp: Interpreter, function: Function, *, is_changing: bool, gives_nothing: bool) -> None:
        """Keep what came of the call for later ones of the function."""
        node, is_fruitless = id(function.node), _made(interp) == self.made
        if is_fruitless:
            interp.fruitless_steps[node] += interp.budget.spent - self.spent
        if is_changing:
            interp.changing.add(node)
        if self.recorder is not None:
            is_quiet = is_fruitless and gives_nothing and not is_changing and self.recorder.places() == self.places
            self.recorder.told_no_more[node] = self.recorder.told_no_more[node] + 1 if is_quiet else 0


def _made(interp: Interpreter) -> int:
    """How many things front ends may look at so far."""
    return len(interp.objects) + len(interp.api_calls)


def _irrelevant_depth(interp: Interpreter, function: Function) -> int:
    """How many calls in a row, this one included, are of functions that neither build nor run workflows.

    What a library does in between is nobody's call, and a constructor belongs to the call that makes the object.
    """
    if not interp.relevant or id(function.node) in interp.calls_models:
        return 0
    count = 0 if _is_passed_through(function) else 1
    for frame in reversed(interp.frames):
        if frame.function is None and frame.module.stub:
            continue
        if frame.function is None or id(frame.function.node) in interp.calls_models:
            break
        count += 0 if _is_passed_through(frame.function) else 1
    return count


def _is_passed_through(function: Function) -> bool:
    return function.module.stub or (function.owner is not None and function.name == "__init__")


def _hands_over(interp: Interpreter, *values: Value | None) -> bool:
    """Whether a tracked input itself, or an object that a front end follows, is among the values."""
    given = [value for value in values if value is not None]
    return _are_followed(interp, given) or any(True for value in given for _ in inputs_in(value))


def _carries(interp: Interpreter, *values: Value | None) -> bool:
    """Whether a tracked input (no mere answer), or an object that a front end follows, is among the values."""
    given = [value for value in values if value is not None]
    return _are_followed(interp, given) or not all(is_answer(source) for source in depends_on(*given))


def _are_followed(interp: Interpreter, given: Iterable[Value]) -> bool:
    """Whether an object that a front end follows is among the values."""
    calls = interp.library_model.calls
    return any(isinstance(option, Object) and option.path in calls for value in given for option in alternatives(value))


def _is_known(interp: Interpreter, function: Function) -> bool:
    """Whether a function is a library's, or builds or runs workflows, or asks a model."""
    number = id(function.node)
    return function.module.stub or number in interp.relevant or number in interp.calls_models
