"""`@CrewBase` classes: decorated methods that make the parts of a crew, and their configuration in YAML."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.written import note_missing
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.python.documents import beside, document
from wflint.evaluate.values import (
    Arguments,
    Bound,
    ExternalName,
    Function,
    Location,
    Object,
    Value,
    alternatives,
    text_of,
)

PROJECT = "\0project"
"""Attribute of a crew, task or agent: the class whose method made it."""
METHOD = "\0method"
"""Attribute of a task or agent: the name of the decorated method that made it."""

WRITTEN = "\0written"
"""Attribute of a task that a document describes: the names of `agent`s and `task`s that it may use there."""

MARK = ExternalName("crewai.CrewBase")
CONFIGURATIONS = {"agents_config": "config/agents.yaml", "tasks_config": "config/tasks.yaml"}
"""Attributes of a project that name documents, and what they are unless it says otherwise."""


def is_marked(function: Function | None, name: str) -> bool:
    """Whether a function has the framework's decorator `name` (`task`, `agent`, `crew`, ...)."""
    return function is not None and any(
        isinstance(mark, ExternalName) and mark.path.startswith("crewai.") and mark.path.endswith(f".{name}")
        for mark in function.unmodelled_decorators
    )


def configure(interp: Interpreter, cls: Value | None, stub: str) -> Value:
    """A class under `@CrewBase`: its configuration is read and it gets `tasks` and `agents`."""
    if not isinstance(cls, Class):
        return ExternalName("crewai.CrewBase")
    cls.unmodelled_decorators = (*cls.unmodelled_decorators, MARK)
    for name, usual in CONFIGURATIONS.items():
        given = cls.find(name)
        path = text_of(given) if given is not None else usual
        found = document(interp, beside(cls.module, path)) if path is not None else None
        if found is not None:
            cls.content[name] = found
        elif path is not None and given is not None:
            place = beside(cls.module, path)
            reason = f"there is no {place} ({path}, seen from this file), so its configuration is unknown"
            note_missing(interp, place, reason, cls.location)
        cls.fields.pop(name, None)
    known = interp.stub(stub).scope.content
    for name in ("tasks", "agents"):
        cls.fields.pop(name, None)
        if cls.find(name) is None:
            cls.content[name] = known[f"_{name}"]
    return cls


def is_project(cls: Class | None) -> bool:
    """Whether a class, or one that it inherits from, is under `@CrewBase`."""
    return cls is not None and any(MARK in ancestor.unmodelled_decorators for ancestor in cls.lineage())


def project_around(interp: Interpreter) -> Class | None:
    """The `@CrewBase` class one of whose methods is running."""
    for frame in reversed(interp.frames):
        receiver = frame.receiver
        if isinstance(receiver, Object) and is_project(receiver.cls):
            return receiver.cls
    return None


def methods(cls: Class, mark: str) -> Iterator[Function]:
    """The methods of a class under a decorator of the framework, ancestors' first, in the order of the source."""
    found: dict[object, Function] = {}
    for ancestor in reversed(list(cls.lineage())):
        for name, value in ancestor.content.items():
            for option in alternatives(value):
                if isinstance(option, Function) and is_marked(option, mark):
                    found[name] = option
    yield from found.values()


def listed(interp: Interpreter, owner: Object, mark: str, location: Location) -> Value:
    """The results of all methods of `owner` under a decorator."""
    made = [interp.call(Bound(method, owner), Arguments(), location) for method in _methods_of(owner, mark)]
    return interp.list_of(made)


def _methods_of(owner: Object, mark: str) -> Iterator[Function]:
    if owner.cls is not None:
        yield from methods(owner.cls, mark)
