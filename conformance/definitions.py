"""What an installed framework defines, read from its files without importing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DEEPEST = 12


@dataclass
class Definition:
    """All that one name stands for in a package: a class, a function, or several of them.

    `takes_any` is true where one of them takes keywords that it does not list.
    """

    parameters: set[str] = field(default_factory=set)
    members: dict[str, Definition] = field(default_factory=dict)
    bases: set[str] = field(default_factory=set)
    takes_any: bool = False


class Definitions:
    """The definitions of a package by name, whatever module they are in."""

    def __init__(self, folders: list[Path]) -> None:
        self.by_name: dict[str, Definition] = {}
        for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
            try:
                tree = ast.parse(path.read_bytes())
            except (SyntaxError, ValueError):
                continue
            self._enter(tree.body)

    def find(self, dotted: str) -> Definition | None:
        """What `Name` or `Name.method` is, inherited methods included."""
        name, _, member = dotted.partition(".")
        found = self.by_name.get(name)
        return self._member(found, member, DEEPEST) if found is not None and member else found

    def accepts(self, dotted: str, parameter: str) -> bool:
        """Whether a call of `Name` or `Name.method` may be given the parameter."""
        found = self.find(dotted)
        return found is not None and any(
            each.takes_any or parameter in each.parameters or parameter in each.members
            for each in self._lineage(found, DEEPEST)
        )

    def _member(self, definition: Definition, member: str, depth: int) -> Definition | None:
        return next((each.members[member] for each in self._lineage(definition, depth) if member in each.members), None)

    def _lineage(self, definition: Definition, depth: int) -> Iterator[Definition]:
        yield definition
        for base in sorted(definition.bases) if depth else ():
            above = self.by_name.get(base)
            if above is not None and above is not definition:
                yield from self._lineage(above, depth - 1)

    def _enter(self, body: list[ast.stmt]) -> None:
        for node in body:
            match node:
                case ast.ClassDef():
                    self._enter_class(self.by_name.setdefault(node.name, Definition()), node)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    _enter_function(self.by_name.setdefault(node.name, Definition()), node)
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=value)
                ):
                    made = self.by_name.setdefault(name, Definition(takes_any=True))
                    made.bases |= {_last(value)} if value is not None else set()
                case ast.If(body=inner, orelse=other):
                    self._enter([*inner, *other])
                case ast.Try(body=inner, handlers=handlers, orelse=other):
                    self._enter([*inner, *(each for handler in handlers for each in handler.body), *other])
                case _:
                    pass

    def _enter_class(self, into: Definition, node: ast.ClassDef) -> None:
        into.bases |= {_last(base) for base in node.bases}
        for item in node.body:
            match item:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    _enter_function(into.members.setdefault(item.name, Definition()), item)
                    if item.name in ("__init__", "__new__", "__call__"):
                        _enter_function(into, item)
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                    into.members.setdefault(name, Definition(takes_any=True))
                case ast.ClassDef():
                    self._enter_class(into.members.setdefault(item.name, Definition()), item)
                case _:
                    pass


def _enter_function(into: Definition, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    given = node.args
    into.parameters |= {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
    into.takes_any = into.takes_any or given.kwarg is not None


def _last(base: ast.expr) -> str:
    match base:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value) | ast.Call(func=value):
            return _last(value)
        case _:
            return ""
