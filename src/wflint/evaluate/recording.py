"""Calls as an observer writes them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wflint.evaluate.events import CallRecord, Formatting, LibraryCall, MissingAttribute, SourceCall, TakenItem
from wflint.evaluate.tracked import escape_input, forget_sizes, inputs_in
from wflint.evaluate.value_numbering import canonical
from wflint.evaluate.values import Arguments, Function, Location, Object, Value, alternatives

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

BEYOND_THE_STEP: Final = 2
"""The frames of an observation begin with its module and the function that is observed."""


def library_call(
    interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, location: Location
) -> LibraryCall:
    """A call of library code, as it is now: what it is given may change later."""
    watched = interp.recorder.path_condition if interp.recorder is not None else interp.path_condition
    depth = interp.recorder.depth + BEYOND_THE_STEP if interp.recorder is not None else len(interp.frames)
    inner = interp.frames[depth:]
    return LibraryCall(
        path,
        receiver,
        arguments,
        interp.visible(location),
        interp.certain_since(watched),
        canonical(path, receiver, arguments),
        tuple(frame.call_record for frame in inner if frame.call_record is not None),
        interp.path_condition,
        tried=interp.tries > 0,
    )


def call_record(
    interp: Interpreter, function: Function, receiver: Value | None, arguments: Arguments, location: Location | None
) -> CallRecord | None:
    """A call of a function of the source, where somebody looks."""
    if interp.recorder is None or interp.suspended_depth or location is None or function.module.stub:
        return None
    return CallRecord(function, interp.visible(location), canonical(function, receiver, arguments))


def record_source_call(interp: Interpreter, function: Function, location: Location | None) -> None:
    """Write down that a step calls a function of the source, whether its code is run here or not."""
    recorder = interp.recorder
    if recorder is None or interp.suspended_depth or location is None or function.module.stub:
        return
    if len(interp.frames) >= recorder.depth + BEYOND_THE_STEP:
        shown = interp.visible(location)
        recorder.source_calls.append(SourceCall(function, shown, interp.path_condition, len(recorder.calls)))


def record_formatting(interp: Interpreter, template: Value, arguments: Arguments, location: Location) -> None:
    """Write down that values are put into a text, where somebody looks."""
    if interp.recorder is not None and not interp.suspended_depth:
        shown = interp.visible(location)
        interp.recorder.formattings.append(Formatting(template, arguments, shown, interp.tries > 0))


def record_taken(
    interp: Interpreter, value: Object, key: str | None, location: Location, *, asked: bool = False
) -> None:
    """Write down that an item of a library's object is read, or `asked` for with a default, where somebody looks."""
    if interp.recorder is not None and not interp.suspended_depth and key is not None and value.cls is None:
        soft = asked or interp.tries > 0
        interp.recorder.taken.append(TakenItem(value, key, interp.visible(location), soft))


def record_missing(interp: Interpreter, value: Object, name: str, location: Location, *, asked: bool = False) -> None:
    """Write down that an object of the source has no such attribute, or is `asked` if it has, where somebody looks."""
    recorder = interp.recorder
    if recorder is None or interp.suspended_depth or value.cls is None:
        return
    certain = interp.certain_since(recorder.path_condition)
    guarded = asked or interp.guards > 0 or interp.tries > 0
    recorder.missing.append(MissingAttribute(value.cls, name, interp.visible(location), certain, guarded))


def escape(interp: Interpreter, arguments: Arguments, location: Location) -> None:
    """Things handed to code that is not in the source: it may use any part of tracked inputs, and run objects."""
    for argument in arguments:
        for symbol in inputs_in(argument):
            interp.record_access(symbol, "escape", location)
            forget_sizes(interp, symbol)
        for option in alternatives(argument):
            if isinstance(option, Object):
                for held in option.content.values():  # a context that holds a whole input
                    escape_input(interp, held, location)
                if option.path in interp.library_model.calls:
                    interp.escaped_objects.append(option)
