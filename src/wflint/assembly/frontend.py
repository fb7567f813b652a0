"""What a front end is: a table that says what a framework's calls mean, and a fold of what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, wraps

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.census.constructors import Constructor
from wflint.assembly.changes import Changed
from wflint.assembly.demands import Demands, Refusing, refusing_nothing
from wflint.assembly.own_classes import Inherited
from wflint.assembly.parameters import Parameters
from wflint.assembly.releases import Package
from wflint.assembly.results import Results
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import product
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallModel, CallSite, LibraryModel
from wflint.evaluate.recording import escape
from wflint.evaluate.values import Mapping, Object, Sequence, Unknown, Value, alternatives, join, last_of
from wflint.model.workflow import Step, Workflow
from wflint.source.import_prefilter import Marks


def nothing(_interp: Interpreter, _framework: str) -> Iterator[Workflow]:
    """The workflows where there are none to be made of what was recorded."""
    return iter(())


def nobody(_interp: Interpreter, _made: Object) -> tuple[Step, ...]:
    """The agents of a framework that has none: everything that it runs is a workflow."""
    return ()


class DocumentKind(Struct, frozen=True):
    """Documents that a framework runs without any code that loads them.

    `marks` tell them from others; `load` makes the objects that code would make.
    """

    marks: Marks
    load: Callable[[Interpreter, Mapping], None]


class FrontEnd(Struct, eq=False, dict=True):
    """One framework, or further rows about others.

    `modules` are the dotted names that a file imports if it uses the framework, `constructors` the names that
    construct a workflow, and `library` makes the table that the interpreter is told. `workflows` are those among what
    the interpreter recorded, in any order, and `agents` gives an agent that plain code runs, as a step for each name it
    may have, nothing for everything else. `asked_alone` are the names of models that come with it, which other files of
    the same repository may ask. `brings_others` is true where an agent that is run by itself takes those along that it
    leads to, `lists_alone` where an agent that is part of nothing else is a workflow even if nobody runs it. `package`
    is what it is installed as, `changed` what not all its releases have, `parameters` what its parts take by keyword,
    as far as that is known, `demands` what they ask of what they are given, `results` what their calls give back, and
    `inherited` the classes that people inherit from; `refused` is what else they refuse, be they part of a workflow or
    not.
    `documents` are those that it runs without any code.
    """

    name: str
    library: Callable[[], LibraryModel]
    modules: tuple[str, ...] = ()
    constructors: tuple[Constructor, ...] = ()
    workflows: Callable[[Interpreter, str], Iterator[Workflow]] = nothing
    agents: Callable[[Interpreter, Object], tuple[Step, ...]] = nobody
    asked_alone: tuple[str, ...] = ()
    brings_others: bool = False
    lists_alone: bool = False
    package: Package | None = None
    parameters: Parameters = {}
    changed: Changed | None = None
    demands: Demands = {}
    results: Results = {}
    inherited: tuple[Inherited, ...] = ()
    refused: Refusing = refusing_nothing
    documents: tuple[DocumentKind, ...] = ()

    @cached_property
    def table(self) -> LibraryModel:
        """What the interpreter is told; made when somebody asks.

        Classes of which rows ask something are known to it, so that it remembers what is made of them.
        """
        told = self.library()
        asked = (path for path in (*self.demands, *self.parameters) if _is_class(path))
        own = {path: pure for path in asked if not told.knows(path)}
        return replace(told, calls={**own, **told.calls})

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """The workflows, each with the name of the framework."""
        return self.workflows(interpreter, self.name)


def _is_class(path: str) -> bool:
    return path.count(".") == 1 and last_of(path)[:1].isupper()


def construct(call: CallSite) -> Value:
    """Handler of a class: an object that is remembered with its arguments."""
    return call.interpreter.object_of(call.path, call.arguments, call.location)


def pure(call: CallSite) -> Value:
    """Handler of a method that changes nothing: what it gives is only known by its path."""
    return product(call.interpreter, call.path, call.receiver, call.arguments, call.location)


def unmodelled(call: CallSite) -> Value:
    """Handler of the other methods of a builder, which may add anything; most give the builder back."""
    escape(call.interpreter, call.arguments, call.location)
    return fluent(call)


def on_object(handler: CallModel) -> CallModel:
    """Make a handler of a method safe to call on the class: without an object there is nothing to record."""

    @wraps(handler)
    def handled(call: CallSite) -> Value:
        if call.receiver is not None and not isinstance(call.receiver, Class):
            return handler(call)
        escape(call.interpreter, call.arguments, call.location)
        return Unknown("a method called on its class, on an unknown object", call.location)

    return handled


@on_object
def fluent(call: CallSite) -> Value:
    """Handler of a method that is recorded and gives its object back, so that calls can be chained."""
    assert call.receiver is not None
    call.interpreter.record_call(call.receiver, call.path, call.arguments, call.location)
    return call.receiver


def copied_field(interp: Interpreter, value: Value) -> Value:
    """What a validated attribute holds: lists of its own, which later changes of the given ones do not reach."""
    return join(*(_copied_field(interp, option) for option in alternatives(value)))


def _copied_field(interp: Interpreter, value: Value) -> Value:
    if not isinstance(value, Sequence):
        return value
    held = interp.list_of(list(value.content), value.kind)
    held.location = value.location
    return held
