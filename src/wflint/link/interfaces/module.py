"""A file as far as it matters here: what names are imported, which texts they stand for, what objects were made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from wflint.link.records import Place
from wflint.source.code import (
    Alias,
    AnnAssign,
    Assign,
    Attribute,
    Await,
    Binary,
    Call,
    ClassDef,
    Constant,
    DictDisplay,
    Expr,
    FunctionDef,
    Import,
    ImportFrom,
    JoinedStr,
    ModuleIR,
    Name,
    Node,
    TextRange,
    WithItem,
)
from wflint.source.walking import children, nodes_in, structs

HOLE = "\x00"
"""Stands in a text for what is not known of it."""


class Code(Struct, frozen=True, dict=True):
    """A lowered file and its path."""

    path: str
    module: ModuleIR

    @cached_property
    def imports(self) -> Mapping[str, str]:
        """The dotted name that each imported name stands for; relative ones are left out."""
        found: dict[str, str] = {}
        for node in nodes_in(self.module.body):
            if isinstance(node, Import):
                found.update(_plain_imports(node.names))
            elif isinstance(node, ImportFrom) and not node.level and node.module:
                found.update({alias.alias or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
        return found

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts that names of the module stand for, where they stand for one only."""
        found: dict[str, str] = {}
        twice: set[str] = set()
        for name, value in self._bound:
            text = _text(value, {}) if isinstance(value, Constant | JoinedStr | Binary) else None
            if name in found or text is None:
                twice.add(name)
            else:
                found[name] = text
        return {name: text for name, text in found.items() if name not in twice}

    @cached_property
    def made_by(self) -> Mapping[str, Call]:
        """The call that made what each name stands for, where there is one only."""
        found: dict[str, Call] = {}
        twice: set[str] = set()
        for name, value in (*self._bound, *self._opened):
            call = value.value if isinstance(value, Await) else value
            if name in found:
                twice.add(name)
            if isinstance(call, Call):
                found.setdefault(name, call)
        return {name: call for name, call in found.items() if name not in twice}

    @cached_property
    def _bound(self) -> tuple[tuple[str, Expr], ...]:
        found: list[tuple[str, Expr]] = []
        for node in nodes_in(self.module.body):
            match node:
                case Assign(targets=(target,), value=value):
                    found.append((_target(target), value))
                case AnnAssign(target=target, value=Expr() as given):
                    found.append((_target(target), given))
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

    def constructed_by(self, value: Expr) -> Call | None:
        """The call that made an object, or the one that a name for it was bound to."""
        if isinstance(value, Call):
            return value
        name = _target(value)
        return self.made_by.get(name) if name else None

    def text(self, value: Expr | None) -> str | None:
        """What a text is, with a hole for each part that is not known; None where nothing of it is."""
        return _text(value, self.texts)

    def place(self, at: TextRange) -> Place:
        """A stretch of the file."""
        line, column = self.module.place(at[0])
        end_line, end_column = self.module.place(at[1])
        return Place(self.path, line, column, end_line, end_column)


def _target(value: Expr) -> str:
    """What a name, or an attribute of the object at hand, is called; empty for all else."""
    match value:
        case Name(id=name):
            return name
        case Attribute(value=Name(id="self"), name=name):
            return f"self.{name}"
        case _:
            return ""


def _text(value: Expr | None, names: Mapping[str, str]) -> str | None:
    match value:
        case Constant(value=str() as text):
            return text
        case JoinedStr(parts=parts):
            return "".join(_piece(part, names) for part in parts)
        case Binary(operator="+", left=left, right=right):
            return _piece(left, names) + _piece(right, names)
        case Name() | Attribute():
            return names.get(_target(value))
        case _:
            return None


def _piece(value: Expr, names: Mapping[str, str]) -> str:
    """A piece of a text; a hole with the name of what fills it where that is not known."""
    found = _text(value, names)
    if found is None:
        name = value.id if isinstance(value, Name) else value.name if isinstance(value, Attribute) else ""
        return f"{HOLE}{name}{HOLE}"
    return found


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


def _plain_imports(names: Iterable[Alias]) -> Iterator[tuple[str, str]]:
    for alias in names:
        top = alias.name.partition(".")[0]
        yield (alias.alias, alias.name) if alias.alias else (top, top)


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
