"""Flows as workflows: methods that wait for each other and for the labels that routers return."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.output_uses import hand_on, hand_on_parts
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.draft import Draft, edge_kind
from wflint.assembly.recording import once
from wflint.assembly.releases import limit_at
from wflint.assembly.routes import ENDING
from wflint.assembly.speculation import made_for_reading
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, is_enum
from wflint.evaluate.values import Arguments, Function, Generic, Mapping, Object, TrackedValue, Unknown, Value
from wflint.frontends.crewai.invocations import set_before
from wflint.frontends.crewai.losses import dropped_inputs, losses_of, overridden
from wflint.frontends.crewai.methods import ReadMethod, giving, handed_over, read_method
from wflint.frontends.crewai.parts import is_true
from wflint.frontends.crewai.refused_flows import refused_feedback, refused_marks, refused_methods, refused_state
from wflint.frontends.crewai.releases import LIMITS, RACES
from wflint.frontends.crewai.table import FLOW
from wflint.frontends.crewai.triggers import Condition, Method, Trigger, emitted, methods_of
from wflint.model.contract import Field, Schema
from wflint.model.workflow import (
    START,
    Aspect,
    Choice,
    Edge,
    EdgeKind,
    Exchange,
    FaultKind,
    Invocation,
    Join,
    Route,
    UnresolvedName,
    Workflow,
)
from wflint.source import code
from wflint.source.walking import nodes_in


class FlowDraft(Struct):
    """One flow on its way to a workflow; `preset` are fields of its state that are set when it is made.

    `cls` is its class, None where a document describes it.
    """

    interp: Interpreter
    cls: Class | None
    draft: Draft
    read: dict[str, ReadMethod] = field(default_factory=dict)
    choices: dict[str, int] = field(default_factory=dict)
    preset: tuple[str, ...] = ()


def is_flow(interp: Interpreter, cls: Class) -> bool:
    """Whether a class is a flow."""
    return not is_enum(cls) and any(interp.library_model.canonical(path) == FLOW for path in cls.libraries())


def is_kept(cls: Class) -> bool:
    """Whether the state outlives the flow, so that anybody may look at it later."""
    methods = [value for each in cls.lineage() for value in each.content.values() if isinstance(value, Function)]
    marks = [mark for each in cls.lineage() for mark in each.unmodelled_decorators] + [
        mark for method in methods for mark in method.unmodelled_decorators
    ]
    return any(path_of(mark).rpartition(".")[2] == "persist" for mark in marks)


def _converses(cls: Class) -> bool:
    """Whether a flow is a conversation, to which the framework adds steps and a router of its own."""
    configured = any(
        path_of(mark).endswith(".ConversationConfig") for each in cls.lineage() for mark in each.unmodelled_decorators
    )
    return configured or is_true(cls.find("conversational"))


def fold(interp: Interpreter, cls: Class, framework: str) -> FlowDraft | None:
    """The steps and edges of a flow class; None for one without steps."""
    methods = methods_of(interp, cls)
    if not methods:
        return None
    flow = FlowDraft(interp, cls, Draft(cls.name, framework, cls.location.span))
    if _converses(cls):
        flow.draft.open("a conversational flow has built-in steps of the framework", flow.draft.span, Aspect.STEPS)
    made = _instance(interp, cls)
    flow.preset = set_before(made)
    state = _state_type(cls)
    for method in methods:
        flow.read[method.name] = read_method(interp, method, made, state)
    for method in methods:
        asked = method.feedback
        if asked is not None:
            flow.draft.faults += refused_feedback(method.name, asked, emitted(interp, asked))
    flow.draft.faults += (*refused_methods(methods, made), *refused_marks(cls), *refused_state(interp, cls, state))
    connect(flow)
    flow.draft.losses += overridden(cls)
    if not flow.draft.unresolved:
        flow.draft.losses += losses_of(flow.read, cancels=RACES.is_in_force(flow.interp, flow.draft.span.path))
    _hand_over(flow)
    flow.draft.steps.update({name: read.step for name, read in flow.read.items()})
    return flow


def connect(flow: FlowDraft) -> None:
    """The decisions of routers, and the edges between the methods that have been read."""
    for name, read in flow.read.items():
        if read.labels is not None:
            _choose(flow, name, read)
    for read in flow.read.values():
        _connect(flow, read.method)
    _find_unheard(flow)


def finish(flow: FlowDraft, invocations: Callable[[frozenset[str]], tuple[Invocation, ...]]) -> Workflow:
    """The workflow; its runs may use some of the fields of its state."""
    state = _state(flow)
    runs = invocations(state.names if state is not None else frozenset())
    flow.draft.losses += dropped_inputs(state, runs) if _keeps_declared(flow.cls) else ()
    workflow = flow.draft.finish(state, None, None, runs, Exchange.STATE)
    begins = any(read.method.begins for read in flow.read.values())
    starts = tuple(name for name, read in flow.read.items() if read.method.starts)
    given = flow.cls.content.get("max_method_calls") if flow.cls is not None else None
    limit = limit_at(flow.interp, workflow.span, LIMITS, given)
    kept = flow.cls is not None and is_kept(flow.cls)
    workflow = replace(workflow, is_imperative=flow.cls is not None and _runs_itself(flow.cls), persisted=kept)
    return replace(workflow, entries=() if begins else starts, externally_callable=not runs, limit=limit)


def _runs_itself(cls: Class) -> bool:
    """Whether a flow has a `kickoff` of its own that leaves nothing to the framework's: its code calls the methods."""
    own = cls.find("kickoff")
    if not isinstance(own, Function) or own.module.stub:
        return False
    return not any(isinstance(node, code.Name) and node.id == "super" for node in nodes_in((own.node,)))


