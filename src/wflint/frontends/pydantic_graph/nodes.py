"""Nodes as classes: their ids, where their return annotations lead, and what their code does with the state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.coded_step import coded, parameter_type, returned_type, unread
from wflint.assembly.contracts.effects import settings_of
from wflint.assembly.contracts.lacking_fields import lacking_fields
from wflint.assembly.contracts.origins import origins_in
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.shapes import LibraryBase, returned_shape
from wflint.assembly.contracts.sinks import hands_on, reaches_sink
from wflint.assembly.contracts.typed_inputs import fields_of, own_fields, typed_input
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.assembly.recording import once
from wflint.assembly.speculation import made_for_reading
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import TRANSPARENT, UNIONS, bare, name_of, show
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    ExternalName,
    Function,
    Generic,
    InputSource,
    Location,
    Object,
    TrackedValue,
    Unknown,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.pydantic_graph.agents import with_tools
from wflint.frontends.pydantic_graph.checks import checks_in
from wflint.frontends.pydantic_graph.table import JOIN, ROOT, STEP
from wflint.model.contract import Need, Offer, Schema
from wflint.model.loss import Loss
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind
from wflint.source.code import FunctionDef

BASE = "BaseNode"


class Way(Struct, frozen=True):
    """Where a node may lead by its annotation: to another node, a step or the end; `label` where it is given one."""

    target: Value | None
    label: str | None = None


def is_node(value: Value | None) -> bool:
    """Whether a class is a node."""
    return isinstance(value, Class) and any(
        path.startswith(ROOT) and last_of(path) in (BASE, "StepNode") for path in value.libraries()
    )


def plain(node: Value) -> Value:
    """A node as the framework takes it, without the types that a class was given: `Answer[int]` is `Answer`."""
    return node.base if isinstance(node, Generic) and isinstance(node.base, Class) else node


def id_of(interp: Interpreter, cls: Class) -> str:
    """The id of a node: its class's name, unless it has a method for that."""
    own = cls.find("get_node_id")
    if isinstance(own, Function):
        with interp.afresh():
            interp.frames = [Frame(None, cls.module, None, (), interp.heap.tick(), 0)]
            given = interp.call(Bound(own, cls), Arguments(), cls.location)
        return text_of(given) or cls.name
    return cls.name


def ways_of(interp: Interpreter, function: Function | None, owner: Class | None) -> tuple[Way, ...] | None:
    """Where the return annotation of a node's `run`, or of a step, leads; None where it names other things."""
    node = function.node if function is not None else None
    if function is None or not isinstance(node, FunctionDef) or node.returns is None:
        return None
    parts = list(_parts(returned_type(interp, function), None))
    ways = [_way(part, label, owner) for part, label in parts]
    return tuple(way for way in ways if way is not None) if all(way is not None for way in ways) else None


def names_base(interp: Interpreter, function: Function | None) -> bool:
    """Whether a return annotation names the base class of all nodes: what is run next is what the code returns."""
    node = function.node if function is not None else None
    if function is None or not isinstance(node, FunctionDef) or node.returns is None:
        return False
    parts = _parts(returned_type(interp, function), None)
    return any(_is_base(part.base if isinstance(part, Generic) else part) for part, _ in parts)


def _is_base(part: Value | None) -> bool:
    return isinstance(part, ExternalName) and part.path.startswith(ROOT) and last_of(part.path) == BASE


def _parts(type_: Value | None, label: str | None) -> Iterator[tuple[Value | None, str | None]]:
    match type_:
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            for argument in arguments:
                yield from _parts(argument, label)
            if name_of(base) == "Optional":
                yield NONE, label
        case Generic(base=base, arguments=(first, *metadata)) if name_of(base) == "Annotated":
            bridged = [item for item in metadata if isinstance(item, Object) and item.path in (STEP, JOIN)]
            given = [item for item in metadata if isinstance(item, Object) and last_of(item.path) == "Edge"]
            text = text_of(given[0].arguments.get("label", 0)) if given else label
            if bridged:
                yield bridged[0], text
            else:
                yield from _parts(first, text)
        case Generic(base=base, arguments=(first, *_)) if name_of(base) in TRANSPARENT:
            yield from _parts(first, label)
        case _:
            yield type_, label


def _way(part: Value | None, label: str | None, owner: Class | None) -> Way | None:
    bare_part = part.base if isinstance(part, Generic) else part
    match bare_part:
        case Class() if is_node(bare_part):
            return Way(bare_part, label)
        case Object(path=path) if path in (STEP, JOIN):
            return Way(bare_part, label)
        case ExternalName(path=path) if path.startswith(ROOT) and last_of(path) == "End":
            return Way(None, label)
        case ExternalName(path=path) if last_of(path) == "Self" and owner is not None:
            return Way(owner, label)
        case _:
            return None


# ---------------------------------------------------------------------------------------------------- contracts


class ReadNode(Struct, frozen=True):
    """A step with what was seen of its code; `own` stands for the object whose method that is."""

    step: Step
    summary: FunctionSummary | None
    own: InputSource | None = None


def read_node(interp: Interpreter, name: str, cls: Class, location: Location) -> ReadNode:
    """A node class as a step."""
    run = cls.find("run")
    if not isinstance(run, Function):
        return ReadNode(unread(Step(name, StepKind.FUNCTION, location.span)), None)
    own = once(interp, ("own fields", cls), lambda: InputSource("self", cls, None, cls.location))
    found = read_function(interp, name, Bound(run, _instance(interp, cls, own)), location)
    step, summary = replace(found.step, definition=cls.location.span), found.summary
    if summary is not None:
        step = replace(step, typed_inputs=(*step.typed_inputs, own_fields(interp, summary, own, NODE_BASE)))
    return ReadNode(step, summary, own)


