"""Running a repository's modules, and the functions in them that nobody calls.

A workflow is often built in a factory that only a framework's server or a test calls. Such functions are called here
with arguments that are unknown, or guessed from annotations. Callers go before what they call, so that helpers see
real arguments; what came out of a guess is marked `synthetic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from wflint.evaluate.budget import Cut
from wflint.evaluate.class_values import Class
from wflint.evaluate.classes import has_behaviour, instantiate
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.restoring import evaluating
from wflint.evaluate.types import is_enum
from wflint.evaluate.values import (
    Arguments,
    Bound,
    DeferredImport,
    ExternalName,
    Function,
    Location,
    Mapping,
    ModuleValue,
    Object,
    Partial,
    RepeatedElement,
    Sequence,
    Union,
    Unknown,
    Value,
    alternatives,
)
from wflint.source.code import Attribute, ClassDef, FunctionDef, Lambda, Name
from wflint.source.walking import children, structs

STEPS_PER_FUNCTION = 4_000
DEEPEST_REGISTRY = 2
MOST_RECEIVERS = 16


class Driver:
    """Runs modules, and remembers which of their definitions build or run workflows."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self.modules: list[Module] = []
        self.unanalyzed: list[Module] = []
        self.relevance = RelevanceSlice()

    def analyze(self, modules: Iterable[Module]) -> None:
        """Learn about `modules` that belong together, and try them out."""
        self.load(modules)
        self.analyze_uncalled()

    def load(self, modules: Iterable[Module]) -> None:
        """Evaluate `modules`, and see what in them is telling."""
        new = [module for module in modules if module not in self.modules]
        for module in new:
            self.interp.load(module)
        self.modules += new
        self.relevance.extend(self.interp, new)
        self.interp.relevant = self._nodes(self.relevance.names)
        self.interp.calls_models = self._nodes(self.relevance.calling_models)
        self.unanalyzed += new

    def analyze_model_callers(self, modules: Iterable[Module]) -> None:
        """The same for modules that build nothing: which of their functions ask models is only seen in them."""
        self.interp.relevant = frozenset()
        self.analyze(modules)

    def _nodes(self, names: Names) -> frozenset[int]:
        """The functions whose names, or those of their classes, are among these."""
        return frozenset(
            id(function.node)
            for module in self.modules
            for function in (*_functions(module), *_methods(module))
            if (function.owner.name if function.owner else function.name) in names[module]
        )

    def analyze_uncalled(self) -> None:
        """Call the telling functions and classes that were not reached; by now it is known all over which are.

        Tests come last: what a product's function builds when nobody calls it is not what a test has it build.
        """
        self.unanalyzed.sort(key=lambda module: module.is_test)
        while self.unanalyzed:
            self._uncalled(self.unanalyzed.pop(0))

    def telling_cuts(self) -> Iterator[Cut]:
        """Where code was cut short that may build or run workflows: something may be missing."""
        for cut in self.interp.budget.cuts.values():
            telling = self.relevance.names.get(cut.location.module, set())
            if cut.reached_builder or names_in(cut.code) & telling:
                yield cut

    def workflow_modules(self) -> frozenset[str]:
        """What modules that hold telling names are called in an import: the last part of their dotted name.

        A maker's name is a library's, unless the module defines it itself (`class Workflow`).
        """
        makers = {path.rpartition(".")[2] for path in self.interp.library_model.constructors}
        return frozenset(
            module.parts[-1]
            for module in self.modules
            if module.parts and self.relevance.names[module] - (makers - self.relevance.uses[module].keys())
        )

    def _uncalled(self, module: Module) -> None:
        here = self.relevance.calling_models[module]
        functions = [f for f in _functions(module) if f.name in here]
        classes = [c for c in _classes(module) if c.name in here and has_behaviour(c)]
        mentioned = self.relevance.mentioned(module)
        for function in sorted(functions, key=lambda f: f.name in mentioned):
            self._try(module, function)
        for cls in sorted(classes, key=lambda c: c.name in mentioned):
            self._finish(module, cls)
            _exercise_class(self.interp, cls)

    def _try(self, module: Module, function: Function) -> None:
        """Call a function that was not reached; one under a decorator by its name first, as everybody else would."""
        entered, given = self.interp.analyzed, self.interp.escaped_functions
        known = module.scope.content.get(function.name)
        for target in alternatives(known) if function in module.wrapped and known is not None else ():
            if isinstance(target, Function | Bound | Partial) and id(function.node) not in entered | given:
                _call(self.interp, target, function)
        if id(function.node) not in entered and id(function.node) not in given:
            _call(self.interp, function, function)

    def _finish(self, module: Module, cls: Class) -> None:
        """Call the methods that nobody called on the objects that the source makes, where they build something.

        Only what takes no arguments: with unknown ones, it would add to a workflow what nobody adds.
        """
        for method in filter(_takes_nothing, _idle(self.interp, cls)):
            builds = bool(names_in(method.node) & self.relevance.names[module])
            for made in _instances(self.interp, cls)[:MOST_RECEIVERS]:
                if builds or _is_unfinished(self.interp, made):
                    called = partial(self.interp.call, Bound(method, made), Arguments(), method.location)
                    _guarded(self.interp, method.location, method.node, called)


