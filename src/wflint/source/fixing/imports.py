"""Names that a module imports, and imports that are added."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

from wflint.model.fix import Edit
from wflint.source.fixing.syntax import Syntax


class Imported(Struct, frozen=True):
    """How a name is written once it is imported, and what that takes."""

    written: str
    edits: tuple[Edit, ...] = ()


def is_imported(syntax: Syntax, name: str) -> bool:
    """Whether the module imports the name at its top."""
    return any((alias.asname or alias.name) == name for _, alias in _aliases(syntax))


def member(syntax: Syntax, module: str, name: str) -> Imported | None:
    """`name` from a module, as `module.name` or by itself; None where the module is a name for something else."""
    return _known(syntax, module, name) or _imported(syntax, module, f"{module}.{name}", f"import {module}")


def direct(syntax: Syntax, module: str, name: str) -> Imported | None:
    """`name` from a module, by itself; None where it is a name for something else."""
    known = _known(syntax, module, name)
    if known is not None or name in _bound(syntax):
        return known
    for statement in syntax.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == module and statement.names[0].name != "*":
            start = syntax.range_of(statement.names[0]).start
            return Imported(name, (syntax.edit(start, start, f"{name}, "),))
    return _imported(syntax, name, name, f"from {module} import {name}")


def _imported(syntax: Syntax, bound: str, written: str, line: str) -> Imported | None:
    """A new import above the first one."""
    if bound in _bound(syntax):
        return None
    for statement in syntax.tree.body:
        first = isinstance(statement, ast.Import | ast.ImportFrom)
        if first and getattr(statement, "module", None) != "__future__":
            start = syntax.range_of(statement).start
            if syntax.indent(start) != "":
                return None
            return Imported(written, (syntax.edit(start, start, f"{line}{syntax.newline}"),))
    return None


def _aliases(syntax: Syntax) -> Iterator[tuple[ast.Import | ast.ImportFrom, ast.alias]]:
    for statement in syntax.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from ((statement, alias) for alias in statement.names)


def _known(syntax: Syntax, module: str, name: str) -> Imported | None:
    """The name as the module has imported it already."""
    for statement, alias in _aliases(syntax):
        match statement:
            case ast.ImportFrom(module=source, level=0) if source == module and alias.name == name:
                return Imported(alias.asname or name)
            case ast.Import() if alias.name == module:
                return Imported(f"{alias.asname or module}.{name}")
            case _:
                pass
    return None


def _bound(syntax: Syntax) -> frozenset[str]:
    """Every name that the file binds anywhere."""
    bound = {alias.asname or alias.name.split(".")[0] for alias in _all_aliases(syntax)}
    for node in ast.walk(syntax.tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case _:
                pass
    return frozenset(bound)


def _all_aliases(syntax: Syntax) -> Iterator[ast.alias]:
    return (node for node in ast.walk(syntax.tree) if isinstance(node, ast.alias))
