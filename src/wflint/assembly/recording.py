"""What front ends have the interpreter run, and how much that has brought up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sized
from typing import TypeVar, cast

from wflint.evaluate.interpreter import Interpreter

T = TypeVar("T")


def once(interp: Interpreter, key: Hashable, evaluated: Callable[[], T]) -> T:
    """What an evaluation comes to; asked for again, it is not run again.

    What it calls and makes is recorded when it is run: the recording does not grow by looking at it twice.
    """
    if key not in interp.readings:
        interp.readings[key] = evaluated()
    return cast("T", interp.readings[key])


def recorded(interp: Interpreter) -> tuple[int, ...]:
    """How much has been recorded so far; the same as before where nothing came up.

    What was kept of evaluations is no part of it: it is the same however often it is looked at.
    """
    parts: tuple[Sized, ...] = (
        interp.objects, interp.api_calls, interp.classes, interp.escaped_objects, interp.uses,
    )  # fmt: skip
    return tuple(map(len, parts))
