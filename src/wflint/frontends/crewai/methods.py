"""A flow's methods as steps: what their code reads and writes of the flow's state, and which labels they return."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.coded_step import coded, parameter_type, returned_type, unread
from wflint.assembly.contracts.effects import settings_of
from wflint.assembly.contracts.origins import origins_in, sorted_origins
from wflint.assembly.contracts.sinks import reaches_sink
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.assembly.recording import once
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import literals, show
from wflint.evaluate.values import (
    NONE,
    Bound,
    Const,
    EnumMember,
    InputSource,
    Location,
    Object,
    Sequence,
    TrackedValue,
    Value,
    text_of,
)
from wflint.frontends.crewai import parts
from wflint.frontends.crewai.table import AGENT, CREW, FLOW, LLM, RUNNING
from wflint.frontends.crewai.triggers import Method, emitted
from wflint.model.contract import Certainty, Need, Offer, Origin
from wflint.model.workflow import Route, Step, StepKind
from wflint.source import code
from wflint.source.walking import nodes_in


class Labels(Struct):
    """The labels that a router can return.

    `declared` where an annotation or `emit=` lists them; not `closed` where it may return others; `silent` is a place
    where it returns nothing, `falls_through` where its code just ends there. `mentioned` are texts in its code, of
    which some may become labels in a way that is switched off for now.
    """

    routes: list[Route] = field(default_factory=list)
    declared: tuple[str, ...] | None = None
    closed: bool = True
    silent: Location | None = None
    falls_through: bool = False
    mentioned: frozenset[str] = frozenset()

    @property
    def known(self) -> tuple[str, ...]:
        """Every label that is declared or seen."""
        return tuple(dict.fromkeys([*(self.declared or ()), *(route.label for route in self.routes)]))


class ReadMethod(Struct):
    """A method as a step, with what the flow around it needs to know."""

    method: Method
    step: Step
    summary: FunctionSummary | None
    labels: Labels | None = None

    @property
    def gives(self) -> bool:
        """Whether the code returns something."""
        return self.summary is not None and any(site.value != NONE for site in self.summary.returns)


def read_method(interp: Interpreter, method: Method, flow: Object, state: Value | None) -> ReadMethod:
    """Read the code of a method of `flow`, with the flow's state tracked."""
    function = method.code
    root = once(
        interp, ("state", flow, function), lambda: InputSource("state", state, function.scope, function.location)
    )
    flow.content["state"] = TrackedValue(root, (), state)
    summary = summarize(interp, Bound(function, flow), None, function.location)
    location = method.decorators[0].location or function.location
    step = Step(
        method.name, StepKind.FUNCTION, location.span, definition=function.location.span,
        description=getattr(function.node, "doc", None) or "",
    )  # fmt: skip
    if summary is None:
        return ReadMethod(method, unread(step), None)
    of_state = replace(summary, root=root)
    read = coded(step, of_state, interp)
    own = next((call for call in summary.calls if call.path in ASKING), None)
    runs = any(_is_start(call) for call in summary.calls)
    asks = read.kind is StepKind.AGENT
    step = replace(
        read,
        kind=_kind(method, runs=runs, asks=asks or own is not None),
        offers=settings_of(of_state, interp),
        offers_open=_escapes(of_state) or not summary.complete,
        model=read.model if asks else _own_model(own),
        reaches_sink=reaches_sink(of_state),
    )
    labels = labels_of(interp, method, summary) if method.is_router else None
    return ReadMethod(method, step, summary, labels)


ASKING = frozenset({f"{LLM}.call", *(f"{AGENT}.{name}" for name in RUNNING)})
"""Calls of the framework's own models and agents."""


def _kind(method: Method, *, runs: bool, asks: bool) -> StepKind:
    if method.feedback is not None:
        return StepKind.HUMAN
    if runs:
        return StepKind.SUBWORKFLOW
    if asks:
        return StepKind.AGENT
    return StepKind.ROUTER if method.is_router else StepKind.FUNCTION


def _own_model(call: LibraryCall | None) -> str | None:
    """The model of an agent or model of the framework that is asked."""
    made = call.receiver if call is not None else None
    if not isinstance(made, Object):
        return None
    return parts.model_of(parts.given(made, "llm") if made.path == AGENT else made)


def _is_start(call: LibraryCall) -> bool:
    """Whether a call starts a crew or flow."""
    kind, _, name = call.path.rpartition(".")
    return kind in (CREW, FLOW) and name in RUNNING and isinstance(call.receiver, Object)


