"""Flows as workflows: methods that wait for each other and for the labels that routers return."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from wflint.assembly.contracts import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.schemas import schema_of
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Frame
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, is_enum
from wflint.evaluate.values import Arguments, Function, Generic, Mapping, Object, Unknown, Value
from wflint.frontends.crewai.methods import ReadMethod, giving, handed_over, read_method
from wflint.frontends.crewai.parts import nodes_in
from wflint.frontends.crewai.table import FLOW
from wflint.frontends.crewai.triggers import Condition, Method, Trigger, methods_of
from wflint.model.contract import Field, Schema
from wflint.model.workflow import (
    START,
    Aspect,
    Choice,
    Dangling,
    Edge,
    EdgeKind,
    Exchange,
    Invocation,
    Join,
    Route,
    Workflow,
)
from wflint.source import code


@dataclass(slots=True)
class FlowDraft:
    """One flow class on its way to a workflow."""

    interp: Interpreter
    cls: Class
    draft: Draft
    read: dict[str, ReadMethod] = field(default_factory=dict)
    choices: dict[str, int] = field(default_factory=dict)

    @property
    def runs(self) -> dict[str, tuple[Object, ...]]:
        """The crews and flows that steps start."""
        return {name: read.runs for name, read in self.read.items() if read.runs}


def is_flow(interp: Interpreter, cls: Class) -> bool:
    """Whether a class is a flow."""
    return not is_enum(cls) and any(interp.table.canonical(path) == FLOW for path in cls.libraries())


def fold(interp: Interpreter, cls: Class, framework: str) -> FlowDraft | None:
    """The steps and edges of a flow class; None for one without steps."""
    methods = methods_of(interp, cls)
    if not methods:
        return None
    flow = FlowDraft(interp, cls, Draft(cls.name, framework, cls.place.span))
    made = _instance(interp, cls)
    state = _state_type(cls)
    for method in methods:
        flow.read[method.name] = read_method(interp, method, made, state)
    for name, read in flow.read.items():
        if read.labels is not None:
            _choose(flow, name, read)
    for method in methods:
        _connect(flow, method)
    _hand_over(flow)
    flow.draft.steps.update({name: read.step for name, read in flow.read.items()})
    return flow


def finish(flow: FlowDraft, invocations: tuple[Invocation, ...]) -> Workflow:
    """The workflow."""
    workflow = flow.draft.finish(_state(flow), None, None, invocations, Exchange.STATE)
    begins = any(read.method.begins for read in flow.read.values())
    starts = tuple(name for name, read in flow.read.items() if read.method.starts)
    return replace(workflow, entries=() if begins else starts, exported=not invocations)


def _instance(interp: Interpreter, cls: Class) -> Object:
    """A flow to run methods of."""
    from wflint.evaluate.classes import instantiate

    interp.synthetic = True
    try:
        with interp.afresh():
            interp.frames = [Frame(None, cls.module, None, (), interp.heap.tick(), 0)]
            made = instantiate(interp, cls, Arguments(open=True), cls.place)
    finally:
        interp.synthetic = False
    flow = made if isinstance(made, Object) else interp.object_of(FLOW, Arguments(open=True), cls.place, cls)
    for name in _changing(cls):
        flow.content[name] = Unknown("an attribute that changes while the flow runs", cls.place)
    return flow


def _changing(cls: Class) -> frozenset[str]:
    """The attributes that methods assign: what they are at the beginning says nothing about later steps."""
    methods = [value for ancestor in cls.lineage() for value in ancestor.content.values()]
    bodies = [value.node for value in methods if isinstance(value, Function) and value.name != "__init__"]
    targets = [target for node in nodes_in(bodies) for target in _targets(node)]
    return frozenset(t.name for t in targets if isinstance(t, code.Attribute) and isinstance(t.value, code.Name))


def _targets(node: code.Node) -> tuple[code.ExprT, ...]:
    match node:
        case code.Assign(targets=targets):
            return targets
        case code.Augment(target=target) | code.Declare(target=target):
            return (target,)
        case _:
            return ()


# ------------------------------------------------------------------------------------------------------- state


def _state_type(cls: Class) -> Value | None:
    """The class of the state: `Flow[State]`, or what `initial_state` says."""
    initial = cls.find("initial_state")
    if isinstance(initial, Class):
        return initial
    if isinstance(initial, Object) and initial.cls is not None:
        return initial.cls
    for ancestor in cls.lineage():
        for base in ancestor.bases:
            if isinstance(base, Generic) and base.arguments:
                found = bare(base.arguments[0])
                return found if isinstance(found, Class) else None
    return None


def _state(flow: FlowDraft) -> Schema | None:
    """The fields of the state; the results that steps take from each other are kept beside them."""
    type_, initial = _state_type(flow.cls), flow.cls.find("initial_state")
    results = [
        Field(name, read.step.span)
        for name, read in flow.read.items()
        if any(offer.name == name for offer in read.step.offers)
    ]
    if isinstance(initial, Mapping):
        span = initial.place.span if initial.place is not None else flow.cls.place.span
        fields = tuple(Field(str(key), span, preset=True) for key, _ in initial.known())
        return Schema("initial_state", (*fields, *results), span, closed=False)
    schema = schema_of(flow.interp, type_, flow.cls.place) if type_ is not None else None
    if schema is None:
        return None
    own = () if schema.field("id") is not None else (Field("id", flow.cls.place.span, "str", preset=True),)
    known = {entry.name for entry in schema.fields}
    fresh = tuple(entry for entry in results if entry.name not in known)
    return replace(schema, fields=(*schema.fields, *own, *fresh))


# ------------------------------------------------------------------------------------------------------- edges


def _choose(flow: FlowDraft, name: str, read: ReadMethod) -> None:
    """The decision that a router makes."""
    labels = read.labels
    assert labels is not None
    routes = labels.routes or [Route(label, read.step.span) for label in labels.declared or ()]
    heard = {t.name for other in flow.read.values() for c in other.method.conditions for t in c.triggers}
    unheard = [label for label in labels.known if label not in heard]
    ends = labels.silent.span if labels.silent is not None else read.step.span if unheard else None
    flow.choices[name] = len(flow.draft.choices)
    flow.draft.choices.append(
        Choice(
            source=name,
            name=name,
            span=read.step.span,
            decider=read.step.definition,
            routes=tuple(routes),
            closed=labels.closed,
            declared=labels.declared,
            falls_through=ends,
            within_step=True,
        )
    )
    if not labels.closed:
        span = read.step.definition or read.step.span
        flow.draft.open(f'which labels "{name}" returns cannot be told', span, Aspect.EDGES, name)


def _connect(flow: FlowDraft, method: Method) -> None:
    if method.begins:
        span = flow.read[method.name].step.span
        flow.draft.add_edge(Edge(START, method.name, EdgeKind.DIRECT, span))
    for condition in method.conditions:
        _wait(flow, method, condition)


def _wait(flow: FlowDraft, method: Method, condition: Condition) -> None:
    sources = [source for trigger in condition.triggers for source in _sources(flow, method, trigger)]
    names = tuple(dict.fromkeys(name for name, _, _ in sources))
    joined = condition.together and len(condition.triggers) > 1
    join = len(flow.draft.joins) if joined and len(names) == len(condition.triggers) else None
    for name, label, trigger in sources:
        labelled = label is not None
        kind = EdgeKind.CONDITIONAL if labelled else EdgeKind.FAN_IN if joined else EdgeKind.DIRECT
        sure = certainty(condition.is_sure and (not joined or join is not None))
        choice = flow.choices[name] if labelled and join is None else None
        span = trigger.place.span
        flow.draft.add_edge(Edge(name, method.name, kind, span, sure, label=label, choice=choice, join=join))
    if join is not None:
        flow.draft.joins.append(Join(names, method.name, condition.triggers[0].place.span))


def _sources(flow: FlowDraft, method: Method, trigger: Trigger) -> list[tuple[str, str | None, Trigger]]:
    """The steps that set a trigger off, each with the label by which it does."""
    if trigger.name is None:
        reason = f'what "{method.name}" waits for cannot be told'
        flow.draft.open(reason, trigger.place.span, Aspect.EDGES)
        return []
    if trigger.name in flow.read:
        return [(trigger.name, None, trigger)]
    labelled = [(n, r.labels) for n, r in flow.read.items() if r.labels is not None]
    found: list[tuple[str, str | None, Trigger]] = [
        (name, trigger.name, trigger) for name, labels in labelled if trigger.name in labels.known
    ]
    closed = all(labels.closed and trigger.name not in labels.mentioned for _, labels in labelled)
    if not found and closed and not _runs_anyway(flow, method):
        alone = sum(len(condition.triggers) for condition in method.conditions) == 1
        flow.draft.dangling.append(Dangling(trigger.name, "trigger", trigger.place.span, None, certainty(alone)))
    return found


def _runs_anyway(flow: FlowDraft, method: Method) -> bool:
    """Where no start is unconditional, all of them run at the beginning, whatever they wait for."""
    return method.starts and not any(read.method.begins for read in flow.read.values())


def _hand_over(flow: FlowDraft) -> None:
    """Give each step that waits for a single other one what that returns, if it takes it."""
    for name, read in list(flow.read.items()):
        conditions = read.method.conditions
        triggers = [trigger for condition in conditions for trigger in condition.triggers]
        giver = flow.read.get(triggers[0].name or "") if len(triggers) == 1 else None
        if giver is None or giver.method.is_router or read.method.begins:
            continue
        taking = handed_over(flow.interp, read, giver)
        if taking is not read:
            flow.read[name] = taking
            flow.read[giver.method.name] = giving(flow.interp, flow.read[giver.method.name])
