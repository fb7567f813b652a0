"""`def`, `class` and imports: what gives names their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.events import Flow
from wflint.evaluate.iteration import bind_target
from wflint.evaluate.values import Arguments, Function, Late, Library, ModuleValue, Place, Unknown, Value, text_of
from wflint.source import code

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope


def define_function(interp: Interpreter, node: code.FunctionDef, scope: Scope) -> Flow:
    """`def`: the function, its defaults evaluated and its decorators applied."""
    from wflint.evaluate.classes import decorated

    defaults = {p.name: interp.evaluate(p.default, scope) for p in node.parameters if p.default is not None}
    function: Value = Function(node, interp.module, scope, node.name, defaults)
    for decorator in reversed(node.decorators):
        function = decorated(interp, interp.evaluate(decorator, scope), function, interp.place(decorator.at))
    bind_target(interp, code.Name(node.name_at, node.name), function, scope)
    return Flow.NEXT


def define_class(interp: Interpreter, node: code.ClassDef, scope: Scope) -> Flow:
    """`class`: the class, its body run and its decorators applied."""
    from wflint.evaluate.classes import build_class

    bind_target(interp, code.Name(node.name_at, node.name), build_class(interp, node, scope), scope)
    return Flow.NEXT


def run_import(interp: Interpreter, node: code.Import, scope: Scope) -> Flow:
    """`import a.b as c`."""
    for alias in node.names:
        bound = alias.alias or alias.name.partition(".")[0]
        dotted = alias.name if alias.alias else bound
        module = interp.linker.absolute(interp.module, dotted)
        value: Value = ModuleValue(module) if module is not None else Library(dotted)
        bind_target(interp, code.Name(node.at, bound), value, scope)
    return Flow.NEXT


def run_import_from(interp: Interpreter, node: code.ImportFrom, scope: Scope) -> Flow:
    """`from a import b`: looked up when it is first used, so that a file is read only if it matters."""
    from wflint.evaluate.attributes import library

    here = interp.module
    for alias in node.names:
        module = (
            interp.linker.relative(here, node.level, node.module)
            if node.level
            else interp.linker.origin(here, node.module, alias.name)
        )
        if alias.name == "*":
            if module is not None:
                here.stars.append(module)
            elif not node.level:
                here.library_stars.append(node.module)
            continue
        value: Value
        if module is not None:
            value = Late(module, alias.name)
        else:
            base = f"{node.module}.{alias.name}"
            child = (
                interp.linker.relative(here, node.level, base.lstrip("."))
                if node.level
                else interp.linker.absolute(here, base)
            )
            missing = Unknown(f"no file for `{'.' * node.level}{base.lstrip('.')}`", interp.place(node.at))
            value = ModuleValue(child) if child is not None else missing if node.level else library(interp, base)
        bind_target(interp, code.Name(node.at, alias.alias or alias.name), value, scope)
    return Flow.NEXT


def import_module(interp: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`importlib.import_module(...)` of a name that is known."""
    name, package = text_of(arguments.get("name", 0)), arguments.get("package", 1)
    if name is None:
        return Unknown("a module whose name is not known", place)
    here = interp.module
    if not name.startswith("."):
        found = interp.linker.absolute(here, name)
        return ModuleValue(found) if found is not None else Library(name)
    level = len(name) - len(name.lstrip("."))
    home = text_of(package)
    base = interp.linker.absolute(here, home) if home is not None else here
    inside = interp.linker.relative(base, level, name[level:]) if base is not None else None
    return ModuleValue(inside) if inside is not None else Unknown(f"no file for `{name}`", place)