def _keeps_declared(flow: Class | None) -> bool:
    """Whether the class of a flow's state is one of which no setting lets it keep more than it declares."""
    state = _state_type(flow) if flow is not None else None
    return isinstance(state, Class) and state.find("model_config") is None and state.find("Config") is None


def _instance(interp: Interpreter, cls: Class) -> Object:
    """A flow to run methods of."""
    made = made_for_reading(interp, cls)
    if not isinstance(made, Object):
        made = once(interp, ("flow", cls), lambda: interp.object_of(FLOW, Arguments(open=True), cls.location, cls))
    flow = made
    for name in _changing(cls):
        flow.content[name] = Unknown("an attribute that changes while the flow runs", cls.location)
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
        case code.AugAssign(target=target) | code.AnnAssign(target=target):
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
    """The fields of the state; the results that steps take from each other are kept beside them.

    Steps set its attributes one by one, which no model looks at.
    """
    assert flow.cls is not None
    type_, span = _state_type(flow.cls), flow.cls.location.span
    schema = schema_of(flow.interp, type_, flow.cls.location) if type_ is not None else None
    added = {"id": Field("id", span, "str", preset=True)}
    added |= {name: Field(name, span, preset=True) for name in (*_initial(flow.cls), *flow.preset)}
    for name, read in flow.read.items():
        if any(offer.name == name for offer in read.step.offers):
            added.setdefault(name, Field(name, read.step.span))
    if schema is None:
        return _dict(flow, added) if type_ is None else None
    own = tuple(replace(known, preset=known.preset or known.name in flow.preset) for known in schema.fields)
    fields = (*own, *(entry for entry in added.values() if entry.name not in schema.names))
    return replace(schema, fields=fields, validates=False)


def _dict(flow: FlowDraft, known: dict[str, Field]) -> Schema:
    """A state without a class: it takes any key that a step writes."""
    written = {offer.name: Field(offer.name, offer.span) for read in flow.read.values() for offer in read.step.offers}
    return Schema("state", tuple((written | known).values()), flow.draft.span, closed=False)


def _initial(cls: Class) -> tuple[str, ...]:
    """The keys of a dict that is the state at the beginning."""
    initial = cls.find("initial_state")
    return tuple(str(key) for key, _ in initial.known()) if isinstance(initial, Mapping) else ()


# ------------------------------------------------------------------------------------------------------- edges


def _choose(flow: FlowDraft, name: str, read: ReadMethod) -> None:
    """The decision that a router makes."""
    labels = read.labels
    assert labels is not None
    routes = labels.routes or [Route(label, read.step.span) for label in labels.declared or ()]
    heard = {t.name for other in flow.read.values() for c in other.method.conditions for t in c.triggers}
    unheard = [label for label in labels.known if label not in heard]
    ends = labels.silent.span if labels.silent is not None else read.step.span if unheard else None
    flow.choices[name] = flow.draft.choose(
        Choice(
            source=name,
            name=name,
            span=read.step.span,
            decider=read.step.definition,
            routes=tuple(routes),
            closed=labels.closed,
            declared=labels.declared,
            may_return_none_at=ends,
            falls_through=labels.falls_through and len({route.label for route in labels.routes}) > 1,
            exclusive=not _shared(flow, labels.known),
            is_goto=True,
        )
    )
    if not labels.closed:
        span = read.step.definition or read.step.span
        flow.draft.open(f'the labels that "{name}" returns are not known statically', span, Aspect.EDGES, name)


def _find_unheard(flow: FlowDraft) -> None:
    """The labels that no step waits for, beside others of the same router that some do.

    A router all of whose labels nobody hears is the last step, and its label the result; so is one that says the end.
    Where a step waits for the router itself, whatever it returns, the run goes on there.
    What an annotation allows and no code is seen to return may never come up.
    """
    triggers = [t for read in flow.read.values() for c in read.method.conditions for t in c.triggers]
    heard = {trigger.name for trigger in triggers}
    own = flow.cls
    inherited = own is not None and own.has_heirs
    hidden = flow.draft.lacks_steps
    if None in heard or inherited or hidden:
        return
    for name, number in flow.choices.items():
        choice = flow.draft.choices[number]
        labels = flow.read[name].labels
        returned = labels.routes if labels is not None and flow.read[name].method.feedback is None else []
        lost = {r.label: r for r in reversed(returned) if r.label not in heard and not ENDING.fullmatch(r.label)}
        if any(route.label in heard for route in choice.routes) and name not in heard:
            flow.draft.choices[number] = replace(choice, unheard=tuple(reversed(lost.values())))


