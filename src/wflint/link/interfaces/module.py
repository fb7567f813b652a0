"""A file as far as it matters here: what its names stand for, in it or in the files that it imports them from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeVar

from msgspec import Struct

from wflint.link.records import Place
from wflint.source.code import (
    Alias,
    AnnAssign,
    Assign,
    Attribute,
    Await,
    Call,
    ClassDef,
    Constant,
    DictDisplay,
    Expr,
    FunctionDef,
    Import,
    ImportFrom,
    ModuleIR,
    Name,
    Node,
    TextRange,
    WithItem,
)
from wflint.source.walking import children, nodes_in, structs

E = TypeVar("E", bound=Expr)


class ImportedName(Struct, frozen=True):
    """What an import binds a name to: `name` of the module `home`, `level` up; the module where `name` is empty."""

    level: int
    home: str
    name: str = ""


class Elsewhere(Protocol):
    """Finds what names of a file mean in other files of the repository."""

    def imported(self, code: Code, what: ImportedName) -> Definition | None:
        """What an import of a file means; None for what is not in the repository."""

    def within(self, package: Code, name: str) -> Definition | None:
        """What a dotted name goes on to inside a module."""


class Code(Struct, frozen=True, dict=True, eq=False):
    """A lowered file and its path."""

    path: str
    module: ModuleIR
    elsewhere: Elsewhere

    @cached_property
    def imports(self) -> Mapping[str, str]:
        """The dotted name that each imported name stands for; relative ones are left out."""
        found: dict[str, str] = {}
        for name, what in self.import_names.items():
            if not what.level and what.home:
                found[name] = f"{what.home}.{what.name}" if what.name else what.home
        return found

    @cached_property
    def import_names(self) -> Mapping[str, ImportedName]:
        """What each imported name is bound to."""
        found: dict[str, ImportedName] = {}
        for node in nodes_in(self.module.body):
            if isinstance(node, Import):
                found.update(_plain_imports(node.names))
            elif isinstance(node, ImportFrom):
                found |= {
                    alias.alias or alias.name: ImportedName(node.level, node.module, alias.name) for alias in node.names
                }
        return found

    @cached_property
    def values(self) -> Mapping[str, Expr]:
        """What each name stands for, where that is one thing only."""
        return _once((name, value) for name, value in self._bound)

    @cached_property
    def made_by(self) -> Mapping[str, Call]:
        """The call that made what each name stands for, where there is one only."""
        bound = ((name, _bare(value)) for name, value in (*self._bound, *self._opened))
        return _once((name, value) for name, value in bound if isinstance(value, Call))

    @cached_property
    def _bound(self) -> tuple[tuple[str, Expr], ...]:
        found: list[tuple[str, Expr]] = []
        for node in nodes_in(self.module.body):
            match node:
                case Assign(targets=(target,), value=value):
                    found.append((target_name(target), value))
                case AnnAssign(target=target, value=Expr() as given):
                    found.append((target_name(target), given))
                case _:
                    pass
        return tuple((name, value) for name, value in found if name)

    @cached_property
    def _opened(self) -> tuple[tuple[str, Expr], ...]:
        items = (item for node in nodes_in(self.module.body) for item in children(node) if isinstance(item, WithItem))
        return tuple((item.target.id, item.context) for item in items if isinstance(item.target, Name))

    @cached_property
    def functions(self) -> tuple[FunctionDef, ...]:
        """Every function of the file, in order."""
        found = [node for node in nodes_in(self.module.body) if isinstance(node, FunctionDef)]
        return tuple(sorted(found, key=lambda node: node.at))

    @cached_property
    def classes(self) -> tuple[ClassDef, ...]:
        """Every class of the file, in order."""
        found = [node for node in nodes_in(self.module.body) if isinstance(node, ClassDef)]
        return tuple(sorted(found, key=lambda node: node.at))

    @cached_property
    def _own(self) -> frozenset[str]:
        """Every name that the file gives a meaning of its own."""
        bound = (name for name, _ in (*self._bound, *self._opened))
        functions, classes = (one.name for one in self.functions), (one.name for one in self.classes)
        return frozenset((*bound, *functions, *classes))

    def calls(self) -> tuple[Call, ...]:
        """Every call of the file, in order."""
        found = [node for node in nodes_in(self.module.body) if isinstance(node, Call)]
        return tuple(sorted(found, key=lambda node: (node.at[0], -node.at[1])))

    def dotted(self, value: Expr) -> str:
        """The imported name that an expression is, in full; empty where it is none."""
        match value:
            case Name(id=name):
                return self.imports.get(name, "")
            case Attribute(value=inner, name=name):
                around = self.dotted(inner)
                return f"{around}.{name}" if around else ""
            case _:
                return ""

    def definition(self, value: Expr) -> Definition | None:
        """Where what an expression names is defined, in this file or in another of the repository."""
        name = target_name(value)
        if name and (found := self.named(name)) is not None:
            return found
        if not isinstance(value, Attribute):
            return None
        around = self.definition(value.value)
        return self.elsewhere.within(around.code, value.name) if around is not None and not around.name else None

    def named(self, name: str) -> Definition | None:
        """Where a name of this file is defined."""
        if name in self._own:
            return Definition(self, name)
        what = self.import_names.get(name)
        return self.elsewhere.imported(self, what) if what is not None else None

    def constructed_by(self, value: Expr) -> Made | None:
        """The call that made an object, or the one that a name for it was bound to."""
        if isinstance(value, Call):
            return Made(self, value)
        found = self.definition(value)
        call = found.code.made_by.get(found.name) if found is not None else None
        return Made(found.code, call) if found is not None and call is not None else None

    def place(self, at: TextRange) -> Place:
        """A stretch of the file."""
        line, column = self.module.place(at[0])
        end_line, end_column = self.module.place(at[1])
        return Place(self.path, line, column, end_line, end_column)


class Definition(Struct, frozen=True, eq=False):
    """A name in the file that gives it its meaning; the file itself where the name is empty."""

    code: Code
    name: str = ""


class Made(Struct, frozen=True, eq=False):
    """A call that makes an object, in the file that it stands in."""

    code: Code
    call: Call

    @property
    def kind(self) -> str:
        """The imported name of what is called, in full; empty where it is none."""
        return self.code.dotted(self.call.func)

    @property
    def key(self) -> tuple[str, TextRange]:
        """What tells it from others."""
        return self.code.path, self.call.at


def target_name(value: Expr) -> str:
    """What a name, or an attribute of the object at hand, is called; empty for all else."""
    match value:
        case Name(id=name):
            return name
        case Attribute(value=Name(id="self"), name=name):
            return f"self.{name}"
        case _:
            return ""


def argument(call: Call, name: str, at: int | None = None) -> Expr | None:
    """The argument of that name, or at that place."""
    for keyword in call.keywords:
        if keyword.name == name:
            return keyword.value
    return call.args[at] if at is not None and at < len(call.args) else None


def keys_of(value: Expr | None) -> tuple[tuple[str, ...], bool] | None:
    """The keys of a written-out dict and whether there may be more; None where it is no such."""
    if not isinstance(value, DictDisplay):
        return None
    names = [
        pair.key.value for pair in value.pairs if isinstance(pair.key, Constant) and isinstance(pair.key.value, str)
    ]
    return tuple(sorted(set(names))), len(names) < len(value.pairs)


def nodes_below(roots: Iterable[object]) -> Iterator[Node]:
    """Every node of some pieces of code, functions and classes within them left out."""
    pending = structs(roots)
    while pending:
        item = pending.pop()
        if isinstance(item, FunctionDef | ClassDef):
            continue
        if isinstance(item, Node):
            yield item
        pending += children(item)


def _once(bound: Iterable[tuple[str, E]]) -> dict[str, E]:
    """What is bound to names that are bound once."""
    found: dict[str, E] = {}
    twice: set[str] = set()
    for name, value in bound:
        if name in found:
            twice.add(name)
        found[name] = value
    return {name: value for name, value in found.items() if name not in twice}


def _bare(value: Expr) -> Expr:
    return value.value if isinstance(value, Await) else value


def _plain_imports(names: Iterable[Alias]) -> Iterator[tuple[str, ImportedName]]:
    for alias in names:
        top = alias.name.partition(".")[0]
        yield (alias.alias, ImportedName(0, alias.name)) if alias.alias else (top, ImportedName(0, top))
