"""Calls that a framework would make later: of factories, and of conditions on messages."""

from __future__ import annotations

from wflint.assembly.recording import once
from wflint.evaluate.class_values import Class
from wflint.evaluate.classes import instantiate
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Arguments, Location, Value

STEPS_PER_CALL = 8_000


def evaluate_isolated(interp: Interpreter, callee: Value, arguments: Arguments, location: Location) -> Value:
    """The value of a call that depends on nothing but its arguments, within a budget of its own."""
    return once(interp, ("tried", callee, arguments, location), lambda: _tried(interp, callee, arguments, location))


def made_for_reading(interp: Interpreter, cls: Class) -> Value:
    """An object of a class to read methods of, made once."""
    return once(interp, ("instance", cls), lambda: _instance(interp, cls))


def called_once(interp: Interpreter, callee: Value, arguments: Arguments, location: Location) -> Value:
    """The value of a call that the framework makes, with what it records."""
    return once(interp, ("called", callee, arguments, location), lambda: _called(interp, callee, arguments, location))


def _tried(interp: Interpreter, callee: Value, arguments: Arguments, location: Location) -> Value:
    with interp.suspended(), interp.budget.account(STEPS_PER_CALL):
        return _called(interp, callee, arguments, location)


def _called(interp: Interpreter, callee: Value, arguments: Arguments, location: Location) -> Value:
    with interp.afresh():
        interp.frames = [Frame(None, location.module, None, (), interp.heap.tick(), 0)]
        return interp.call(callee, arguments, location)


def _instance(interp: Interpreter, cls: Class) -> Value:
    speculative, interp.speculative = interp.speculative, True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, cls.module, None, (), interp.heap.tick(), 0)]
            return instantiate(interp, cls, Arguments(open=True), cls.location)
    finally:
        interp.speculative = speculative
