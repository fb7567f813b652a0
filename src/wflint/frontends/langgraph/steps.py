"""One step of a graph: what its code is, reads, writes, and where it sends control."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.coded_step import coded
from wflint.assembly.contracts.effects import WriteSet, certainty, origins_of_writes
from wflint.assembly.contracts.models import asks, model_name, runs_model
from wflint.assembly.contracts.mutations import mutations_of, set_labels
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.pauses import pauses_of
from wflint.assembly.contracts.prompts import free_answer
from wflint.assembly.contracts.replayed import replayed_in
from wflint.assembly.contracts.run_contexts import Wrapper, contexts_taken
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.sinks import reaches_sink
from wflint.assembly.function_summary import FunctionSummary, place_of, summarize
from wflint.assembly.routes import Routes, Target
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Const,
    ExternalAttribute,
    ExternalName,
    Location,
    Object,
    Sequence,
    Value,
    alternatives,
    join,
    last_of,
    text_of,
)
from wflint.frontends.langgraph.checks import with_policy, with_retry
from wflint.frontends.langgraph.either import either_routes, either_step
from wflint.frontends.langgraph.naming import wrapped_function
from wflint.frontends.langgraph.ready_made import TOOL_NODES
from wflint.frontends.langgraph.routing import commands_in, gotos_of
from wflint.frontends.langgraph.table import BUILDERS, COMPILED, INTERRUPT, MODEL, OVERWRITE, RUNNING
from wflint.frontends.langgraph.tools import tool_routes, tool_step
from wflint.model.conduct import BadReturn
from wflint.model.contract import Certainty, Need, Offer, Schema
from wflint.model.workflow import Step, StepKind

ANY = frozenset({"builtins", "typing", "typing_extensions", "collections", "types"})
"""Where annotations come from that say nothing about fields."""
MOST_CHOICES = 4
"""So many codes that a node may be are read."""
PAUSES = frozenset({INTERRUPT})
"""Calls at which a step stops, to be run again from its top."""
RAISED = frozenset({"GraphInterrupt", "GraphBubbleUp"})
"""What they raise, by the names of the classes."""
RUNS = frozenset(f"{COMPILED}.{method}" for method in RUNNING)


RUNTIME = Wrapper(frozenset({"Runtime"}), "langgraph.Runtime")
"""What a step is handed the context of its run by."""


class ReadStep(Struct):
    """A step with what the graph around it needs to know; `ready_made` where its code is the framework's own.

    `handler` is what runs in its place when it fails.
    """

    step: Step
    gotos: Routes = field(default_factory=Routes)
    above: list[Target] = field(default_factory=list)
    graph: Object | None = None
    summary: FunctionSummary | None = None
    ready_made: bool = False
    handler: ReadStep | None = None

    @property
    def inner(self) -> tuple[Object, ...]:
        """The builders of the graph that it is, or of those that its code runs: they may send control past it."""
        if self.graph is not None:
            return (self.graph,)
        calls = self.summary.calls if self.summary is not None else ()
        run = (compiled_graph(call.receiver) for call in calls if call.path in RUNS and call.receiver is not None)
        return tuple({graph: None for graph in run if graph is not None})


def read_step(
    interp: Interpreter, name: str, node: Value, location: Location, options: Arguments, state: Value | None
) -> ReadStep:
    """Read the code of a node; of several alternatives, all that can be read."""
    choices = [option for option in alternatives(node) if not isinstance(option, Const)] or [node]
    found = [_read_one(interp, name, option, location, options, state) for option in choices[:MOST_CHOICES]]
    readable = [item for item in found if item.summary is not None or item.graph is not None]
    step = _either(readable or found[:1], more=len(choices) > MOST_CHOICES)
    handler = options.get("error_handler")
    return step if handler is None or handler == NONE else _with_handler(interp, step, handler, location, state)


def _either(found: list[ReadStep], *, more: bool) -> ReadStep:
    """A step that is one of several, or of still `more`; the graph and the code that are shown are those of the first.

    A graph hands over its contract later, so it says nothing of those that are none.
    """
    codes = [item for item in found if item.graph is None]
    first = replace(found[0], step=replace(found[0].step, offers_open=True, needs_open=True)) if more else found[0]
    if first.graph is not None or len(codes) <= 1:
        return first
    return replace(
        first,
        step=either_step([first.step, *(item.step for item in codes[1:])]),
        gotos=either_routes([item.gotos for item in codes]),
        above=[target for item in codes for target in item.above],
    )


def _with_handler(
    interp: Interpreter, step: ReadStep, handler: Value, location: Location, state: Value | None
) -> ReadStep:
    """A step in whose place its error handler may write and send control on."""
    summary = summarize(interp, handler, state, location)
    if summary is None:
        return replace(step, step=replace(step.step, offers_open=True))
    coping = _from_reading(interp, Step(step.step.id, StepKind.FUNCTION, location.span), summary, None)
    known = {offer.name for offer in step.step.offers}
    possible = tuple(
        replace(offer, certainty=Certainty.POSSIBLE) for offer in coping.step.offers if offer.name not in known
    )
    own = step.step
    both = replace(own, offers=(*own.offers, *possible), offers_open=own.offers_open or coping.step.offers_open)
    return replace(step, step=both, above=[*step.above, *coping.above], handler=coping)


def _read_one(
    interp: Interpreter, name: str, node: Value, location: Location, options: Arguments, state: Value | None
) -> ReadStep:
    base = _with_options(Step(name, StepKind.FUNCTION, location.span), options)
    own = _own_input(options)
    graph = compiled_graph(node)
    if graph is not None:
        return ReadStep(replace(base, kind=StepKind.SUBWORKFLOW, offers_open=True, needs_open=True), graph=graph)
    if isinstance(node, Object) and node.path in TOOL_NODES:
        routes, above = tool_routes(interp, node, location)
        return ReadStep(tool_step(base, node), routes, above, ready_made=True)
    if isinstance(node, Object) and node.path == MODEL:
        step = replace(_model_step(base, node), own_schema=_given_schema(interp, own, location))
        return ReadStep(step, ready_made=True)
    wrapped = wrapped_function(node)
    node = wrapped if wrapped is not None else node
    summary = summarize(interp, node, own or state, location)
    if summary is None:
        definition = place_of(node)
        at = definition.span if definition is not None else None
        kind = StepKind.AGENT if runs_model(node) else StepKind.FUNCTION
        unread = replace(base, kind=kind, definition=at, offers_open=True, needs_open=True)
        return ReadStep(replace(unread, own_schema=_given_schema(interp, own, location)))
    found = _from_reading(interp, base, summary, own)
    return replace(found, step=with_policy(found.step, options))


def _own_input(options: Arguments) -> Value | None:
    """The schema that `add_node` is given for this step alone, be it only under some condition."""
    given = options.get("input_schema") or options.get("input") or NONE
    schemas = [option for option in alternatives(given) if option != NONE]
    return join(*schemas) if schemas else None


def compiled_graph(node: Value) -> Object | None:
    """The builder of a graph that is used as a node."""
    for option in alternatives(node):
        held = _held_by(option)
        if isinstance(held, Object) and held.path == COMPILED and isinstance(held.receiver, Object):
            return held.receiver
        if isinstance(held, Object) and held.path in BUILDERS:
            return held
    return None


def _held_by(value: Value) -> Value:
    """The object of which a method was taken: `compiled.invoke` stands for `compiled`."""
    while isinstance(value, ExternalAttribute):
        value = value.receiver
    return value


def _with_options(step: Step, options: Arguments) -> Step:
    defer = options.get("defer")
    given = [policy for key in ("retry", "retry_policy") if (policy := options.get(key)) is not None and policy != NONE]
    retries = any(not _tries_once(policy) for policy in given)
    deferred = isinstance(defer, Const) and defer.value is True
    return replace(step, deferred=deferred, retries=retries, limited=(options.get("timeout") or NONE) != NONE)


def _tries_once(policy: Value) -> bool:
    """Whether a policy allows one attempt only."""
    return isinstance(policy, Object) and policy.arguments.get("max_attempts", 3) == Const(1)


def _model_step(step: Step, node: Object) -> Step:
    written = text_of(node.arguments.get("writes")) or "messages"
    talks = written == "messages"
    origins = of_answer(formed=not talks)
    return replace(
        step,
        kind=StepKind.AGENT,
        offers=(Offer(written, step.span, Certainty.CERTAIN, "list" if talks else None, origins=origins),),
        needs=(Need("messages", step.span),),
        offers_open=True,
        model=model_name(node.arguments.get("model", 0)),
    )


def _from_reading(interp: Interpreter, base: Step, summary: FunctionSummary, own: Value | None) -> ReadStep:
    writes = WriteSet(interp, summary.root, summary.location)
    for site in summary.returns:
        commands = list(commands_in(site.value))
        if not commands and free_answer(site.value) is not None:
            where = site.location or summary.location
            writes.bad.append(BadReturn("the text that a model answers", where.span, certainty(site.certain)))
        elif not commands:
            writes.add(site.value, site.location, site.certain)
        for command in commands:
            update = command.arguments.get("update")
            if update is not None:
                pairs = _pairs(update)
                if pairs:
                    writes.add_pairs(pairs, command.location)
                else:
                    writes.add(update, command.location, site.certain)
            elif not command.arguments.open:
                writes.updates += 1
    gotos, above = gotos_of(interp, summary)
    mutations = mutations_of(summary)
    models = [call for call in summary.calls if asks(call)]
    offers = tuple(with_retry(_told(writes, offer), models) for offer in writes.offers())
    if writes.forwards:
        known = {offer.name for offer in offers}
        origins = origins_of_writes(summary)
        set_ = [mutation for mutation in mutations if not mutation.nested and mutation.field not in known]
        offers += tuple(
            Offer(m.field, m.span, origins=origins[m.field], labels=set_labels(interp, summary, m)) for m in set_
        )
    interrupts = any(call.path == INTERRUPT for call in summary.calls)
    read = coded(base, summary, interp)
    step = replace(
        read,
        kind=StepKind.HUMAN if interrupts else read.kind,
        definition=None if summary.function.module.stub else read.definition,
        offers=offers,
        offers_open=writes.open or not summary.complete or getattr(summary.function.node, "yields", False),
        forwards_state=writes.forwards,
        own_schema=own_schema(interp, own, summary),
        interrupts=interrupts,
        bad_returns=tuple(writes.bad),
        mutations=mutations,
        side_effects=side_effects_of(summary),
        pauses=pauses_of(summary, PAUSES, RUNS),
        conduct=replace(read.conduct, replayed=replayed_in(summary, PAUSES)),
        reaches_sink=reaches_sink(summary),
        typed_inputs=(*read.typed_inputs, *contexts_taken(interp, [summary.function], RUNTIME)),
    )
    return ReadStep(step, gotos, above, None, summary)


PAIR: Final = 2


def _pairs(update: Value) -> list[tuple[str, Value]]:
    """The update of a goto that is a list of pairs, which says what a dict does; nothing for any other."""
    pairs = update.content if isinstance(update, Sequence) else []
    found = [pair.content for pair in pairs if isinstance(pair, Sequence) and len(pair.content) == PAIR]
    named = [(name, content[1]) for content in found if (name := text_of(content[0])) is not None]
    return named if len(named) == len(pairs) else []


def _told(writes: WriteSet, offer: Offer) -> Offer:
    """An offer with what its values say of it."""
    written = [option for value, _, _ in writes.fields[offer.name] for option in alternatives(value)]
    replaces = bool(written) and all(isinstance(value, Object) and value.path == OVERWRITE for value in written)
    return replace(offer, from_model=_is_answered(writes, offer.name), replaces=replaces)


def _is_answered(writes: WriteSet, name: str) -> bool:
    """Whether what is written to a field is a model's answer, a few fixed texts aside."""
    options = [option for value, _, _ in writes.fields[name] for option in alternatives(value)]
    free = [option for option in options if not isinstance(option, Const)]
    return bool(free) and all(free_answer(option) is not None for option in free)


def _given_schema(interp: Interpreter, own: Value | None, location: Location) -> Schema | None:
    """The schema that `add_node` is given for one step; one of which no fields are known where it may be several."""
    schema = schema_of(interp, own, location)
    return schema if schema is not None or own is None else Schema("its own input", (), location.span, closed=False)


def own_schema(interp: Interpreter, own: Value | None, summary: FunctionSummary) -> Schema | None:
    """The schema that a step or router declares for its input; the framework keeps its fields with the state's.

    Of a library's class that is not described here no fields are known, but they are what the step is shown.
    """
    if own is not None and not isinstance(bare(own), Class | ExternalName):
        return _given_schema(interp, own, summary.location)
    for value in (own, summary.input_type):
        cls = bare(value)
        if isinstance(cls, Class) and cls.declared():
            return schema_of(interp, cls, summary.location)
        if isinstance(cls, ExternalName) and cls.path.partition(".")[0] not in ANY:
            return Schema(last_of(cls.path), (), summary.location.span, closed=False)
    return None
