"""What makes two calls the same: who is called, with what, and under which circumstances."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from wflint.evaluate.events import Frame
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Const,
    ExternalAttribute,
    Function,
    HeapObject,
    Mapping,
    Sequence,
    Text,
    Union,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter

LARGEST = 12
"""Lists and dicts with more items are only like themselves."""
DEEPEST = 3
MOST_ITERATIONS = 6
"""So deep in loops that are gone through again, it makes no difference how deep."""


class CallKey(Struct, frozen=True):
    """What calls that are the same have in common; `looked_into` are the lists and dicts that are given, in order."""

    key: Hashable
    looked_into: tuple[HeapObject, ...]


def key_of_call(interp: Interpreter, function: Function, callee: Function | Bound, given: Arguments) -> CallKey | None:
    """The key of a call; None where there is none. Lists and dicts are the same where what is in them is.

    There is none for a function that is running already: how far that is followed depends on the way here.
    """
    if function.module.stub or interp.guessing or any(_is_call_of(frame, function) for frame in interp.frames):
        return None
    circumstances = (
        interp.recorder is not None,
        bool(interp.api_calls),
        interp.suspended_depth > 0,
        interp.tries > 0,
        interp.speculative,
        min(interp.iterations, MOST_ITERATIONS),
        frozenset(interp.narrowing.items()),
    )
    receiver = callee.receiver if isinstance(callee, Bound) else None
    names = tuple(name for name, _ in given.keywords)
    writer = _Writer()
    values = tuple(writer.of(value) for value in given)
    return CallKey((function, receiver, values, names, given.open, circumstances), tuple(writer.looked_into))


def _is_call_of(frame: Frame, function: Function) -> bool:
    return frame.function is not None and frame.function.node is function.node


class _Writer(Struct):
    """Writes keys of values; what was looked into before is a number."""

    looked_into: dict[HeapObject, int] = field(default_factory=dict)

    def of(self, value: Value, depth: int = DEEPEST) -> Hashable:
        """What a value is the same as."""
        match value:
            case Const():
                return value
            case Unknown(location=location):
                return value, location
            case Union(options=parts) | Text(parts=parts):
                return type(value), tuple(self.of(part, depth) for part in parts)
            case ExternalAttribute(receiver=receiver, name=name, location=location):
                return self.of(receiver, depth), name, location
            case Sequence() | Mapping() if value in self.looked_into:
                return "again", self.looked_into[value]
            case Sequence(content=items) if depth and len(items) <= LARGEST:
                self.looked_into[value] = len(self.looked_into)
                return value.kind, tuple(self.of(item, depth - 1) for item in items)
            case Mapping(content=content) if depth and len(content) <= LARGEST and value.default_factory is None:
                self.looked_into[value] = len(self.looked_into)
                return tuple((key, self.of(held, depth - 1)) for key, held in content.items())
            case _:
                return value
