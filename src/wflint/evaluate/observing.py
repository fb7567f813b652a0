"""Calls as an observer writes them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wflint.evaluate.events import Entered, LibraryCall
from wflint.evaluate.inputs import inputs_in
from wflint.evaluate.values import Arguments, Function, Object, Place, Value, options_of
from wflint.evaluate.writing import written

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

BEYOND_THE_STEP: Final = 2
"""The frames of an observation begin with its module and the function that is observed."""


def library_call(
    interp: Interpreter, path: str, receiver: Value | None, arguments: Arguments, place: Place
) -> LibraryCall:
    """A call of library code, as it is now: what it is given may change later."""
    watched = interp.observer.taken if interp.observer is not None else interp.taken
    depth = interp.observer.depth + BEYOND_THE_STEP if interp.observer is not None else len(interp.frames)
    inner = interp.frames[depth:]
    return LibraryCall(
        path,
        receiver,
        arguments,
        interp.visible(place),
        interp.certain_since(watched),
        written(path, receiver, arguments),
        tuple(frame.entered for frame in inner if frame.entered is not None),
        interp.taken,
        tried=interp.tries > 0,
    )


def entered(
    interp: Interpreter, function: Function, receiver: Value | None, arguments: Arguments, place: Place | None
) -> Entered | None:
    """A call of a function of the source, where somebody looks."""
    if interp.observer is None or interp.muted or place is None or function.module.stub:
        return None
    return Entered(function, interp.visible(place), written(function, receiver, arguments))


def escape(interp: Interpreter, arguments: Arguments, place: Place) -> None:
    """Things handed to code that is not in the source: it may use any part of tracked inputs, and run objects."""
    for argument in arguments:
        for symbol in inputs_in(argument):
            interp.note(symbol, "escape", place)
        for option in options_of(argument):
            if isinstance(option, Object) and option.path in interp.table.calls:
                interp.handed.append(option)
