"""What names mean, by the imports, classes and plain aliases of a file, and by what other files re-export."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, field

from wflint.evaluate.modules import Linker, Module
from wflint.source import code
from wflint.source.walking import children

MOST_HOPS = 8
"""So many aliases, re-exports and base classes in a row are followed."""


class Imported(Struct, frozen=True):
    """`from home import name`, or `import home` where there is no name."""

    level: int
    home: str
    name: str | None


class ClassRef(Struct, frozen=True, eq=False):
    """A class of the repository."""

    module: Module
    node: code.ClassDef
    scope: Names


Binding = Imported | code.ClassDef | code.Name | code.Attribute | None
"""What a name is bound to; None where something unknown has that name, such as a parameter."""

Meaning = str | Module | ClassRef | None
"""A dotted name of a library, a module or a class of the repository; None where it cannot be told."""


class Names(Struct):
    """The names that one body binds, and the body around it."""

    bindings: dict[str, Binding] = field(default_factory=dict)
    stars: list[Imported] = field(default_factory=list)
    outer: Names | None = None

    def find(self, name: str) -> tuple[Binding, Names] | None:
        """What a name is bound to, with the body that binds it."""
        if name in self.bindings:
            return self.bindings[name], self
        return self.outer.find(name) if self.outer is not None else None

    @property
    def top(self) -> Names:
        """The names of the module."""
        return self if self.outer is None else self.outer.top


def names_of(
    body: tuple[code.StmtT, ...], outer: Names | None = None, parameters: tuple[code.Parameter, ...] = ()
) -> Names:
    """The names that a body binds, those of functions and classes in it left out."""
    found = Names(outer=outer)
    found.bindings.update((parameter.name, None) for parameter in parameters)
    for node in _own(body):
        _bind(found, node)
    return found


def _own(body: tuple[code.StmtT, ...]) -> Iterator[Struct]:
    """The statements of a body and of its blocks, in order."""
    pending: list[Struct] = [*reversed(body)]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, code.FunctionDef | code.ClassDef | code.Expr):
            pending += reversed(children(node))


def _bind(found: Names, node: Struct) -> None:
    match node:
        case code.Import(names=names):
            for alias in names:
                bound = alias.alias or alias.name.partition(".")[0]
                found.bindings[bound] = Imported(0, alias.name if alias.alias else bound, None)
        case code.ImportFrom(module=home, level=level, names=names):
            for alias in names:
                if alias.name == "*":
                    found.stars.append(Imported(level, home, "*"))
                else:
                    found.bindings[alias.alias or alias.name] = Imported(level, home, alias.name)
        case code.ClassDef(name=name):
            # A class beside an import of its name stands in where the import fails.
            found.bindings.setdefault(name, node)
        case code.FunctionDef(name=name):
            found.bindings.setdefault(name, None)
        case code.Assign(targets=(code.Name(id=name),), value=code.Name() | code.Attribute() as value):
            found.bindings.setdefault(name, value)
        case _:
            pass


class Resolver:
    """Says what expressions mean; `readable` gives the statements of a file that may be looked into, None of others."""

    def __init__(self, linker: Linker, readable: Callable[[str], tuple[code.StmtT, ...] | None]) -> None:
        self._linker = linker
        self._readable = readable
        self._names: dict[str, Names] = {}

    def names(self, module: Module) -> Names:
        """The names of a module; none where it may not be looked into."""
        if module.path not in self._names:
            self._names[module.path] = names_of(self._readable(module.path) or ())
        return self._names[module.path]

    def meaning(self, module: Module, scope: Names, node: code.ExprT, hops: int = MOST_HOPS) -> Meaning:
        """What an expression means in a body of a module."""
        if not hops:
            return None
        match node:
            case code.Name(id=name):
                return self._named(module, scope, name, hops)
            case code.Attribute(value=value, name=name):
                return self._attribute(self.meaning(module, scope, value, hops), name, hops)
            case code.Subscript(value=value):
                return self.meaning(module, scope, value, hops)
            case _:
                return None

    def ancestors(self, cls: ClassRef, hops: int = MOST_HOPS) -> Iterator[str]:
        """The dotted names of the library classes that a class derives from."""
        if not hops:
            return
        for base in cls.node.bases:
            meaning = self.meaning(cls.module, cls.scope, base, hops - 1)
            if isinstance(meaning, str):
                yield meaning
            elif isinstance(meaning, ClassRef):
                yield from self.ancestors(meaning, hops - 1)

    def _named(self, module: Module, scope: Names, name: str, hops: int) -> Meaning:
        found = scope.find(name)
        if found is None:
            return self._starred(module, scope.top, name, hops - 1)
        binding, home = found
        match binding:
            case None:
                return None
            case code.ClassDef():
                return ClassRef(module, binding, home)
            case Imported():
                return self._imported(module, binding, hops - 1)
            case _:
                return self.meaning(module, home, binding, hops - 1)

    def _attribute(self, owner: Meaning, name: str, hops: int) -> Meaning:
        match owner:
            case str():
                return f"{owner}.{name}"
            case Module():
                return self._member(owner, name, hops - 1) or self._linker.child(owner, name)
            case ClassRef():
                base = next(self.ancestors(owner, hops - 1), None)
                return f"{base}.{name}" if base is not None else None
            case None:
                return None

    def _member(self, module: Module, name: str, hops: int) -> Meaning:
        return self._named(module, self.names(module), name, hops) if hops > 0 else None

    def _starred(self, module: Module, top: Names, name: str, hops: int) -> Meaning:
        if hops <= 0:
            return None
        for star in top.stars:
            home = self._home(module, star)
            found = self._member(home, name, hops) if home is not None else None
            if found is not None:
                return found
            if home is None and not star.level:
                return f"{star.home}.{name}"
        return None

    def _imported(self, module: Module, binding: Imported, hops: int) -> Meaning:
        if binding.name is None:
            return self._linker.absolute(module, binding.home) or binding.home
        home = self._home(module, binding)
        if home is not None:
            return self._member(home, binding.name, hops) or self._linker.child(home, binding.name)
        if binding.level:
            path = f"{binding.home}.{binding.name}".lstrip(".")
            return self._linker.relative(module, binding.level, path)
        path = f"{binding.home}.{binding.name}"
        return self._linker.absolute(module, path) or path

    def _home(self, module: Module, binding: Imported) -> Module | None:
        if binding.level:
            return self._linker.relative(module, binding.level, binding.home)
        return self._linker.origin(module, binding.home, binding.name or "*")
