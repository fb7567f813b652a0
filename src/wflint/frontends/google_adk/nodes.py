"""One node of a graph as a step: an agent, a function, a class of the source, a workflow."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.agents import part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.coded_step import parameter_type, unread
from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.contracts.conduct import conduct_of
from wflint.assembly.contracts.output_formats import expected_formats, path_read
from wflint.assembly.contracts.prompts import formats_in, prompt_of
from wflint.assembly.contracts.shapes import returned_shape
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.templates import template_gaps
from wflint.assembly.contracts.thresholds import thresholds_of
from wflint.assembly.contracts.typed_inputs import message
from wflint.assembly.contracts.unasked_keys import unasked_keys
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.assembly.routes import Chosen, Routes
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import (
    NONE,
    Const,
    Function,
    Location,
    Mapping,
    Object,
    Sequence,
    Text,
    Unknown,
    Value,
    alternatives,
)
from wflint.frontends.google_adk.agents import agent_step, own_code, runs_of_tools
from wflint.frontends.google_adk.dynamic import DynamicRun, dynamic_runs
from wflint.frontends.google_adk.handing import DeclaredInput, Kind, handed_by, returned, taken
from wflint.frontends.google_adk.parts import is_tree, kind_of, wrapped
from wflint.frontends.google_adk.route_labels import route_label
from wflint.frontends.google_adk.session import Use, context_parameter, key_read, requests, use_of
from wflint.frontends.google_adk.table import EVENT, JOIN, MADE, NODE_CLASSES, REQUEST, WORKFLOWS, AgentKind
from wflint.model.conduct import Conduct
from wflint.model.contract import Need, Shape, TypedInput
from wflint.model.workflow import Route, Step, StepKind

INPUT = "node_input"
DISSOLVED = (AgentKind.SEQUENTIAL, AgentKind.PARALLEL, AgentKind.LOOP)


class ReadNode(Struct, frozen=True):
    """A node with the routes that it emits; `closed` where these are all, `several` where it may emit some at once.

    `hands` is the kind of value that it hands on, `takes` the one that it declares to take, where these are known.
    `together` are those that are emitted at once, a set for each value that a route may have. `runs` are the nodes that
    its code runs itself. `gives` is true where it returns a result for certain; `bound` are the parameters that are
    filled from the state. `given` are the places of events that are made with an output.
    """

    step: Step
    routes: tuple[Route, ...] = ()
    closed: bool = False
    several: bool = False
    together: tuple[tuple[str, ...], ...] | None = None
    runs: tuple[DynamicRun, ...] = ()
    gives: bool = False
    bound: tuple[Need, ...] = ()
    hands: Kind | None = None
    takes: DeclaredInput | None = None
    given: frozenset[Location] = frozenset()


def read_node(interp: Interpreter, locator: ArgumentLocator, node: Value, name: str, location: Location) -> ReadNode:
    """The step that a node of an edge is."""
    bare = Step(name, StepKind.FUNCTION, location.span)
    if not isinstance(node, Object):
        return _function(interp, node, bare, location)
    if node.path in WORKFLOWS or kind_of(node) in DISSOLVED:
        return ReadNode(unread(replace(bare, kind=StepKind.SUBWORKFLOW, workflow=str(location.span))))
    if kind_of(node) is not None:
        step = agent_step(interp, locator, node, name, location)
        whole = replace(step, workflow=str(location.span) if is_tree(node) else None)
        plain = kind_of(node) is AgentKind.MODEL and node.cls is None and not is_tree(node)
        answers = plain and part(node, "mode") in (None, NONE)
        said = handed_by(node) if answers else None
        return ReadNode(whole, runs=tuple(runs_of_tools(interp, node)), gives=answers, hands=said)
    if node.path == JOIN:
        return ReadNode(bare)
    inner = wrapped(node)
    if inner is not None:
        found = read_node(interp, locator, inner, name, location)
        retries = found.step.retries or (node.path == MADE and part(node, "retry_config") is not None)
        return replace(found, step=replace(found.step, retries=retries))
    if node.path in NODE_CLASSES and node.cls is not None:
        return _finished(interp, bare, own_code(interp, node, location), node.cls.location, node.cls.node.doc)
    return ReadNode(unread(replace(bare, kind=StepKind.TOOL)))


def _function(interp: Interpreter, node: Value, step: Step, location: Location) -> ReadNode:
    function = function_of(node)
    if function is None:
        return ReadNode(unread(step))
    use = use_of(interp, node, location)
    bound = tuple(_parsed(interp, node, need, location) for need in _bound(interp, function))
    for need in bound:
        use.need(need)
    read = _finished(interp, step, use, function.location, getattr(function.node, "doc", None))
    given = next((p for p in function.node.parameters if p.name == INPUT), None)
    type_ = parameter_type(interp, function, given)
    summary = summarize(interp, node, type_, location, taking=INPUT) if given is not None else None
    handed = (_handed(interp, summary),) if summary is not None else ()
    step = replace(read.step, typed_inputs=handed, result=_result(interp, use))
    takes = taken(type_, Location(function.module, given.at).span) if given is not None else None
    return replace(read, step=step, gives=_gives(use), bound=bound, hands=returned(use.summary), takes=takes)


def _handed(interp: Interpreter, summary: FunctionSummary) -> TypedInput:
    """What the node before hands over: made into what is declared, where that is a class."""
    taken = message(interp, summary)
    forms = expected_formats(summary, lambda value: INPUT if path_read(value, summary.root) == () else None)
    converted = taken.shape is not None
    return replace(taken, converted=converted, whole=not converted, expectations=forms.get(INPUT, ()))


def _result(interp: Interpreter, use: Use) -> Shape | None:
    """The dict that every end of the code returns; an object is handed on as another dict than its class tells."""
    shape = returned_shape(interp, use.summary) if use.summary is not None else None
    return shape if shape is not None and shape.keyed else None


def _gives(use: Use) -> bool:
    """Whether every end of the code returns a plain value, which is its output then."""
    returns = use.summary.returns if use.summary is not None and use.summary.complete else ()
    return bool(returns) and all(_is_plain(site.value) for site in returns)


def _is_plain(value: Value) -> bool:
    return isinstance(value, Text | Mapping | Sequence) or (isinstance(value, Const) and value != NONE)


def _bound(interp: Interpreter, function: Function) -> Iterator[Need]:
    """Parameters other than the context and the input are filled from the state."""
    context = context_parameter(function)
    for parameter in function.node.parameters:
        if parameter.name in (INPUT, context, "self", "ctx") or parameter.kind in ("args", "kwargs"):
            continue
        type_ = show(parameter_type(interp, function, parameter))
        span = Location(function.module, parameter.at).span
        yield Need(parameter.name, span, parameter.name not in function.defaults, type=type_)


def _parsed(interp: Interpreter, node: Value, need: Need, location: Location) -> Need:
    """The need with what the code makes of it where it is a text."""
    summary = summarize(interp, node, None, location, taking=need.name) if need.type in (None, "str") else None
    if summary is None:
        return need
    forms = expected_formats(summary, lambda value: need.name if path_read(value, summary.root) == () else None)
    return replace(need, expectations=forms.get(need.name, ()))


def _finished(interp: Interpreter, step: Step, use: Use, location: Location, doc: str | None) -> ReadNode:
    asks = requests(use, REQUEST)
    emitted = Routes(labelled=route_label)
    for api_call in use.api_calls:
        route = api_call.get("route")
        if route is not None and route != NONE:
            sure = use.summary is not None and any(
                c.certain and c.location == api_call.location for c in use.summary.calls
            )
            emitted.collect(interp, Chosen(route, api_call.location, sure and _is_one(route)))
    for access in use.summary.accesses if use.summary is not None else ():
        if access.symbol.access_path == ("route",) and access.mode == "set" and access.new is not None:
            emitted.collect(interp, Chosen(access.new, access.location, access.certain and _is_one(access.new)))
    whole = replace(
        step,
        kind=StepKind.HUMAN if asks else StepKind.FUNCTION,
        definition=location.span,
        needs=tuple(use.needs.values()),
        offers=tuple(use.offers.values()),
        offers_open=use.open,
        needs_open=use.reads_open,
        interrupts=asks,
        calls=calls_of(use.summary),
        side_effects=side_effects_of(use.summary),
        conduct=replace(_conduct(use.summary), reworked=tuple(sorted(use.reworked))),
        template_gaps=template_gaps(use.summary, interp),
        unasked_keys=unasked_keys(use.summary),
        description=doc or "",
        prompt=prompt_of(use.summary) if use.summary is not None else None,
        expectations=formats_in(use.summary) if use.summary is not None else (),
    )
    closed = use.summary is not None and not emitted.unknown
    together = tuple(dict.fromkeys(emitted.sets)) if closed else None
    several = emitted.several or not closed
    made = frozenset(call.location for call in use.api_calls if call.path == EVENT and _has_output(call.get("output")))
    return ReadNode(whole, emitted.routes(), closed, several, together, tuple(dynamic_runs(use)), given=made)


def _has_output(given: Value | None) -> bool:
    return given is not None and all(each != NONE and not isinstance(each, Unknown) for each in alternatives(given))


def _conduct(summary: FunctionSummary | None) -> Conduct:
    """What the code does about failures and loops; its counts stand in the state of its context."""
    seen = conduct_of(summary)
    if summary is None:
        return seen
    return replace(seen, thresholds=thresholds_of(summary, lambda value: key_read(value, summary)))


def _is_one(route: Value) -> bool:
    """Whether a route is one label, and not one of several or all of several."""
    return len(alternatives(route)) == 1 and not isinstance(route, Sequence)
