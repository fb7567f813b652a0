"""What the interpreter is told about libraries: a table, filled by front ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from wflint.evaluate.values import Arguments, ExternalAttribute, ExternalName, Location, Object, Value, last_of
from wflint.model.patterns import pattern

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


class CallSite(Struct, frozen=True):
    """A call of a library function, class or method, as a handler sees it.

    `receiver` is the object a method was called on, None for functions and classes; `path` is the canonical name.
    """

    interpreter: Interpreter
    path: str
    receiver: Value | None
    arguments: Arguments
    location: Location

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument called `name` or at `position`, None where it was not given."""
        return self.arguments.get(name, position)


PIPE = "operator.pipe"
DEEPEST = 12
"""So many things in a pipeline, or methods of a model that give one back, are looked through."""
DEFINITION = pattern(r"^(?:def|class) (\w+)", re.MULTILINE)

CallModel = Callable[[CallSite], Value]
"""What a library call gives back; it may record events on the way."""


class ModelApi(Struct, frozen=True):
    """Language models of a library, which code may ask by itself.

    `constructors` matches the dotted names of what makes one, `invocations` says which methods ask it and what comes of
    that, `passthrough` are the methods that give a model back, `wrappers` those that give something else (an agent that
    uses it).
    """

    constructors: re.Pattern[str]
    invocations: Mapping[str, CallModel]
    passthrough: frozenset[str] = frozenset()
    wrappers: Mapping[str, CallModel] = field(default_factory=dict)

    def makes(self, path: str | None) -> bool:
        """Whether a name of a library is one that makes a model."""
        return path is not None and self.constructors.fullmatch(path) is not None

    def has(self, value: Value, depth: int = DEEPEST) -> bool:
        """Whether a value is such a model, what a method made of one, or a pipeline with one in it."""
        match value:
            case ExternalName(path=path):
                return self.makes(path)
            case ExternalAttribute(receiver=ExternalName(path=path), name=name):
                return self.makes(f"{path}.{name}")
            case Object(path=path, receiver=receiver, cls=cls) if depth:
                pieces = value.arguments.positional if path == PIPE else ()
                came_from = (
                    receiver if receiver is not None and (path or "").rpartition(".")[2] in self.passthrough else None
                )
                return (
                    self.makes(path)
                    or (cls is not None and any(self.makes(base) for base in cls.libraries()))
                    or any(self.has(part, depth - 1) for part in (*pieces, *([came_from] if came_from else [])))
                )
            case _:
                return False


class LibraryModel(Struct, frozen=True):
    """Library knowledge.

    `roots` are the libraries it speaks about. `calls` maps canonical names to handlers: `root.Name` for any
    `root.some.module.Name`, `root.Name.method` for methods, `root.Name.*` for all other methods of what it makes,
    `*.method` for methods of anything unknown. `constants` maps canonical names to values. `stubs` maps a root to
    Python source that defines some of its names. `constructors` are the canonical names whose use means that a workflow
    is being built. `shadowable_roots` are libraries whose import name many repositories use for a package of their own,
    each with the modules by which a copy of the library itself is told: an import means the repository's package if
    that has the imported name. `models` are those of all libraries, `agents` the canonical names of agents that code
    may run by itself. `ancestors` says of some classes, by `root.Name`, the names of all that they inherit from in
    their library.
    """

    roots: frozenset[str] = frozenset()
    calls: Mapping[str, CallModel] = field(default_factory=dict)
    constants: Mapping[str, Value] = field(default_factory=dict)
    stubs: Mapping[str, str] = field(default_factory=dict)
    constructors: frozenset[str] = frozenset()
    shadowable_roots: Mapping[str, frozenset[str]] = field(default_factory=dict)
    models: tuple[ModelApi, ...] = ()
    agents: frozenset[str] = frozenset()
    homes: Mapping[str, str] = field(default_factory=dict)
    ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _stub_names: dict[str, frozenset[str]] = field(default_factory=dict)

    def stub_names(self, root: str) -> frozenset[str]:
        """The names that the stub of a library defines, told from its text so that it is only lowered when used."""
        if root not in self.stubs:
            return frozenset()
        if root not in self._stub_names:
            self._stub_names[root] = frozenset(DEFINITION.findall(self.stubs[root]))
        return self._stub_names[root]

    def answers(self, path: str | None) -> bool:
        """Whether a name of a library is one that makes a language model, or an agent around one."""
        return path in self.agents or any(models.makes(path) for models in self.models)

    def knows(self, path: str) -> bool:
        """Whether the table says what a name of a library is."""
        short, root = self.canonical(path), path.partition(".")[0]
        return short in self.calls or short in self.constants or path.rpartition(".")[2] in self.stub_names(root)

    def inherits(self, path: str, other: str) -> bool | None:
        """Whether a class of a library is another one of it, or is made from it; None where that is not known."""
        if path == other:
            return True
        above, beside = (self.ancestors.get(f"{each.partition('.')[0]}.{last_of(each)}") for each in (path, other))
        if above is None or beside is None:
            return None
        return last_of(other) in (last_of(path), *above)

    def canonical(self, path: str) -> str:
        """`langgraph.graph.state.StateGraph` is `langgraph.StateGraph`: versions move names between modules."""
        root, _, rest = path.partition(".")
        if (root not in self.roots and root not in self.shadowable_roots) or "." not in rest:
            return path
        if not f"{path}.".startswith(f"{self.homes.get(root, root)}."):
            return path
        short = f"{root}.{rest.rpartition('.')[2]}"
        return short if short in self.calls or short in self.constants else path


def merge(tables: tuple[LibraryModel, ...]) -> LibraryModel:
    """One table out of several."""
    calls: dict[str, CallModel] = {}
    constants: dict[str, Value] = {}
    stubs: dict[str, str] = {}
    roots: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    yielding: dict[str, frozenset[str]] = {}
    models: tuple[ModelApi, ...] = ()
    agents: frozenset[str] = frozenset()
    homes: dict[str, str] = {}
    ancestors: dict[str, frozenset[str]] = {}
    for table in tables:
        calls |= table.calls
        constants |= table.constants
        stubs |= table.stubs
        roots |= table.roots
        makers |= table.constructors
        yielding |= table.shadowable_roots
        models += table.models
        agents |= table.agents
        homes |= table.homes
        ancestors |= table.ancestors
    return LibraryModel(roots, calls, constants, stubs, makers, yielding, models, agents, homes, ancestors)
