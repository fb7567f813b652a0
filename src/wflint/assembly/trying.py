"""Calls that a framework would make later: of factories, and of conditions on messages."""

from __future__ import annotations

from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Arguments, Place, Value

STEPS_PER_CALL = 8_000


def tried(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    """The value of a call that depends on nothing but its arguments, within a budget of its own."""
    steps, interp.budget.steps = interp.budget.steps, STEPS_PER_CALL
    interp.budget.renew()
    with interp.afresh(), interp.quiet():
        interp.frames = [Frame(None, place.module, None, (), interp.heap.tick(), 0)]
        value = interp.call(callee, arguments, place)
    interp.budget.steps = steps
    interp.budget.renew()
    return value
