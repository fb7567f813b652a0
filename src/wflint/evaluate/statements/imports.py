"""Imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.events import Completion
from wflint.evaluate.expressions.iteration import bind_target
from wflint.evaluate.restoring import lowered
from wflint.evaluate.values import (
    Arguments,
    DeferredImport,
    ExternalName,
    Location,
    ModuleValue,
    Unknown,
    Value,
    text_of,
)
from wflint.source import code
from wflint.source.walking import words_in

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope


def run_import(interp: Interpreter, node: code.Import, scope: Scope) -> Completion:
    """`import a.b as c`."""
    for alias in node.names:
        bound = alias.alias or alias.name.partition(".")[0]
        dotted = alias.name if alias.alias else bound
        module = interp.linker.absolute(interp.module, dotted)
        value: Value = ModuleValue(module) if module is not None else ExternalName(dotted)
        bind_target(interp, code.Name(node.at, bound), value, scope)
        whole = interp.linker.absolute(interp.module, alias.name)
        if whole is not None and _is_for_effects(interp, bound):
            _run_for_effects(interp, ModuleValue(whole))
    return Completion.NORMAL


def run_import_from(interp: Interpreter, node: code.ImportFrom, scope: Scope) -> Completion:
    """`from a import b`: looked up when it is first used, so that a file is read only if it matters."""
    here = interp.module
    for alias in node.names:
        if alias.name == "*":
            _take_all(interp, node)
            continue
        value = _relative(interp, node, alias.name) if node.level else imported(interp, here, node.module, alias.name)
        bound = alias.alias or alias.name
        bind_target(interp, code.Name(node.at, bound), value, scope)
        if isinstance(value, DeferredImport | ModuleValue) and _is_for_effects(interp, bound):
            _run_for_effects(interp, value)
    return Completion.NORMAL


def imported(interp: Interpreter, importer: Module, home: str, name: str) -> Value:
    """What `from home import name` gives in a module."""
    from wflint.evaluate.expressions.attributes import library

    module = interp.linker.origin(importer, home, name)
    if module is not None:
        return DeferredImport(module, name)
    child = interp.linker.absolute(importer, f"{home}.{name}")
    return ModuleValue(child) if child is not None else library(interp, f"{home}.{name}")


def _relative(interp: Interpreter, node: code.ImportFrom, name: str) -> Value:
    """What `from ..module import name` gives."""
    here = interp.module
    module = interp.linker.relative(here, node.level, node.module)
    if module is not None:
        return DeferredImport(module, name)
    path = f"{node.module}.{name}".lstrip(".")
    child = interp.linker.relative(here, node.level, path)
    missing = Unknown(f"no file for `{'.' * node.level}{path}`", interp.location(node.at))
    return ModuleValue(child) if child is not None else missing


def _take_all(interp: Interpreter, node: code.ImportFrom) -> None:
    """`from module import *`."""
    here = interp.module
    module = (
        interp.linker.relative(here, node.level, node.module)
        if node.level
        else interp.linker.origin(here, node.module, "*")
    )
    if module is not None:
        here.stars.append(module)
    elif not node.level:
        here.library_stars.append(node.module)


def _is_for_effects(interp: Interpreter, name: str) -> bool:
    """Whether something is imported that the module never mentions: for what its module does when it is run.

    Packages import what others may ask them for; they mean the effects only where they are imported for them.
    """
    frame, module = interp.frames[-1], interp.module
    if frame.function is not None or interp.path_condition or module.stub:
        return False
    return module.for_effects if module.is_package else name not in mentioned(module)


def mentioned(module: Module) -> frozenset[str]:
    """The names and the texts in a module."""
    if module.names is None:
        module.names = words_in(module.body)
    return module.names


def _run_for_effects(interp: Interpreter, value: DeferredImport | ModuleValue) -> None:
    """Run the module that something comes from now, not when it is first used."""
    value.module.for_effects = True
    interp.load(value.module)
    found = interp.settled(value)
    if isinstance(found, ModuleValue) and found.module is not value.module:
        _run_for_effects(interp, found)


def run_registrations(interp: Interpreter, home: Module) -> None:
    """Run what the running module imports and what imports names of `home`, as far as nobody has asked for it yet.

    By now Python has run it, and it may have put something into a container of `home` that is looked at.
    """
    for module in _imported_modules(interp, interp.module):
        if not module.loaded and home in _imported_modules(interp, module):
            module.for_effects = True
            interp.load(module)


def _imported_modules(interp: Interpreter, importer: Module) -> list[Module]:
    """The modules of the repository that the imports at the top of a module name."""
    if importer.lowered is None:
        importer.lowered = lowered(interp, importer)
    found: list[Module | None] = []
    for node in importer.body:
        match node:
            case code.Import(names=names):
                found += [interp.linker.absolute(importer, alias.name) for alias in names]
            case code.ImportFrom(level=0, module=home, names=names):
                found += [interp.linker.absolute(importer, home)]
                found += [interp.linker.absolute(importer, f"{home}.{alias.name}") for alias in names]
            case code.ImportFrom(level=level, module=home, names=names):
                found += [interp.linker.relative(importer, level, home)]
                inside = (f"{home}.{alias.name}".lstrip(".") for alias in names)
                found += [interp.linker.relative(importer, level, each) for each in inside]
            case _:
                pass
    return list(dict.fromkeys(module for module in found if module is not None))


def import_module(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`importlib.import_module(...)` of a name that is known."""
    name, package = text_of(arguments.get("name", 0)), arguments.get("package", 1)
    if name is None:
        return Unknown("a module with an unknown name", location)
    here = interp.module
    if not name.startswith("."):
        found = interp.linker.absolute(here, name)
        return ModuleValue(found) if found is not None else ExternalName(name)
    level = len(name) - len(name.lstrip("."))
    home = text_of(package)
    base = interp.linker.absolute(here, home) if home is not None else here
    inside = interp.linker.relative(base, level, name[level:]) if base is not None else None
    return ModuleValue(inside) if inside is not None else Unknown(f"no file for `{name}`", location)
