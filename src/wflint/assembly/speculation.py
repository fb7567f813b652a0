"""Calls that a framework would make later: of factories, and of conditions on messages."""

from __future__ import annotations

from wflint.assembly.recording import once
from wflint.evaluate.class_values import Class
from wflint.evaluate.classes import instantiate
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Arguments, Place, Value

STEPS_PER_CALL = 8_000


def evaluate_isolated(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    """The value of a call that depends on nothing but its arguments, within a budget of its own."""
    return once(interp, ("tried", callee, arguments, place), lambda: _tried(interp, callee, arguments, place))


def made_for_reading(interp: Interpreter, cls: Class) -> Value:
    """An object of a class to read methods of, made once."""
    return once(interp, ("instance", cls), lambda: _instance(interp, cls))


def called_once(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    """The value of a call that the framework makes, with what it records."""
    return once(interp, ("called", callee, arguments, place), lambda: _called(interp, callee, arguments, place))


def _tried(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    steps, interp.budget.steps = interp.budget.steps, STEPS_PER_CALL
    interp.budget.renew()
    with interp.quiet():
        value = _called(interp, callee, arguments, place)
    interp.budget.steps = steps
    interp.budget.renew()
    return value


def _called(interp: Interpreter, callee: Value, arguments: Arguments, place: Place) -> Value:
    with interp.afresh():
        interp.frames = [Frame(None, place.module, None, (), interp.heap.tick(), 0)]
        return interp.call(callee, arguments, place)


def _instance(interp: Interpreter, cls: Class) -> Value:
    speculative, interp.synthetic = interp.synthetic, True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, cls.module, None, (), interp.heap.tick(), 0)]
            return instantiate(interp, cls, Arguments(open=True), cls.place)
    finally:
        interp.synthetic = speculative
