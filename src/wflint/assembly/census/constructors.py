"""What constructs a workflow, by name: the only thing that the census knows of a framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct


class Form(StrEnum):
    """How the source uses a constructor."""

    CALL = "call"
    """It is called; so is a class of the repository that derives from it."""
    SUBCLASS = "subclass"
    """A class of the repository derives from it."""
    DECORATOR = "decorator"
    """A function or class is decorated with it."""


class Constructor(Struct, frozen=True):
    """A name of a library: `name` anywhere below `package`; a method has the name of its class before it."""

    package: str
    name: str
    form: Form = Form.CALL

    def is_named(self, path: str) -> bool:
        """Whether a dotted path names this constructor."""
        return path.startswith(f"{self.package}.") and f".{path}".endswith(f".{self.name}")


def calls(package: str, *names: str) -> tuple[Constructor, ...]:
    """Constructors of a package that are called."""
    return tuple(Constructor(package, name) for name in names)


Entry = tuple[str, Constructor]
"""The name of a framework, and a constructor of it."""


class Vocabulary:
    """The constructors of all frameworks, found by the last part of their names."""

    __slots__ = ("_by_name",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_name: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_name.setdefault(entry[1].name.rpartition(".")[2], []).append(entry)

    @property
    def names(self) -> frozenset[str]:
        """The last parts of the names of all of them."""
        return frozenset(self._by_name)

    def find(self, path: str, form: Form) -> Entry | None:
        """The constructor that a dotted path names, with its framework."""
        return next((entry for entry in self._named(path) if entry[1].form is form), None)

    def holds(self, path: str) -> bool:
        """Whether a dotted path names a constructor of any form."""
        return any(True for _ in self._named(path))

    def _named(self, path: str) -> Iterator[Entry]:
        return (entry for entry in self._by_name.get(path.rpartition(".")[2], ()) if entry[1].is_named(path))
