"""Running a repository's modules, and the functions in them that nobody calls.

A workflow is often built in a factory that only a framework's server or a test calls. Such functions are called here
with arguments that are unknown, or guessed from annotations. Callers go before what they call, so that helpers see
real arguments; what came out of a guess is marked `synthetic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

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
    Function,
    Late,
    Library,
    ModuleValue,
    Object,
    Place,
    Unknown,
    Value,
    options_of,
)
from wflint.source.code import Attribute, Name
from wflint.source.walking import children, structs

STEPS_PER_FUNCTION = 4_000


class Explorer:
    """Runs modules, and remembers which of their definitions build or run workflows."""

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self.modules: list[Module] = []
        self.untried: list[Module] = []
        self.telling = Telling()

    def explore(self, modules: Iterable[Module]) -> None:
        """Learn about `modules` that belong together, and try them out."""
        self.learn(modules)
        self.try_out()

    def learn(self, modules: Iterable[Module]) -> None:
        """Evaluate `modules`, and see what in them is telling."""
        new = [module for module in modules if module not in self.modules]
        for module in new:
            self.interp.load(module)
        self.modules += new
        self.telling.learn(self.interp, new)
        self.interp.telling = self._nodes(self.telling.names)
        self.interp.asking = self._nodes(self.telling.asking)
        self.untried += new

    def ask(self, modules: Iterable[Module]) -> None:
        """The same for modules that build nothing: which of their functions ask models is only seen in them."""
        self.interp.telling = frozenset()
        self.explore(modules)

    def _nodes(self, names: Names) -> frozenset[int]:
        """The functions whose names, or those of their classes, are among these."""
        return frozenset(
            id(function.node)
            for module in self.modules
            for function in (*_functions(module), *_methods(module))
            if (function.owner.name if function.owner else function.name) in names[module]
        )

    def try_out(self) -> None:
        """Call the telling functions and classes that were not reached; by now it is known all over which are."""
        while self.untried:
            self._uncalled(self.untried.pop(0))

    def homes(self) -> frozenset[str]:
        """What modules that hold telling names are called in an import: the last part of their dotted name.

        A maker's name is a library's, unless the module defines it itself (`class Workflow`).
        """
        makers = {path.rpartition(".")[2] for path in self.interp.table.makers}
        return frozenset(
            module.parts[-1]
            for module in self.modules
            if module.parts and self.telling.names[module] - (makers - self.telling.uses[module].keys())
        )

    def _uncalled(self, module: Module) -> None:
        here = self.telling.asking[module]
        functions = [f for f in _functions(module) if f.name in here]
        classes = [c for c in _classes(module) if c.name in here and has_behaviour(c)]
        mentioned = self.telling.mentioned(module)
        for function in sorted(functions, key=lambda f: f.name in mentioned):
            if id(function.node) not in self.interp.entered and id(function.node) not in self.interp.given:
                _call(self.interp, function)
        for cls in sorted(classes, key=lambda c: c.name in mentioned):
            _live(self.interp, cls)


Names = dict[Module, set[str]]
"""Some of the names of each module."""


@dataclass(slots=True)
class Telling:
    """The names of each module that have to do with building or running workflows, and what each definition uses.

    `asking` are those names and the ones that have to do with asking language models.
    """

    names: Names = field(default_factory=dict)
    asking: Names = field(default_factory=dict)
    uses: dict[Module, dict[str, set[str]]] = field(default_factory=dict)
    imports: dict[Module, dict[str, tuple[Module, str]]] = field(default_factory=dict)

    def learn(self, interp: Interpreter, modules: list[Module]) -> None:
        """Add modules; what uses a maker of workflows, or an object that a front end follows, is telling."""
        makers = frozenset(path.rpartition(".")[2] for path in interp.table.makers)
        for module in modules:
            names, self.imports[module] = _own_names(interp, module, makers)
            self.names[module] = names | makers
            self.asking[module] = self.names[module] | _answering_names(interp, module)
            self.uses[module] = {}
            definitions: list[Function | Class] = [*_functions(module), *_classes(module)]
            for item in definitions:
                used = names_in(item.node, makers) - {item.name}
                self.uses[module][item.name] = used
                self.imports[module].update(_through_modules(module, used))
        self._spread_all(self.names)
        self._spread_all(self.asking)

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
            case Library(path=path) if path in interp.table.makers:
                names.add(str(name))
            case Object(path=path) if path in interp.table.calls:
                names.add(str(name))
            case Late(module=home, name=wanted):
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
        str(name) for name, value in content if isinstance(value, Library | Object) and interp.table.answers(value.path)
    }


def _home(interp: Interpreter, module: Module, name: str) -> tuple[Module, str]:
    """Where an imported name comes from, through packages that only pass it on."""
    for _ in range(4):
        if not module.is_package:
            break
        interp.load(module)
        value = module.scope.content.get(name)
        if not isinstance(value, Late):
            break
        module, name = value.module, value.name
    return module, name


def _functions(module: Module) -> Iterator[Function]:
    for value in list(module.scope.content.values()):
        for option in options_of(value):
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


def _live(interp: Interpreter, cls: Class) -> None:
    """Make an object of the class if nobody did, and call the methods that nobody called."""
    methods = [
        value
        for name, value in cls.content.items()
        if isinstance(value, Function) and name != "__init__" and value.binding in ("plain", "static", "class")
    ]
    mentioned: set[str] = set().union(*(names_in(method.node) for method in methods))
    methods.sort(key=lambda method: f"self.{method.name}" in mentioned)
    idle = [m for m in methods if id(m.node) not in interp.entered and id(m.node) not in interp.given]
    if cls in interp.instantiated and not idle:
        return
    made = _guarded(interp, cls.place, partial(instantiate, interp, cls, Arguments(open=True), cls.place))
    if not isinstance(made, Object):
        return
    for method in idle:
        if id(method.node) in interp.entered or id(method.node) in interp.given:
            continue
        receiver = cls if method.binding == "class" else made
        target: Value = method if method.binding == "static" else Bound(method, receiver)
        _guarded(interp, method.place, partial(interp.call, target, Arguments(open=True), method.place))


def _call(interp: Interpreter, function: Function) -> None:
    _guarded(interp, function.place, partial(interp.call, function, Arguments(open=True), function.place))


def _guarded(interp: Interpreter, place: Place, action: Callable[[], Value]) -> Value:
    """Do something that only we do with the definition at `place`, within its own budget."""
    module = place.module
    interp.budget.renew()
    steps, interp.budget.steps = interp.budget.steps, STEPS_PER_FUNCTION
    interp.synthetic = True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, module, None, (), interp.heap.tick(), 0)]
            with evaluating(interp, "the evaluation of this definition", place, "code after it was not analysed"):
                return action()
        return Unknown("an internal error", place)
    finally:
        if interp.budget.exhausted:
            interp.exhausted.append(Place(module, (0, 0)))
        interp.synthetic = False
        interp.budget.steps = steps
        interp.budget.renew()