def _shared(flow: FlowDraft, labels: tuple[str, ...]) -> bool:
    """Whether several steps wait for one label: they all start."""
    waiting = [trigger.name for read in flow.read.values() for c in read.method.conditions for trigger in c.triggers]
    return any(waiting.count(label) > 1 for label in labels)


def _connect(flow: FlowDraft, method: Method) -> None:
    if method.begins:
        span = flow.read[method.name].step.span
        flow.draft.add_edge(Edge(START, method.name, EdgeKind.DIRECT, span))
    for condition in method.conditions:
        _wait(flow, method, condition)


class _Signal(Struct, frozen=True):
    """A step that sets a trigger off, by being done or by returning the label that is waited for."""

    source: str
    trigger: Trigger
    label: str | None = None
    certain: bool = True


def _wait(flow: FlowDraft, method: Method, condition: Condition) -> None:
    signals = [signal for trigger in condition.triggers for signal in _signals(flow, method, condition, trigger)]
    names = tuple(dict.fromkeys(signal.source for signal in signals))
    joined = condition.together and len(condition.triggers) > 1
    join = len(flow.draft.joins) if joined and len(names) == len(condition.triggers) else None
    for signal in signals:
        labelled = signal.label is not None
        kind = edge_kind(conditional=labelled, joined=joined)
        always = labelled or ((condition.is_sure or method.is_router) and (not joined or join is not None))
        choice = flow.choices[signal.source] if labelled and join is None else None
        span = signal.trigger.location.span
        sure = certainty(signal.certain and always)
        edge = Edge(signal.source, method.name, kind, span, sure, label=signal.label, choice=choice, join=join)
        flow.draft.add_edge(edge)
    if join is not None:
        flow.draft.joins.append(Join(names, method.name, condition.triggers[0].location.span))


def _signals(flow: FlowDraft, method: Method, condition: Condition, trigger: Trigger) -> list[_Signal]:
    name = trigger.name
    if name is None:
        flow.draft.open(
            f'the triggers of "{method.name}" are not known statically', trigger.location.span, Aspect.EDGES
        )
        return []
    labelled = [(source, read.labels) for source, read in flow.read.items() if read.labels is not None]
    found = [_Signal(source, trigger, name) for source, labels in labelled if name in labels.known]
    if not found:
        found = [_Signal(s, trigger, name, certain=False) for s, labels in labelled if name in labels.mentioned]
    if name == method.name:
        flow.draft.fault(
            FaultKind.RESERVED_NAME, name, trigger.location.span, detail="a step cannot wait for its own name"
        )
    elif name in flow.read:  # a label that is called like a method counts as that method
        return found if condition.labels_only else [_Signal(name, trigger), *(each for each in found if each.certain)]
    elif not found and _is_known(flow, method):
        alone = sum(len(condition.triggers) for condition in method.conditions) == 1 and not method.begins
        flow.draft.unresolved_names.append(
            UnresolvedName(
                name, "trigger", trigger.location.span, None, certainty(alone), method.name, is_accepted=True
            )
        )
    return found


def _is_known(flow: FlowDraft, method: Method) -> bool:
    """Whether every label that anybody returns is known, and a method that waits for another one never runs."""
    labels = [read.labels for read in flow.read.values() if read.labels is not None]
    hidden = flow.draft.lacks_steps
    at_once = method.starts and not any(read.method.begins for read in flow.read.values())
    # Where no start is unconditional, all of them run at the beginning, whatever they wait for.
    return not hidden and all(each.closed for each in labels) and not at_once


def _hand_over(flow: FlowDraft) -> None:
    """Give each step that waits for a single other one what that returns, if it takes it."""
    for name, read in list(flow.read.items()):
        conditions = read.method.conditions
        triggers = [trigger for condition in conditions for trigger in condition.triggers]
        waits = len(triggers) == 1 and not conditions[0].labels_only
        giver = flow.read.get(triggers[0].name or "") if waits else None
        if giver is None or giver.method.is_router or read.method.begins:
            continue
        taking = handed_over(flow.interp, read, giver)
        if taking is not read:
            flow.read[name] = taking
            flow.read[giver.method.name] = giving(flow.interp, flow.read[giver.method.name])
            for site in giver.summary.returns if giver.summary is not None else ():
                if taking.summary is not None:
                    taken = TrackedValue(taking.summary.root)
                    hand_on(flow.interp, site.value, taking.summary, taken)
                    hand_on_parts(flow.interp, site.value, taking.summary, taken)
