"""Which names of a module have to do with building or running workflows, told from what uses what."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.types import is_enum
from wflint.evaluate.values import (
    Bound,
    DeferredImport,
    ExternalName,
    Function,
    Mapping,
    ModuleValue,
    Object,
    RepeatedElement,
    Sequence,
    Union,
    Value,
    alternatives,
)
from wflint.source.walking import WORD, names_in

DEEPEST_REGISTRY = 2

Names = dict[Module, set[str]]
"""Some of the names of each module."""


class RelevanceSlice(Struct):
    """The names of each module that have to do with building or running workflows, and what each definition uses.

    `calling_models` are those names and the ones that have to do with asking language models.
    """

    names: Names = field(default_factory=dict)
    calling_models: Names = field(default_factory=dict)
    uses: dict[Module, dict[str, set[str]]] = field(default_factory=dict)
    imports: dict[Module, dict[str, tuple[Module, str]]] = field(default_factory=dict)

    def extend(self, interp: Interpreter, modules: list[Module]) -> None:
        """Add modules; what uses a maker of workflows, or an object that a front end follows, is telling."""
        makers = frozenset(path.rpartition(".")[2] for path in interp.library_model.constructors)
        for module in modules:
            names, self.imports[module] = _own_names(interp, module, makers)
            self.names[module] = names | (makers - _redefined(module, makers))
            self.calling_models[module] = self.names[module] | _answering_names(interp, module)
            self.uses[module] = {}
            definitions: list[Function | Class] = [*functions_of(module), *classes_of(module)]
            for item in definitions:
                used = names_in(item.node, makers) - {item.name}
                self.uses[module].setdefault(item.name, set()).update(used)
                self.imports[module].update(_through_modules(module, used))
        self._learn_registries()
        self._spread_all(self.names)
        self._spread_all(self.calling_models)

    def _learn_registries(self) -> None:
        """What uses a container uses what is in it; modules that are learned later may put more there."""
        for module, uses in self.uses.items():
            for name, held in _registered(module):
                entry = f"{name}[{held.name}]"
                self.imports[module][entry] = (held.module, held.name)
                uses.setdefault(name, set()).add(entry)

    def _spread_all(self, known: Names) -> None:
        importers: dict[Module, list[Module]] = {}
        for module, imports in self.imports.items():
            for home in {home for home, _ in imports.values()}:
                importers.setdefault(home, []).append(module)
        waiting = dict.fromkeys(known)
        while waiting:
            module, _ = waiting.popitem()
            if self._spread(known, module):
                waiting.update(dict.fromkeys((module, *importers.get(module, ()))))

    def _spread(self, known: Names, module: Module) -> bool:
        """Definitions that use telling names are telling too."""
        names = known[module]
        before = len(names)
        names |= {name for name, (home, wanted) in self.imports[module].items() if wanted in known.get(home, ())}
        names |= {name for name, used in self.uses[module].items() if used & names}
        return len(names) > before

    def words(self) -> frozenset[str]:
        """The words in all telling names, with what the classes among them are made of."""
        found = {part for names in self.calling_models.values() for name in names for part in WORD.findall(name)}
        for module, names in self.calling_models.items():
            lineages = (cls.lineage() for cls in classes_of(module) if cls.name in names)
            found.update(str(name) for lineage in lineages for each in lineage for name in each.content)
        return frozenset(found)

    def mentioned(self, module: Module) -> set[str]:
        """The names that the definitions of a module use of each other."""
        return set().union(*(used for used in self.uses.get(module, {}).values()))


def _registered(module: Module) -> Iterator[tuple[str, Function | Class]]:
    """The names of containers, and of classes that keep some, with the functions and classes in them."""
    for name, value in list(module.scope.content.items()):
        if isinstance(value, Mapping | Sequence | Object):
            yield from ((str(name), held) for held in _held_in(value))
        elif isinstance(value, Class) and value.module is module:
            kept = [inner for inner in value.content.values() if isinstance(inner, Mapping | Sequence)]
            yield from ((str(name), held) for inner in kept for held in _held_in(inner))


def _held_in(value: Value, depth: int = DEEPEST_REGISTRY) -> Iterator[Function | Class]:
    match value:
        case Function() | Class():
            yield value
        case Union(options=options):
            for option in options:
                yield from _held_in(option, depth)
        case Bound(function=inner) | RepeatedElement(value=inner):
            yield from _held_in(inner, depth)
        case Mapping(content=content) | Object(content=content) if depth:
            for item in list(content.values()):
                yield from _held_in(item, depth - 1)
        case Sequence(content=items) if depth:
            for item in list(items):
                yield from _held_in(item, depth - 1)
        case _:
            pass


def _objects_in(value: Value, depth: int = DEEPEST_REGISTRY) -> Iterator[Object]:
    """An object, or those that a container or another object keeps."""
    match value:
        case Object(content=content):
            yield value
            held = list(content.values()) if depth else []
        case Mapping(content=content):
            held = list(content.values()) if depth else []
        case Sequence(content=items):
            held = list(items) if depth else []
        case Union(options=options):
            held, depth = list(options), depth + 1
        case RepeatedElement(value=inner):
            held, depth = [inner], depth + 1
        case _:
            held = []
    for inner in held:
        yield from _objects_in(inner, depth - 1)


def _through_modules(module: Module, used: set[str]) -> Iterator[tuple[str, tuple[Module, str]]]:
    """Names that are used as attributes of imported modules."""
    for name in used:
        root, _, rest = name.partition(".")
        value = module.scope.content.get(root) if rest else None
        if isinstance(value, ModuleValue):
            yield name, (value.module, rest)


def _own_names(
    interp: Interpreter, module: Module, makers: frozenset[str]
) -> tuple[set[str], dict[str, tuple[Module, str]]]:
    """The names of a module that are telling by themselves, and its imports from modules of the repository."""
    names: set[str] = set()
    imports: dict[str, tuple[Module, str]] = {}
    followed = interp.library_model.calls
    for name, value in module.scope.content.items():
        match value:
            case ExternalName(path=path) if path in interp.library_model.constructors:
                names.add(str(name))
            case DeferredImport(module=home, name=wanted):
                imports[str(name)] = _home(interp, home, wanted)
            case Function(module=home, name=wanted) | Class(module=home, name=wanted) if home is not module:
                if not home.stub:
                    imports[str(name)] = (home, wanted)
                elif wanted in makers:
                    names.add(str(name))
            case _ if any(held.path in followed for held in _objects_in(value)):
                names.add(str(name))
            case _:
                pass
    return names, imports


def _redefined(module: Module, makers: frozenset[str]) -> set[str]:
    """The makers' names that mean something of the repository in a module, as in the source of a framework itself."""
    content = module.scope.content
    return {name for name in makers & content.keys() if _is_of_source(content[name])}


