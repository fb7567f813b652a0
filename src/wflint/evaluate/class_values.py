"""Classes of the source as values, with their namespaces and their annotated names."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.evaluate.values import Const, ExternalName, Generic, HeapObject, Location, Object, Value
from wflint.source.code import Attribute, Constant, Name, Subscript

if TYPE_CHECKING:
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope
    from wflint.source.code import ClassDef, ExprT


class FieldDecl(Struct, eq=False):
    """`name: annotation = default` in a class body."""

    name: str
    annotation: ExprT
    default: Value | None
    scope: Scope
    location: Location

    @property
    def is_class_var(self) -> bool:
        """Whether the name is the class's own, however `ClassVar` was imported and be the annotation a text."""
        match self.annotation:
            case Subscript(value=Name(id=name)) | Name(id=name):
                return name == CLASS_VAR or self._stands_for_class_var(name)
            case Subscript(value=Attribute(name=name)) | Attribute(name=name):
                return name == CLASS_VAR
            case Constant(value=str(text)):
                head = text.partition("[")[0].strip()
                return head.rpartition(".")[2] == CLASS_VAR or self._stands_for_class_var(head)
            case _:
                return False

    def _stands_for_class_var(self, name: str) -> bool:
        """Whether a name is `ClassVar` under another one."""
        holder = self.scope.holder(name)
        value = holder.content[name] if holder is not None else None
        return isinstance(value, ExternalName) and value.path.rpartition(".")[2] == CLASS_VAR


CLASS_VAR = "ClassVar"


class Class(HeapObject, eq=False):
    """A class of the source; `content` is its namespace and `fields` its annotated names in order, both its scope's."""

    name: str
    node: ClassDef
    module: Module
    scope: Scope
    bases: tuple[Value, ...]
    keywords: dict[str, Value]
    unmodelled_decorators: tuple[Value, ...] = ()
    order: tuple[Class, ...] = ()
    """The class and its ancestors in the order in which Python asks them, where somebody has asked."""
    known_libraries: tuple[str, ...] | None = None
    """What `libraries` gives, where somebody has asked."""
    has_heirs: bool = False
    """Whether a class of the source is made of it, directly or through others."""

    @property
    def content(self) -> dict[Hashable, Value]:
        return self.scope.content

    @content.setter
    def content(self, content: dict[Hashable, Value]) -> None:
        self.scope.content = content

    @property
    def fields(self) -> dict[str, FieldDecl]:
        return self.scope.fields

    @property
    def location(self) -> Location:
        return Location(self.module, self.node.at)

    def lineage(self) -> Iterator[Class]:
        """The class and its ancestors in the source, in the order in which Python asks them."""
        return iter(self.order or _linear(self))

    def libraries(self) -> tuple[str, ...]:
        """The dotted paths of the library classes that it inherits from."""
        if self.known_libraries is None:
            parents = _parents(self)
            known = parents[0].known_libraries if len(parents) == 1 else None
            above = self.lineage() if known is None else (self,)
            self.known_libraries = (*(path for each in above for path in _library_bases(each)), *(known or ()))
        return self.known_libraries

    @property
    def of_texts(self) -> bool:
        """Whether the members of an enumeration are texts themselves (`class N(str, Enum)`, `StrEnum`)."""
        return any(path in ("builtins.str", "enum.StrEnum") for path in self.libraries())

    @property
    def of_numbers(self) -> bool:
        """Whether the members of an enumeration are numbers themselves."""
        return any(path in ("builtins.int", "enum.IntEnum", "enum.IntFlag") for path in self.libraries())

    def find(self, name: str) -> Value | None:
        """What `name` is in the class or its ancestors."""
        for ancestor in self.lineage():
            if name in ancestor.content:
                return ancestor.content[name]
        return None

    def declared(self) -> dict[str, FieldDecl]:
        """The annotated names of the class and its ancestors, ancestors' first."""
        fields: dict[str, FieldDecl] = {}
        for ancestor in reversed(list(self.lineage())):
            fields.update(ancestor.fields)
        return fields


def _library_bases(cls: Class) -> Iterator[str]:
    for base in cls.bases:
        bare = base.base if isinstance(base, Generic) else base
        if isinstance(bare, ExternalName):
            yield bare.path


def _linear(cls: Class) -> tuple[Class, ...]:
    """The order of C3; where there is none, or no end, as much of it as there is.

    Ancestors come before their heirs, each once: a class that many inherit from is not looked at again.
    """
    begun: set[Class] = set()
    pending = [cls]
    while pending:
        current = pending[-1]
        if current.order or current in begun:
            pending.pop()
            current.order = current.order or merge_orders(current)
            continue
        begun.add(current)
        pending.extend(parent for parent in reversed(_parents(current)) if not parent.order and parent not in begun)
    return cls.order


def _parents(cls: Class) -> list[Class]:
    bare = (base.base if isinstance(base, Generic) else base for base in cls.bases)
    return [base for base in bare if isinstance(base, Class)]


def merge_orders(cls: Class) -> tuple[Class, ...]:
    """The class, then its parents' orders merged: one comes up where it is behind no other that is still to come."""
    parents = [parent for parent in _parents(cls) if parent.order]
    if len(parents) == 1 and cls not in parents[0].order:
        return (cls, *parents[0].order)
    rows = [deque(row) for row in (*(parent.order for parent in parents[:MOST_PARENTS]), parents) if row]
    behind = Counter(other for row in rows for other in islice(row, 1, None))
    order = {cls: None}
    while rows:
        heads = [row[0] for row in rows]
        head = next((each for each in heads if not behind[each]), heads[0])
        order[head] = None
        for row in rows:
            while row and row[0] in order:
                row.popleft()
                behind.subtract(islice(row, 1))
        rows = [row for row in rows if row]
    return tuple(order)


MOST_PARENTS = 8


class Super(Value, Struct, frozen=True):
    """`super()` inside a method of `cls` called on `receiver`."""

    cls: Class
    receiver: Value


def is_ordered(cls: Class) -> bool:
    """Whether objects of the class are compared by their fields: `@dataclass(order=True)`, named tuples."""
    made = (mark for each in cls.lineage() for mark in each.unmodelled_decorators if isinstance(mark, Object))
    asked = any((mark.path or "").endswith("dataclass") and mark.arguments.get("order") == TRUE for mark in made)
    return asked or any(path.rpartition(".")[2] == "NamedTuple" for path in cls.libraries())


TRUE = Const(True)  # noqa: FBT003 - a value
