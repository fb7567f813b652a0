"""What a call gave once more: lists, dicts and objects that it made are made anew, all others are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.evaluate.events import PathCondition
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Const,
    EnumMember,
    ExternalAttribute,
    ExternalName,
    Function,
    HeapObject,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    Union,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


class Irreproducible(Exception):
    """There is something in a result that cannot be made anew."""


class Replicas(Struct):
    """Makes anew what was made after `since`, each thing once, under the conditions that hold now.

    `path_condition` are those that held when the things were made, as far as they come before `since`. What is `made`
    already stands for other things.
    """

    interp: Interpreter
    since: int
    path_condition: PathCondition
    made: dict[HeapObject, HeapObject] = field(default_factory=dict)

    def of(self, value: Value) -> Value:
        """A value, with all that it holds."""
        match value:
            case Const() | ExternalName() | EnumMember():
                return value
            case Unknown(of=of):
                return replace(value, of=self.of(of)) if of is not None else value
            case Union(options=parts):
                return Union(self._each(parts))
            case Text(parts=parts):
                return Text(self._each(parts))
            case ExternalAttribute(receiver=receiver):
                return replace(value, receiver=self.of(receiver))
            case RepeatedElement(value=held):
                return RepeatedElement(self.of(held))
            case Bound(function=function, receiver=receiver):
                return Bound(self.of(function), self.of(receiver))
            case Function(scope=scope) if scope.allocated_at <= self.since:
                return value
            case HeapObject():
                return self._box(value)
            case _:
                raise Irreproducible

    def conditions(self, path_condition: PathCondition) -> PathCondition:
        """The conditions that hold now, and those that were added since."""
        return (*self.interp.path_condition, *path_condition[len(self.path_condition) :])

    def arguments(self, given: Arguments) -> Arguments:
        """The arguments of a call."""
        return Arguments(
            self._each(given.positional),
            tuple((name, self.of(value)) for name, value in given.keywords),
            given.open,
            self.of(given.tail) if given.tail is not None else None,
            self.of(given.rest) if given.rest is not None else None,
        )

    def _each(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(self.of(value) for value in values)

    def _box(self, value: HeapObject) -> Value:
        if value in self.made:
            return self.made[value]
        if value.allocated_at <= self.since:
            return value
        clock = self.interp.heap.tick()
        match value:
            case Sequence(kind=kind, location=location):
                listed = self.made[value] = Sequence(clock, kind, [], location)
                listed.content += self._each(tuple(value.content))
                return listed
            case Mapping(default_factory=None):
                table = self.made[value] = Mapping(clock, {}, dict(value.locations), value.location)
                table.content.update((key, self.of(held)) for key, held in value.content.items())
                return table
            case Object(cls=None) if type(value) is Object:
                return self._object(value, clock)
            case _:
                raise Irreproducible

    def _object(self, value: Object, clock: int) -> Object:
        """An object of a library that no front end follows."""
        conditions = self.conditions(value.path_condition)
        made = replace(value, allocated_at=clock, content={}, path_condition=conditions)
        self.made[value] = made
        made.arguments = self.arguments(value.arguments)
        made.receiver = self.of(value.receiver) if value.receiver is not None else None
        made.content.update((key, self.of(held)) for key, held in value.content.items())
        return made