def _escapes(summary: FunctionSummary) -> bool:
    """Whether the whole state is handed to code that may set any of it."""
    return any(
        a.mode == "escape" and a.symbol.root is summary.root and not a.symbol.access_path for a in summary.accesses
    )


def labels_of(interp: Interpreter, method: Method, summary: FunctionSummary) -> Labels:
    """What a router's result can be, as a label: `emit=`, the return annotation, the returned constants."""
    labels = Labels(mentioned=_texts(method) - _excluded(method, summary))
    decorator = method.emits
    assert decorator is not None
    labels.declared = emitted(interp, decorator)
    if decorator is method.feedback:
        labels.closed = labels.declared is not None
        return labels
    if labels.declared is None:
        labels.declared = _annotated(interp, summary)
    for site in summary.returns:
        location = site.location or summary.location
        for option in interp.possibilities(site.value):
            label = _label(option)
            if isinstance(option, Sequence):
                labels.mentioned -= {text_of(item) or "" for item in option.content}
            if label is not None:
                certain = Certainty.CERTAIN if site.certain else Certainty.POSSIBLE
                labels.routes.append(Route(label, location.span, certain))
            elif option == NONE:
                labels.silent = location
                labels.falls_through = labels.falls_through or site.location is None
            else:
                labels.closed = False
    if labels.declared is not None:
        labels.closed, labels.mentioned = True, frozenset()
    return labels


def _texts(method: Method) -> frozenset[str]:
    return _texts_in(method.code.node.body)


def _texts_in(body: object) -> frozenset[str]:
    constants = (item for item in nodes_in([body]) if isinstance(item, code.Constant))
    return frozenset(item.value for item in constants if isinstance(item.value, str))


def _excluded(method: Method, summary: FunctionSummary) -> frozenset[str]:
    """The texts in arms that the tests of an input before them leave nothing for: no setting switches those on."""
    outcomes: dict[Location, set[bool | None]] = {}
    for each in summary.comparisons:
        sized = any(isinstance(side, TrackedValue) for side in (each.left, each.right))
        outcomes.setdefault(each.location, set()).add(each.outcome if sized else None)
    tests = {place.at for place, found in outcomes.items() if found == {False} and place.module is method.code.module}
    arms = [node for node in nodes_in([method.code.node.body]) if isinstance(node, code.If)]
    return frozenset[str]().union(*(_texts_in(arm.body) for arm in arms if arm.test.at in tests))


def _label(value: Value) -> str | None:
    """The label that a result becomes: the framework makes a text of it, of a list as a whole, too."""
    if isinstance(value, Sequence) and value.kind == "list" and value.closed:
        texts = [text_of(item) for item in value.content]
        return str(texts) if None not in texts else None
    inner = value.value if isinstance(value, EnumMember) else value
    if isinstance(inner, Const) and isinstance(inner.value, bool | int | float):
        return str(inner.value)
    return text_of(inner) or None


def _annotated(interp: Interpreter, summary: FunctionSummary) -> tuple[str, ...] | None:
    found = [_label(value) for value in literals(interp, summary.returns_type)]
    return tuple(dict.fromkeys(label for label in found if label is not None)) or None


def handed_over(interp: Interpreter, read_: ReadMethod, giver: ReadMethod) -> ReadMethod:
    """The method with what it is given by the one that it waits for: its first parameter is the other's result."""
    function = read_.method.code
    taken = next((p for p in function.node.parameters[1:] if p.kind in ("positional", "either")), None)
    if taken is None or not giver.gives or read_.summary is None:
        return read_
    type_ = show(parameter_type(interp, function, taken))
    paths = [a.symbol.access_path for a in read_.summary.accesses if a.symbol.root is read_.summary.root]
    used = tuple(dict.fromkeys(path[0] for path in paths if path and path[0] != "[]"))
    location = Location(function.module, taken.at)
    required = taken.name not in function.defaults
    need = Need(giver.method.name, location.span, required, type=type_, attributes=used)
    return replace(read_, step=replace(read_.step, needs=(*read_.step.needs, need)))


def giving(interp: Interpreter, giver: ReadMethod) -> ReadMethod:
    """The method with its result among its offers, for those who take it."""
    function = giver.method.code
    values = [site.value for site in giver.summary.returns] if giver.summary is not None else []
    asked = (Origin.PERSON,) if giver.method.feedback is not None else ()
    origins = sorted_origins((*asked, *origins_in(*values)))
    type_ = show(returned_type(interp, function))
    offer = Offer(giver.method.name, function.location.span, type=type_, origins=origins)
    if offer in giver.step.offers:
        return giver
    return replace(giver, step=replace(giver.step, offers=(*giver.step.offers, offer)))
