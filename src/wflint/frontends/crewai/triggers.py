"""What makes a flow's method run: `@start`, `@listen` and `@router` with their conditions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.sequences import elements, is_unset
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Bound, Function, Location, Object, Value, alternatives, text_of
from wflint.frontends.crewai.table import AND, FEEDBACK, LISTEN, OR, ROUTER, START

DECORATORS = frozenset({START, LISTEN, ROUTER})


class Trigger(Struct, frozen=True):
    """A method or label that something waits for; `name` is None where it cannot be told."""

    name: str | None
    location: Location


class Condition(Struct, frozen=True):
    """Triggers of which all are needed (`together`), or any; under `@start` only the labels of routers count."""

    triggers: tuple[Trigger, ...]
    together: bool
    labels_only: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether each trigger starts a listener whenever it comes up: not where another one may have been first.

        A router starts at each of them.
        """
        return self.together or len(self.triggers) == 1


class Method(Struct, frozen=True):
    """A step of a flow: a decorated method with its decorators.

    `conditions` are alternatives. `begins` is true under a bare `@start()`, `starts` under any. `function` is None
    where a document describes the step, which is called `title` there.
    """

    function: Function | None
    decorators: tuple[Object, ...]
    conditions: tuple[Condition, ...]
    begins: bool
    title: str = ""

    @property
    def name(self) -> str:
        return self.function.name if self.function is not None else self.title

    @property
    def code(self) -> Function:
        """The function of a step that has one."""
        assert self.function is not None
        return self.function

    @property
    def starts(self) -> bool:
        return self.begins or any(condition.labels_only for condition in self.conditions)

    @property
    def feedback(self) -> Object | None:
        """The `@human_feedback` of the method."""
        return next((decorator for decorator in self.decorators if decorator.path == FEEDBACK), None)

    @property
    def emits(self) -> Object | None:
        """The decorator by which the method's result is a label that others wait for."""
        feedback = self.feedback
        if feedback is not None and not is_unset(feedback.arguments.get("emit", 1)):
            return feedback
        return next((decorator for decorator in self.decorators if decorator.path == ROUTER), None)

    @property
    def is_router(self) -> bool:
        return self.emits is not None


def methods_of(interp: Interpreter, cls: Class) -> tuple[Method, ...]:
    """The steps of a flow class, inherited ones first, in the order of the source."""
    found: dict[str, Function] = {}
    for ancestor in reversed(list(cls.lineage())):
        for name, value in ancestor.content.items():
            if name in found and _hides(value):
                del found[str(name)]
            for option in alternatives(value):
                if isinstance(option, Function) and any(_is_step(mark) for mark in option.unmodelled_decorators):
                    found[option.name] = option
    return tuple(_method(interp, function) for function in found.values())


def hidden_steps(cls: Class) -> Iterator[tuple[Function, Function]]:
    """Methods that override a step without saying that they are one, each with the step."""
    steps: dict[str, Function] = {}
    for ancestor in reversed(list(cls.lineage())):
        for name, value in ancestor.content.items():
            if isinstance(value, Function) and any(map(_is_step, value.unmodelled_decorators)):
                steps[str(name)] = value
            elif ancestor is cls and isinstance(value, Function) and name in steps and _hides(value):
                yield value, steps[str(name)]


def _hides(value: Value) -> bool:
    """Whether a value is a method that certainly is no step."""
    return isinstance(value, Function) and not value.unmodelled_decorators


def _is_step(mark: Value) -> bool:
    return isinstance(mark, Object) and mark.path in DECORATORS


def _method(interp: Interpreter, function: Function) -> Method:
    decorators = tuple(
        m for m in function.unmodelled_decorators if isinstance(m, Object) and (_is_step(m) or m.path == FEEDBACK)
    )
    conditions: list[Condition] = []
    begins = False
    for decorator in decorators:
        condition = decorator.arguments.get("condition", 0)
        if decorator.path in DECORATORS and condition is not None and not is_unset(condition):
            found = _conditions(interp, condition, decorator.location or function.location)
            conditions += (replace(each, labels_only=decorator.path == START) for each in found)
        elif decorator.path == START:
            begins = True
    return Method(function, decorators, tuple(conditions), begins)


def _conditions(interp: Interpreter, value: Value, location: Location) -> Iterator[Condition]:
    """The alternatives of a condition."""
    for option in interp.possibilities(value):
        if isinstance(option, Object) and option.path in (AND, OR):
            where = option.location or location
            if option.path == AND:
                yield Condition(tuple(_leaves(interp, option, where)), together=True)
                continue
            plain = [part for part in option.arguments.positional if not _is_nested(part)]
            named = tuple(trigger for part in plain for trigger in _leaves(interp, part, where))
            nested = [
                c for part in option.arguments.positional if _is_nested(part) for c in _conditions(interp, part, where)
            ]
            yield from ([Condition(named, together=False)] if named else [])
            yield from nested
        else:
            yield Condition((_trigger(option, location),), together=False)


def _is_nested(value: Value) -> bool:
    return isinstance(value, Object) and value.path in (AND, OR)


def _leaves(interp: Interpreter, value: Value, location: Location) -> Iterator[Trigger]:
    """Every method and label in a condition, however deep."""
    for option in interp.possibilities(value):
        if isinstance(option, Object) and option.path in (AND, OR):
            for part in option.arguments.positional:
                yield from _leaves(interp, part, option.location or location)
            continue
        yield _trigger(option, location)


def _trigger(value: Value, location: Location) -> Trigger:
    function = value.function if isinstance(value, Bound) else value
    if isinstance(function, Function):
        return Trigger(function.name, location)
    return Trigger(text_of(value), location)


def emitted(interp: Interpreter, decorator: Object) -> tuple[str, ...] | None:
    """The labels that `emit=` lists; None where it is not given or not all known."""
    value = decorator.arguments.get("emit", 1 if decorator.path == FEEDBACK else None)
    if is_unset(value):
        return None
    single = text_of(value)
    if single is not None:
        return (single,)
    labels = [text_of(option) for entry in elements(value) for option in interp.possibilities(entry.value)]
    known = [label for label in labels if label is not None]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(labels) else None