def _is_of_source(value: Value) -> bool:
    match value:
        case Function(module=home) | Class(module=home):
            return not home.stub
        case DeferredImport():
            return True
        case _:
            return False


def _answering_names(interp: Interpreter, module: Module) -> set[str]:
    """The names of a module that stand for language models and agents, or for what makes one."""
    content = module.scope.content.items()
    return {
        str(name)
        for name, value in content
        if isinstance(value, ExternalName | Object) and interp.library_model.answers(value.path)
    }


def _home(interp: Interpreter, module: Module, name: str) -> tuple[Module, str]:
    """Where an imported name comes from, through packages that only pass it on."""
    for _ in range(4):
        if not module.is_package:
            break
        interp.load(module)
        value = module.scope.content.get(name)
        if not isinstance(value, DeferredImport):
            break
        module, name = value.module, value.name
    return module, name


def functions_of(module: Module) -> Iterator[Function]:
    """The functions of a module, those among them that a decorator took, whatever goes by their names now."""
    values = list(module.scope.content.values())
    options = (option for value in values for option in alternatives(value))
    named = [option for option in options if isinstance(option, Function) and option.module is module]
    known = frozenset(map(id, named))
    yield from (function for function in module.wrapped if id(function) not in known)
    yield from named


def classes_of(module: Module) -> Iterator[Class]:
    """The classes that a module defines, apart from enumerations."""
    for value in list(module.scope.content.values()):
        if isinstance(value, Class) and value.module is module and not is_enum(value):
            yield value


def methods_of(module: Module) -> Iterator[Function]:
    """The methods of the classes that a module defines."""
    for cls in classes_of(module):
        yield from (value for value in cls.content.values() if isinstance(value, Function))
