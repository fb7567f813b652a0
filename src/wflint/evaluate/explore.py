"""Running a repository's modules, and the functions in them that nobody calls.

A workflow is often built in a factory that only a framework's server or a test calls. Such functions are called here
with arguments that are unknown, or guessed from annotations. Callers go before what they call, so that helpers see
real arguments; what came out of a guess is marked `synthetic`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from wflint.evaluate.classes import has_behaviour, instantiate
from wflint.evaluate.interpreter import Frame, Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.types import is_enum
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Class,
    Function,
    Late,
    Library,
    ModuleValue,
    Object,
    Place,
    Value,
    options_of,
)
from wflint.source.code import Alias, Attribute, ImportFrom, Name

STEPS_PER_FUNCTION = 20_000


def explore(interp: Interpreter, modules: Iterable[Module]) -> None:
    """Evaluate `modules`, then everything in them that was not reached and has to do with a framework."""
    known = list(modules)
    for module in known:
        interp.load(module)
    for module in known:
        _uncalled(interp, module, frozenset(known))


def _uncalled(interp: Interpreter, module: Module, known: frozenset[Module]) -> None:
    steps = _steps(interp)
    functions = [f for f in _functions(module) if id(f.node) not in interp.entered and id(f.node) not in steps]
    classes = [c for c in _classes(module) if has_behaviour(c)]
    mentions = {item.name: names_in(item.node) - {item.name} for item in (*functions, *classes)}
    telling = _telling(interp, module, known, mentions)
    mentioned: set[str] = set().union(*mentions.values())
    for function in sorted(functions, key=lambda f: f.name in mentioned):
        if id(function.node) not in interp.entered and function.name in telling:
            _call(interp, module, function)
    for cls in sorted(classes, key=lambda c: c.name in mentioned):
        if cls.name in telling:
            _live(interp, module, cls)


def _telling(
    interp: Interpreter, module: Module, known: frozenset[Module], mentions: dict[str, set[str]]
) -> frozenset[str]:
    """The functions and classes that use a framework, or a workflow module, directly or through each other."""
    if any(star in known for star in module.stars):
        return frozenset(mentions)
    names = {str(name) for name, value in module.scope.content.items() if _is_telling(interp, value, module, known)}
    names |= interp.table.roots
    for _ in mentions:
        more = {name for name, used in mentions.items() if used & names} - names
        if not more:
            break
        names |= more
    return frozenset(names)


def _is_telling(interp: Interpreter, value: Value, module: Module, known: frozenset[Module]) -> bool:
    match value:
        case Library(path=path):
            return path.partition(".")[0] in interp.table.roots
        case Late(module=home) | ModuleValue(module=home):
            return home in known
        case Function(module=home) | Class(module=home):
            return home in known and home is not module
        case Object():
            return value.path in interp.table.calls
        case _:
            return False


def _steps(interp: Interpreter) -> set[int]:
    """The functions that were given to a framework: they are read as steps, with a state."""
    found: set[int] = set()
    for event in interp.events:
        for argument in event.arguments:
            for option in options_of(argument):
                function = option.function if isinstance(option, Bound) else option
                if isinstance(function, Function):
                    found.add(id(function.node))
    return found


def _functions(module: Module) -> Iterator[Function]:
    for value in list(module.scope.content.values()):
        for option in options_of(value):
            if isinstance(option, Function) and option.module is module:
                yield option


def _classes(module: Module) -> Iterator[Class]:
    for value in list(module.scope.content.values()):
        if isinstance(value, Class) and value.module is module and not is_enum(value):
            yield value


def names_in(node: object) -> set[str]:
    """Every name and attribute name in a piece of the code tree, and the libraries that it imports."""
    found: set[str] = set()
    queue: list[object] = [node]
    while queue:
        item = queue.pop()
        if isinstance(item, tuple):
            queue.extend(item)
        elif isinstance(item, msgspec.Struct):
            if isinstance(item, Name):
                found.add(item.id)
            elif isinstance(item, Attribute):
                found.add(item.name)
            elif isinstance(item, ImportFrom):
                found.add(item.module.partition(".")[0])
            elif isinstance(item, Alias):
                found.add(item.name.partition(".")[0])
            queue.extend(getattr(item, name) for name in item.__struct_fields__)
    return found


def _live(interp: Interpreter, module: Module, cls: Class) -> None:
    """Make an object of the class if nobody did, and call the methods that nobody called."""
    steps = _steps(interp)
    methods = [
        value
        for name, value in cls.content.items()
        if isinstance(value, Function) and name != "__init__" and value.binding in ("plain", "static", "class")
    ]
    mentioned: set[str] = set().union(*(names_in(method.node) - {method.name} for method in methods))
    methods.sort(key=lambda method: method.name in mentioned)
    idle = [m for m in methods if id(m.node) not in interp.entered and id(m.node) not in steps]
    if cls in interp.instantiated and not idle:
        return
    made = _guarded(interp, module, lambda: instantiate(interp, cls, Arguments(open=True), Place(module, cls.node.at)))
    if not isinstance(made, Object):
        return
    steps = _steps(interp)
    for method in idle:
        if id(method.node) in interp.entered or id(method.node) in steps:
            continue
        receiver = cls if method.binding == "class" else made
        target: Value = method if method.binding == "static" else Bound(method, receiver)
        _guarded(interp, module, lambda t=target, m=method: interp.call(t, Arguments(open=True), m.place))  # type: ignore[misc]


def _call(interp: Interpreter, module: Module, function: Function) -> None:
    _guarded(interp, module, lambda: interp.call(function, Arguments(open=True), function.place))


def _guarded(interp: Interpreter, module: Module, action) -> Value | None:  # type: ignore[no-untyped-def]
    """Do something that only we do, within its own budget."""
    interp.budget.renew()
    steps, interp.budget.steps = interp.budget.steps, STEPS_PER_FUNCTION
    interp.synthetic = True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, module, None, (), interp.heap.tick(), 0)]
            return action()
    finally:
        if interp.budget.exhausted:
            interp.exhausted.append(Place(module, (0, 0)))
        interp.synthetic = False
        interp.budget.steps = steps
        interp.budget.renew()
