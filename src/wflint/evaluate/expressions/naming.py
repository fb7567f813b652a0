"""What names stand for, in scopes and in modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.expressions.attributes import library
from wflint.evaluate.python.functions import BUILTINS
from wflint.evaluate.python.paths import OWN_NAME, file_of
from wflint.evaluate.values import (
    UNBOUND,
    Arguments,
    Const,
    DeferredImport,
    ExternalName,
    Function,
    Mapping,
    ModuleValue,
    Object,
    Sequence,
    Union,
    Unknown,
    Value,
    bound_part,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope
    from wflint.source.code import TextRange


def lookup(interp: Interpreter, name: str, scope: Scope, at: TextRange) -> Value:
    """What a name stands for."""
    holder = scope.holder(name)
    if holder is not None:
        value = holder.content[name]
        if isinstance(value, DeferredImport | Union):
            if isinstance(value, DeferredImport):
                _await_registrations(interp, value)
            value = holder.content[name] = settled(interp, value)
        if holder is not scope:
            interp.memory.log.append((holder, name, value))
        if name in holder.rebound and (offset := _read_late_at(interp, holder, at)) is not None:
            value = settled(interp, holder.as_written(name, offset))
        if value is not UNBOUND and not isinstance(value, Union):
            return value
        there = bound_part(value)
        return there if there is not None else Unknown(f"`{name}` is not set here", interp.location(at))
    interp.memory.log.append((_defined_in(interp), name, None))
    for star in reversed(interp.module.stars):
        found = exported(interp, star, name)
        if found is not None:
            return found
    known = _of_library(interp, interp.module, name)
    if known is not None:
        return known
    if name == "__file__" and not interp.module.stub:
        return file_of(interp.module)
    if name in ("__name__", "__package__"):
        return OWN_NAME
    if name in BUILTINS:
        return ExternalName(f"builtins.{name}")
    return Unknown(f"`{name}` is not defined in the source", interp.location(at))


def _read_late_at(interp: Interpreter, holder: Scope, at: TextRange) -> int | None:
    """Where a name of a module is looked up, seen from the end of the module, where cells or annotations count.

    None where it is looked up as the module runs, or means what it stands for in the end.
    """
    written_at = interp.frames[-1].written_at
    if interp.frames[0].runs_module or not (holder.by_cells or written_at is not None):
        return None
    return written_at if written_at is not None else interp.module.run_at(at[0])


def _await_registrations(interp: Interpreter, imported: DeferredImport) -> None:
    """Let the other imports of the running module fill what is imported, where that is a container."""
    from wflint.evaluate.statements.imports import run_registrations

    found = settled(interp, imported)
    if isinstance(found, Mapping | Sequence | Object) and not interp.module.stub:
        run_registrations(interp, imported.module)


def _defined_in(interp: Interpreter) -> Scope:
    """The scope around the body that is running."""
    function = interp.frames[-1].function
    return function.scope if function is not None else interp.module.scope


Names = set[tuple["Module", str]]
"""Names of modules."""


def settled(interp: Interpreter, value: Value, seen: Names | None = None) -> Value:
    """Late imports looked up, anything else as it is.

    `seen` are the names that have been looked up on the way here: an alternative that leads back adds nothing.
    """
    seen = set() if seen is None else seen
    match value:
        case DeferredImport(module=module, name=name):
            return taken_from(interp, module, name, seen)
        case Union(options=options) if any(isinstance(option, DeferredImport) for option in options):
            found = [settled(interp, option, seen) for option in options if not _leads_back(option, seen)]
            return join(*found) if found else Unknown("an import that leads back to itself")
        case _:
            return value


def _leads_back(value: Value, seen: Names) -> bool:
    return isinstance(value, DeferredImport) and (value.module, value.name) in seen


def taken_from(interp: Interpreter, module: Module, name: str, passed: Names | None = None) -> Value:
    """What an import of `name` or an attribute of that name gives: what the module has, or makes when asked."""
    found = exported(interp, module, name, passed)
    if found is not None:
        return found
    asked = module.scope.content.get("__getattr__")
    if isinstance(asked, Function):
        return interp.call(asked, Arguments((Const(name),)), asked.location)
    return Unknown(f"`{name}` is not found in {module.path}")


def exported(interp: Interpreter, module: Module, name: str, passed: Names | None = None) -> Value | None:
    """What `name` is in `module`: a name of its own, of a star import, or a submodule; None if it is neither."""
    passed = set() if passed is None else passed
    seen: Names = set()
    queue = [(module, name)]
    submodule: Module | None = None
    while queue:
        here, wanted = queue.pop(0)
        if (here, wanted) in seen:
            continue
        seen.add((here, wanted))
        interp.load(here)
        value = here.scope.content.get(wanted)
        interp.memory.log.append((here.scope, wanted, value))
        if isinstance(value, DeferredImport) and (value.module, value.name) != (here, wanted):
            queue.insert(0, (value.module, value.name))
        elif value is not None and not isinstance(value, DeferredImport):
            passed |= seen
            return settled(interp, value, passed)
        elif (known := _of_library(interp, here, wanted)) is not None:
            return known
        else:
            submodule = submodule or interp.linker.child(here, wanted)
            queue[:0] = [(star, wanted) for star in reversed(here.stars)]
    return ModuleValue(submodule) if submodule is not None else None


def _of_library(interp: Interpreter, module: Module, name: str) -> Value | None:
    """What `name` is in a module that takes every name from libraries, as far as it is told which names those have."""
    paths = (f"{star}.{name}" for star in reversed(module.library_stars))
    return next((library(interp, path) for path in paths if interp.library_model.knows(path)), None)