def unmade(name: str, read: ReadNode) -> Iterator[Loss]:
    """What a step returns and cannot make."""
    returned = (site.value for site in read.summary.returns) if read.summary is not None else ()
    return lacking_fields(name, returned, frozenset({BASE}))


NODE_BASE = LibraryBase(
    BASE, frozenset({"get_node_id", "get_note", "get_node_def", "deep_copy", "get_snapshot_id", "set_snapshot_id"})
)


def _instance(interp: Interpreter, cls: Class, own: InputSource) -> Value:
    """A node to read the methods of: the step before has filled its fields."""
    made = made_for_reading(interp, cls)
    if isinstance(made, Object):
        made.content.update(fields_of(interp, cls, own))
    return made


def read_function(interp: Interpreter, name: str, callee: Value, location: Location) -> ReadNode:
    """A function that takes a context as a step."""
    state = state_type(interp, callee)
    given = once(interp, ("given", callee, location), lambda: _given(interp, callee, location))
    summary = summarize(
        interp, callee, state, location, presented=lambda symbol: _context(interp, symbol, given, location)
    )
    step = Step(name, StepKind.FUNCTION, location.span)
    if summary is None:
        return ReadNode(unread(step), None)
    step = with_tools(coded(step, summary, interp), summary)
    taken = (typed_input(interp, summary, root, sent=part == SENT) for part, root in given.items())
    step = replace(
        step,
        offers=settings_of(summary, interp),
        checks=tuple(checks_in(summary)),
        reaches_sink=reaches_sink(summary) or hands_on(summary),
        typed_inputs=(*step.typed_inputs, *taken),
        result=returned_shape(interp, summary),
    )
    return ReadNode(step, summary)


GIVEN = (("deps", 1), ("inputs", 2))
"""What a context holds beside the state, with its place among the arguments of the context's type."""
SENT = "inputs"
"""What the step before hands over."""


def _given(interp: Interpreter, callee: Value, location: Location) -> dict[str, InputSource]:
    return {part: InputSource(part, _context_type(interp, callee, place), None, location) for part, place in GIVEN}


def _context(interp: Interpreter, state: TrackedValue, given: Mapping[str, InputSource], location: Location) -> Object:
    """What a node is given: the state, and what else it knows."""
    context = interp.object_of(f"{ROOT}.Context", Arguments(), location)
    context.content["state"] = state
    context.content.update({part: TrackedValue(root, (), root.type) for part, root in given.items()})
    return context


def state_type(interp: Interpreter, callee: Value) -> Value | None:
    """The type of the state, by the annotation of the context."""
    return _context_type(interp, callee, 0)


def inputs_type(interp: Interpreter, callee: Value) -> Value | None:
    """The type of what the step before hands over, by the annotation of the context."""
    return _context_type(interp, callee, 2)


def _context_type(interp: Interpreter, callee: Value, position: int) -> Value | None:
    """An argument of the context's annotation: state, dependencies, inputs; else of the class that the node is."""
    function = callee.function if isinstance(callee, Bound) else callee
    if not isinstance(function, Function):
        return None
    for parameter in function.node.parameters:
        type_ = parameter_type(interp, function, parameter)
        if isinstance(type_, Generic) and name_of(type_.base).endswith("Context") and position < len(type_.arguments):
            return _told(type_.arguments[position])
    bases = function.owner.bases if isinstance(function.owner, Class) else ()
    said = next((base for base in bases if isinstance(base, Generic) and name_of(base.base) == BASE), None)
    return _told(said.arguments[position]) if said is not None and position < min(len(said.arguments), 2) else None


BASE = "BaseNode"
"""What node classes derive from: `BaseNode[State, Dependencies, Result]`."""


def _told(argument: Value) -> Value | None:
    found = bare(argument)
    return None if found == NONE or isinstance(found, Unknown) else found


def state_schema(interp: Interpreter, type_: Value | None, location: Location) -> Schema | None:
    """The fields of a state, which are all set when a run begins: the caller makes the object.

    Open where the class has attributes that are not declared: its code may set more. Attributes are set one by one,
    which no model looks at.
    """
    schema = schema_of(interp, type_, location)
    cls = bare(type_)
    if schema is None or not isinstance(cls, Class):
        return None
    declared = cls.declared()
    plain = any(
        isinstance(name, str) and not name.startswith("__") and name not in declared and not isinstance(value, Function)
        for ancestor in cls.lineage()
        for name, value in ancestor.content.items()
    )
    made = any("__init__" in ancestor.content or "__getattr__" in ancestor.content for ancestor in cls.lineage())
    fields = tuple(replace(field, preset=True) for field in schema.fields)
    closed = schema.closed and bool(declared) and not plain and not made
    return replace(schema, fields=fields, closed=closed, validates=False)


def messages_of(
    interp: Interpreter, callee: Value, span: Span, summary: FunctionSummary | None
) -> tuple[tuple[Offer, ...], tuple[Need, ...]]:
    """What a step of a graph without a state hands on and takes: its return value and its inputs."""
    function = callee.function if isinstance(callee, Bound) else callee
    node = function.node if isinstance(function, Function) else None
    if not isinstance(function, Function) or not isinstance(node, FunctionDef):
        return (), ()
    given = show(returned_type(interp, function))
    taken = inputs_type(interp, callee)
    needs = (Need("inputs", span, type=show(taken)),) if taken is not None else ()
    values = [site.value for site in summary.returns] if summary is not None else []
    return (Offer("output", span, type=given, origins=origins_in(*values)),), needs
