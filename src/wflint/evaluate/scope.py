"""Names and what they stand for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from msgspec import field

from wflint.evaluate.class_values import FieldDecl
from wflint.evaluate.values import HeapObject, Value

Kind = Literal["module", "class", "function", "comprehension"]


class Scope(HeapObject, eq=False):
    """The names of a module, class or function body; `parent` is the scope around it.

    `fields` are the annotated names of a class body; `borrowed` what `global` and `nonlocal` said; `looped` the names
    that loops set. `rebound` is what names of a module stood for before it set them again, by where it does. `by_cells`
    says that people run the module cell by cell: code above is used before names are set again below.
    """

    kind: Kind
    parent: Scope | None
    content: dict[Hashable, Value] = field(default_factory=dict)
    borrowed: dict[str, Scope] = field(default_factory=dict)
    fields: dict[str, FieldDecl] = field(default_factory=dict)
    looped: set[str] = field(default_factory=set)
    rebound: dict[str, dict[int, Value]] = field(default_factory=dict)
    by_cells: bool = False

    def bind(self, name: str, value: Value, offset: int) -> None:
        """Set a name of this scope at an offset of its module."""
        if self.kind == "module" and name in self.content:
            self.rebound.setdefault(name, {}).setdefault(offset, self.content[name])
        self.content[name] = value

    def as_written(self, name: str, offset: int) -> Value:
        """What a name stood for at an offset of the module, before the module set it again further down."""
        later = [at for at in self.rebound.get(name, ()) if at > offset]
        return self.rebound[name][min(later)] if later else self.content[name]

    def holder(self, name: str) -> Scope | None:
        """The scope in which a use of `name` here finds it, or None. Class bodies are seen only from themselves.

        What a function around this one has declared as global is global here, too.
        """
        scope: Scope | None = self.borrowed.get(name, self)
        here = scope
        while scope is not None:
            if name in scope.content and (scope is here or scope.kind != "class"):
                return scope
            scope = scope.parent
            if scope is not None and scope.kind != "class":
                scope = scope.borrowed.get(name, scope)
        return None

    def target(self, name: str) -> Scope:
        """The scope in which an assignment to `name` here stores it."""
        return self.borrowed.get(name, self)

    def lasting(self) -> Scope:
        """The scope of the function, class or module that a comprehension is in: where `:=` puts its names."""
        scope = self
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        return scope

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def borrow(self, kind: Literal["global", "nonlocal"], names: tuple[str, ...]) -> None:
        """`global names` or `nonlocal names`."""
        for name in names:
            if kind == "global":
                self.borrowed[name] = self.module
            else:
                outer = self.parent.holder(name) if self.parent else None
                self.borrowed[name] = outer or self
