"""The import statements of a file, at any depth, without lowering it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.source import code
from wflint.source.forms import Form
from wflint.source.python_parser import module_in
from wflint.source.walking import nodes_in


class ImportStatement(Struct, frozen=True):
    """`from home import names`, as many `level` up; without names, `import home`."""

    level: int
    home: str
    names: tuple[str, ...] = ()


def parsed(data: bytes, form: Form) -> tuple[ImportStatement, ...] | None:
    """The imports of a file with these bytes, in no order; None where Python's own parser does not read it."""
    if form is not Form.MODULE:
        return None
    try:
        tree = module_in(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tuple(dict.fromkeys(_imports(tree)))


def _imports(tree: ast.Module) -> Iterator[ImportStatement]:
    """Only statements are walked: no import stands in an expression."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        match node:
            case ast.Import(names=names):
                yield from (ImportStatement(0, alias.name) for alias in names)
            case ast.ImportFrom(module=home, names=names, level=level):
                yield ImportStatement(level, home or "", tuple(alias.name for alias in names))
            case _:
                for block in ("body", "orelse", "finalbody", "handlers", "cases"):
                    pending += _statements(getattr(node, block, ()))


def _statements(block: object) -> Iterable[ast.AST]:
    """The statements of a block; the body of a lambda or an expression is none."""
    return block if isinstance(block, list) else ()


def lowered_imports(lowered: code.ModuleIR) -> tuple[ImportStatement, ...]:
    """The imports of a file that is lowered, in no order."""
    found: dict[ImportStatement, None] = {}
    for node in nodes_in(lowered.body):
        match node:
            case code.Import(names=names):
                found.update((ImportStatement(0, alias.name), None) for alias in names)
            case code.ImportFrom(module=home, level=level, names=names):
                found[ImportStatement(level, home, tuple(alias.name for alias in names))] = None
            case _:
                pass
    return tuple(found)