Names = dict[Module, set[str]]
"""Some of the names of each module."""


@dataclass(slots=True)
class RelevanceSlice:
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
            self.names[module] = names | makers
            self.calling_models[module] = self.names[module] | _answering_names(interp, module)
            self.uses[module] = {}
            definitions: list[Function | Class] = [*_functions(module), *_classes(module)]
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
    for name, value in module.scope.content.items():
        match value:
            case ExternalName(path=path) if path in interp.library_model.constructors:
                names.add(str(name))
            case Object(path=path) if path in interp.library_model.calls:
                names.add(str(name))
            case DeferredImport(module=home, name=wanted):
                imports[str(name)] = _home(interp, home, wanted)
            case Function(module=home, name=wanted) | Class(module=home, name=wanted) if home is not module:
                if not home.stub:
                    imports[str(name)] = (home, wanted)
                elif wanted in makers:
                    names.add(str(name))
            case _:
                pass
    return names, imports


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


def _functions(module: Module) -> Iterator[Function]:
    yield from module.wrapped
    for value in list(module.scope.content.values()):
        for option in alternatives(value):
            if isinstance(option, Function) and option.module is module:
                yield option


def _classes(module: Module) -> Iterator[Class]:
    for value in list(module.scope.content.values()):
        if isinstance(value, Class) and value.module is module and not is_enum(value):
            yield value


def _methods(module: Module) -> Iterator[Function]:
    for cls in _classes(module):
        yield from (value for value in cls.content.values() if isinstance(value, Function))


def names_in(node: object, attributes: frozenset[str] = frozenset()) -> set[str]:
    """Every name in a piece of the code tree, `name.attribute` for those of names, and `attributes` by themselves."""
    found: set[str] = set()
    queue = structs((node,))
    while queue:
        item = queue.pop()
        if isinstance(item, Name):
            found.add(item.id)
        elif isinstance(item, Attribute):
            if item.name in attributes:
                found.add(item.name)
            elif isinstance(item.value, Name):
                found.add(f"{item.value.id}.{item.name}")
        queue += children(item)
    return found


def _idle(interp: Interpreter, cls: Class) -> list[Function]:
    """The methods that nobody called, those first that no other one uses."""
    methods = [
        value
        for name, value in cls.content.items()
        if isinstance(value, Function) and name != "__init__" and value.binding in ("plain", "static", "class")
    ]
    mentioned: set[str] = set().union(*(names_in(method.node) for method in methods))
    methods.sort(key=lambda method: f"self.{method.name}" in mentioned)
    return [m for m in methods if id(m.node) not in interp.analyzed and id(m.node) not in interp.escaped_functions]


def _takes_nothing(method: Function) -> bool:
    """Whether a method can be called with its object alone."""
    rest = [p for p in method.node.parameters if p.kind not in ("args", "kwargs")][1:]
    return method.binding == "plain" and all(p.name in method.defaults for p in rest)


def _instances(interp: Interpreter, cls: Class) -> list[Object]:
    """The objects of a class and of those that inherit from it."""
    return [made for each, objects in interp.instances.items() if cls in each.lineage() for made in objects]


def _is_unfinished(interp: Interpreter, made: Object) -> bool:
    """Whether an object keeps something that a front end follows, and with which nothing was done so far."""
    kept = [o for value in made.content.values() for o in alternatives(value) if isinstance(o, Object)]
    followed = [o for o in kept if o.path in interp.library_model.calls]
    return bool(followed) and not any(api_call.subject in followed for api_call in interp.api_calls)


def _exercise_class(interp: Interpreter, cls: Class) -> None:
    """Make an object of the class if nobody did, and call the methods that nobody called."""
    idle = _idle(interp, cls)
    if cls in interp.instantiated and not idle:
        return
    made = _guarded(
        interp, cls.location, cls.node, partial(instantiate, interp, cls, Arguments(open=True), cls.location)
    )
    if not isinstance(made, Object):
        return
    for method in idle:
        if id(method.node) in interp.analyzed or id(method.node) in interp.escaped_functions:
            continue
        receiver = cls if method.binding == "class" else made
        target: Value = method if method.binding == "static" else Bound(method, receiver)
        _guarded(
            interp, method.location, method.node, partial(interp.call, target, Arguments(open=True), method.location)
        )


def _call(interp: Interpreter, target: Value, function: Function) -> None:
    call = partial(interp.call, target, Arguments(open=True), function.location)
    _guarded(interp, function.location, function.node, call)


def _guarded(
    interp: Interpreter, location: Location, code: FunctionDef | Lambda | ClassDef, action: Callable[[], Value]
) -> Value:
    """Do something that only we do with a definition, whose `code` it is, within its own budget."""
    module = location.module
    interp.speculative = True
    try:
        with interp.afresh(), interp.budget.account(STEPS_PER_FUNCTION):
            interp.frames = [Frame(None, module, None, (), interp.heap.tick(), 0)]
            with evaluating(interp, "the evaluation of this definition", location, "code after it was not analysed"):
                value = action()
                if interp.budget.exhausted:
                    interp.budget.note(Cut("this definition", location, interp.budget.spent, code))
                return value
        return Unknown("an internal error", location)
    finally:
        interp.speculative = False
