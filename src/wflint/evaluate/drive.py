"""Running a repository's modules, and the functions in them that nobody calls.

A workflow is often built in a factory that only a framework's server or a test calls. Such functions are called here
with arguments that are unknown, or guessed from annotations. Callers go before what they call, so that helpers see
real arguments; what came out of a guess is marked `synthetic`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from wflint.evaluate.budget import Cut
from wflint.evaluate.class_values import Class
from wflint.evaluate.classes import has_behaviour, instantiate
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.relevance import Names, RelevanceSlice, classes_of, functions_of, methods_of
from wflint.evaluate.restoring import evaluating
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Function,
    Location,
    Object,
    Partial,
    Unknown,
    Value,
    alternatives,
)
from wflint.source.code import ClassDef, Constant, ExprStmt, FunctionDef, Lambda, Raise
from wflint.source.walking import names_in

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
            for function in (*functions_of(module), *methods_of(module))
            if (function.owner.name if function.owner else function.name) in names[module]
        )

    def analyze_uncalled(self) -> None:
        """Call the telling functions and classes that were not reached; by now it is known all over which are.

        Tests come last: what a product's function builds when nobody calls it is not what a test has it build.
        """
        self.unanalyzed.sort(key=lambda module: module.is_test)
        while self.unanalyzed:
            self._uncalled(self.unanalyzed.pop(0))
        self._left_inside()

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
        functions = [f for f in functions_of(module) if f.name in here]
        classes = [c for c in classes_of(module) if c.name in here and has_behaviour(c)]
        mentioned = self.relevance.mentioned(module)
        for function in sorted(functions, key=lambda f: f.name in mentioned):
            self._try(module, function)
        for cls in sorted(classes, key=lambda c: c.name in mentioned):
            self._finish(cls)
            _exercise_class(self.interp, cls)
            self._inherited(cls)

    def _left_inside(self) -> None:
        """Call the telling functions that others define and hand to code that is not in the source."""
        inner = self.interp.inner_functions
        while inner:  # each may define some itself
            function = inner.pop(next(iter(inner)))
            known = self.relevance.calling_models.get(function.module, set())
            if not function.module.stub and names_in(function.node) & known:
                self._try(function.module, function)

    def _inherited(self, cls: Class) -> None:
        """Call the building methods of ancestors that the class fills in, where none of its objects ran them."""
        methods = [method for method in _filled_in(cls) if self._builds(method)]
        idle = [m for m in methods if (id(m.node), cls) not in self.interp.received]
        if not idle:
            return
        makes = partial(instantiate, self.interp, cls, Arguments(open=True), cls.location)
        known: list[Value] = [*self.interp.instances.get(cls, ())]
        known = known or [_guarded(self.interp, cls.location, cls.node, makes)]
        for method in idle:
            for made in known[:MOST_RECEIVERS]:
                called = partial(self.interp.call, Bound(method, made), Arguments(open=True), cls.location)
                _guarded(self.interp, method.location, method.node, called)

    def _builds(self, method: Function) -> bool:
        return bool(names_in(method.node) & self.relevance.names.get(method.module, set()))

    def _try(self, module: Module, function: Function) -> None:
        """Call a function that was not reached; one under a decorator by its name first, as everybody else would."""
        entered, given = self.interp.analyzed, self.interp.escaped_functions
        known = module.scope.content.get(function.name)
        for target in alternatives(known) if any(function is one for one in module.wrapped) else ():
            taken = isinstance(target, Function | Bound | Partial) and target is not function
            if taken and id(function.node) not in entered | given:
                _call(self.interp, target, function)
        if id(function.node) not in entered and id(function.node) not in given:
            _call(self.interp, function, function)

    def _finish(self, cls: Class) -> None:
        """Call the methods that nobody called on the objects that the source makes, where they build something.

        Only what takes no arguments: with unknown ones, it would add to a workflow what nobody adds.
        """
        for method in filter(_takes_nothing, _idle(self.interp, cls)):
            builds = self._builds(method)
            for made in _instances(self.interp, cls)[:MOST_RECEIVERS]:
                if builds or _is_unfinished(self.interp, made):
                    called = partial(self.interp.call, Bound(method, made), Arguments(), method.location)
                    _guarded(self.interp, method.location, method.node, called)


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


def _filled_in(cls: Class) -> list[Function]:
    """The methods of ancestors that use what the class defines in its own way."""
    own = {f"self.{name}" for name in cls.content}
    methods = [
        (name, value)
        for ancestor in list(cls.lineage())[1:]
        for name, value in ancestor.content.items()
        if isinstance(value, Function) and value.binding == "plain" and name != "__init__"
    ]
    return [m for name, m in methods if isinstance(name, str) and cls.find(name) is m and own & names_in(m.node)]


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
        if _is_left_to_heirs(cls, method):
            continue
        receiver = cls if method.binding == "class" else made
        target: Value = method if method.binding == "static" else Bound(method, receiver)
        _guarded(
            interp, method.location, method.node, partial(interp.call, target, Arguments(open=True), method.location)
        )


def _is_left_to_heirs(cls: Class, method: Function) -> bool:
    """Whether a method uses one that only heirs of its class do something in, and there are some."""
    used = (cls.find(name.removeprefix("self.")) for name in names_in(method.node) if name.startswith("self."))
    empty = any(isinstance(each, Function) and _does_nothing(each) for each in used)
    return empty and cls.has_heirs


def _does_nothing(method: Function) -> bool:
    """Whether a method only raises, or says nothing at all."""
    body = method.node.body if isinstance(method.node, FunctionDef) else (method.node,)
    return all(
        isinstance(node, Raise) or (isinstance(node, ExprStmt) and isinstance(node.value, Constant)) for node in body
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
        with interp.afresh(), interp.budget.account(interp.budget.uncalled):
            interp.frames = [Frame(None, module, None, (), interp.heap.tick(), 0)]
            with evaluating(interp, "the evaluation of this definition", location, "code after it was not analysed"):
                value = action()
                if interp.budget.exhausted:
                    interp.budget.record_cut(Cut("this definition", location, interp.budget.spent, code))
                return value
        return Unknown("an internal error", location)
    finally:
        interp.speculative = False
