"""What constructs a workflow, by name: the only thing that the census knows of a framework."""

from __future__ import annotations

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


class Vocabulary(Struct, frozen=True):
    """The constructors of all frameworks, each with the framework's name."""

    entries: tuple[tuple[str, Constructor], ...]

    def find(self, path: str, form: Form) -> tuple[str, Constructor] | None:
        """The constructor that a dotted path names, with its framework."""
        return next((entry for entry in self.entries if entry[1].form is form and entry[1].is_named(path)), None)

    def holds(self, path: str) -> bool:
        """Whether a dotted path names a constructor of any form."""
        return any(constructor.is_named(path) for _, constructor in self.entries)
