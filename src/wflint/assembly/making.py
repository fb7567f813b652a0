"""Rows of a front end's table for calls that make an object, or that a front end follows."""

from __future__ import annotations

from msgspec import Struct

from wflint.assembly.frontend import construct, copied_field, on_object
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.library import CallModel, CallSite
from wflint.evaluate.values import NONE, Arguments, Function, Object, Sequence, Unknown, Value


class Making(Struct, frozen=True):
    """A call that makes an object, which remembers whose method made it.

    `path` is what it is made as, where that is not what is called. `held` are arguments, by name and position, that
    become attributes of the same name; `keywords` says that all do that are given by name, and `copied` that lists
    among those become lists of its own. Where it is `followed`, the call is recorded with what it made.
    """

    path: str | None = None
    held: tuple[tuple[str, int | None], ...] = ()
    keywords: bool = False
    copied: bool = False
    followed: bool = False

    def __call__(self, call: CallSite) -> Object:
        """The object."""
        made = call.interpreter.object_of(self.path or call.path, call.arguments, call.location)
        made.receiver = call.receiver
        self._fill(call, made)
        if self.followed and call.receiver is not None:
            call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location, made)
        return made

    def begin(self, call: CallSite) -> Value:
        """The constructor of a class of the source that inherits from the library's."""
        if isinstance(call.receiver, Object):
            self._fill(call, call.receiver)
        return NONE

    def _fill(self, call: CallSite, made: Object) -> None:
        for name, value in call.arguments.keywords if self.keywords or self.copied else ():
            made.content[name] = copied_field(call.interpreter, value) if self.copied else value
        for name, position in self.held:
            given = call.get(name, position)
            if given is not None and given != NONE:
                made.content[name] = given


class Decorating(Struct, frozen=True):
    """`@mark` and `@mark(...)`: the rows of a decorator that makes an object of what it decorates.

    `path` is what is made. Arguments that are given by name are its attributes, and so is what is decorated, which its
    `parameter` gets: as `held`. `run` is the row for a call of what is made.
    """

    path: str
    parameter: str
    held: str = "function"
    run: CallModel | None = None

    def rows(self, decorator: str) -> dict[str, CallModel]:
        """The rows for a decorator, with arguments and without."""
        return {decorator: self._mark, self.path: construct, f"{self.path}.__call__": on_object(self.wrap)}

    def _mark(self, call: CallSite) -> Value:
        made = Making(self.path, keywords=True)(call)
        given = call.get(self.parameter, 0)
        if given is not None and given != NONE:
            made.content[self.held] = given
        return made

    def wrap(self, call: CallSite) -> Value:
        """The call of what a decorator with arguments gives; what is made already may be called as well."""
        wrapper, given = call.receiver, call.get("", 0)
        assert isinstance(wrapper, Object)
        if self.held in wrapper.content and self.run is not None:
            return self.run(call)
        if not isinstance(given, Function | Class) or self.held in wrapper.content:
            return Unknown("what a decorated function gives", call.location)
        made = call.interpreter.object_of(self.path, wrapper.arguments, call.location)
        made.content.update(wrapper.content)
        made.content[self.held] = given
        return made


def followed(unknown: str | None = None) -> CallModel:
    """A method that is recorded; it gives nothing, or something of which only that is known."""

    @on_object
    def handled(call: CallSite) -> Value:
        assert call.receiver is not None
        call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location)
        return Unknown(unknown, call.location) if unknown is not None else NONE

    return handled


def cloned(call: CallSite) -> Object:
    """An object like the one whose method is called, with what is given by name changed."""
    original = call.receiver
    assert isinstance(original, Object)
    made = call.interpreter.object_of(original.path, original.arguments, call.location, original.cls)
    made.content.update(original.content)
    made.content.update(call.arguments.keywords)
    return made


def settled(call: CallSite) -> Object:
    """An object whose arguments are settled where it is made, whatever their alternatives come to later."""
    arguments = Arguments(
        tuple(_settled(call, value) for value in call.arguments.positional),
        tuple((name, _settled(call, value)) for name, value in call.arguments.keywords),
        call.arguments.open,
    )
    made = call.interpreter.object_of(call.path, arguments, call.location)
    made.depends_on = depends_on(*arguments)
    return made


def _settled(call: CallSite, value: Value) -> Value:
    if isinstance(value, Sequence):
        return call.interpreter.list_of([call.interpreter.resolved(item) for item in value.content], value.kind)
    return call.interpreter.resolved(value)
