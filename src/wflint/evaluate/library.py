"""What the interpreter is told about libraries: a table, filled by front ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wflint.evaluate.values import Arguments, Place, Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a library function, class or method, as a handler sees it.

    `receiver` is the object a method was called on, None for functions and classes; `path` is the canonical name.
    """

    interpreter: Interpreter
    path: str
    receiver: Value | None
    arguments: Arguments
    place: Place

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument called `name` or at `position`, None where it was not given."""
        return self.arguments.get(name, position)


DEFINITION = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)

Handler = Callable[[Call], Value]
"""What a library call gives back; it may record events on the way."""


@dataclass(frozen=True, slots=True)
class Table:
    """Library knowledge.

    `roots` are the libraries it speaks about. `calls` maps canonical names to handlers: `root.Name` for any
    `root.some.module.Name`, `root.Name.method` for methods, `root.Name.*` for all other methods of what it makes,
    `*.method` for methods of anything unknown.
    `constants` maps canonical names to values. `stubs` maps a root to Python source that defines some of its names.
    `makers` are the canonical names whose use means that a workflow is being built. `yielding` are libraries whose
    import name many repositories use for a package of their own, each with the modules by which a copy of the library
    itself is told: an import means the repository's package if that has the imported name.
    """

    roots: frozenset[str] = frozenset()
    calls: Mapping[str, Handler] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    stubs: Mapping[str, str] = field(default_factory=dict)
    makers: frozenset[str] = frozenset()
    yielding: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _stub_names: dict[str, frozenset[str]] = field(default_factory=dict)

    def stub_names(self, root: str) -> frozenset[str]:
        """The names that the stub of a library defines, told from its text so that it is only lowered when used."""
        if root not in self.stubs:
            return frozenset()
        if root not in self._stub_names:
            self._stub_names[root] = frozenset(DEFINITION.findall(self.stubs[root]))
        return self._stub_names[root]

    def knows(self, path: str) -> bool:
        """Whether the table says what a name of a library is."""
        short, root = self.canonical(path), path.partition(".")[0]
        return short in self.calls or short in self.constants or path.rpartition(".")[2] in self.stub_names(root)

    def canonical(self, path: str) -> str:
        """`langgraph.graph.state.StateGraph` is `langgraph.StateGraph`: versions move names between modules."""
        root, _, rest = path.partition(".")
        if (root not in self.roots and root not in self.yielding) or "." not in rest:
            return path
        short = f"{root}.{rest.rpartition('.')[2]}"
        return short if short in self.calls or short in self.constants else path


def merge(tables: tuple[Table, ...]) -> Table:
    """One table out of several."""
    calls: dict[str, Handler] = {}
    constants: dict[str, Value] = {}
    stubs: dict[str, str] = {}
    roots: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    yielding: dict[str, frozenset[str]] = {}
    for table in tables:
        calls |= table.calls
        constants |= table.constants
        stubs |= table.stubs
        roots |= table.roots
        makers |= table.makers
        yielding |= table.yielding
    return Table(roots, calls, constants, stubs, makers, yielding)
