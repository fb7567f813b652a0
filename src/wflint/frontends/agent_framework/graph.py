"""`WorkflowBuilder`: the edges that its calls add."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.contracts.idle import is_idle
from wflint.assembly.contracts.lacking_fields import lacking_fields
from wflint.assembly.sequences import is_known
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import NONE, Arguments, Object, Value, alternatives, last_of, text_of
from wflint.frontends.agent_framework.answers import unheard_answers
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.carried_counts import with_carried_counts
from wflint.frontends.agent_framework.conditions import Branch, choice_of, misread
from wflint.frontends.agent_framework.handling import unhandled, unheard
from wflint.frontends.agent_framework.participants import listed
from wflint.frontends.agent_framework.quiet_returns import gives_or_sends
from wflint.frontends.agent_framework.quiet_ways import waiting_for_silence
from wflint.frontends.agent_framework.refusals import (
    hidden_handlers,
    lost_messages,
    refused_calls,
    refused_executors,
    refused_handlers,
    refused_outputs,
)
from wflint.frontends.agent_framework.selections import check_selections
from wflint.model.contract import Certainty
from wflint.model.grouping import grouped
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import START, Aspect, Choice, Edge, EdgeKind, FaultKind


class Ways(Struct):
    """The edges by how they are decided: always taken, each by its own condition, or one of a group."""

    plain: list[tuple[str, str]]
    conditional: list[Branch]
    groups: list[tuple[list[Branch], bool]]


def fold_graph(building: Building, api_calls: list[ApiCall]) -> None:
    """Take the builder's calls: first the names, then the edges, then what decides between them."""
    for api_call in api_calls:
        if api_call.method in ("register_executor", "register_agent"):
            _register(building, api_call)
    ways = Ways([], [], [])
    _start(building, api_calls)
    for api_call in api_calls:
        _add(building, ways, api_call)
    _decisions(building, ways)
    building.draft.faults += [*refused_calls(api_calls), *refused_outputs(building), *refused_executors(building)]
    building.draft.faults += refused_handlers(building)
    building.draft.losses += [
        *lost_messages(building),
        *unheard(building),
        *hidden_handlers(building),
        *unheard_answers(building),
    ]
    check_selections(building, api_calls)
    with_carried_counts(building)
    _addressed(building)
    for name, read in building.read.items():
        building.draft.losses += lacking_fields(name, (one.value for one in read.sent), frozenset())


def _register(building: Building, api_call: ApiCall) -> None:
    """A factory under a name; the step is called what the factory's product is called."""
    factory, name = api_call.get("factory_func", 0), api_call.get("name", 1)
    names = [text_of(entry.value) for entry in listed(name)] or [text_of(name or NONE)]
    if factory is None or None in names:
        building.draft.open("a participant's name is not known statically", api_call.span, Aspect.STEPS)
        return
    made = evaluate_isolated(building.interp, factory, Arguments(), api_call.location)
    for each in names:
        building.registered[each or ""] = made


def _start(building: Building, api_calls: list[ApiCall]) -> None:
    builder = building.builder
    given = builder.arguments.get("start_executor")
    starts: list[tuple[Value | None, ApiCall]] = []
    if given is not None and given != NONE:
        starts.append((given, building_event(building)))
    for api_call in api_calls:
        if api_call.method == "set_start_executor":
            starts = [*[s for s in starts if not api_call.certain], (api_call.get("executor", 0), api_call)]
    for value, api_call in starts:
        for name in building.take(value, api_call.location):
            building.connect(START, name, api_call, EdgeKind.DIRECT)
    if not starts and not builder.arguments.open and not building.draft.unresolved:
        building.draft.fault(FaultKind.NO_ENTRY, building.draft.name, building.draft.span)


def building_event(building: Building) -> ApiCall:
    """The construction of the builder, as an event like those of its methods."""
    builder = building.builder
    return ApiCall(builder, builder.path or "", builder.arguments, builder.site, certain=True)


# ------------------------------------------------------------------------------------------------- edges


def _condition_name(condition: Value | None) -> str | None:
    function = function_of(condition) if condition is not None else None
    return function.name if function is not None and function.name.isidentifier() else None


class EdgeRow(Struct, frozen=True):
    """What a method of the builder adds: the arguments that name the sources and the targets, one or `listed`.

    The edges of a `chosen` row are a group of which the sources pick any.
    """

    kind: EdgeKind = EdgeKind.DIRECT
    target: str = "target"
    listed: bool = False
    chosen: bool = False

    def add(self, building: Building, ways: Ways, api_call: ApiCall) -> None:
        """The edges of a call, each with the condition that the call gives it."""
        condition = api_call.get("condition", 2) if not self.listed else None
        conditional = condition is not None and condition != NONE
        kind = EdgeKind.CONDITIONAL if conditional else self.kind
        label = _condition_name(condition) if conditional else None
        location, given = api_call.location, api_call.get(self.target, 1)
        for source in building.take(api_call.get("source", 0), location):
            targets = building.take_all(given, location, source) if self.listed else building.take(given, location)
            found = [building.connect(source, target, api_call, kind, label) for target in targets]
            if self.chosen:
                ways.groups.append(([Branch(way, NONE, location) for way in found], False))
            elif conditional:
                ways.conditional += [Branch(way, condition, location) for way in found]
            else:
                ways.plain += found


ROWS = {
    "add_edge": EdgeRow(),
    "add_fan_out_edges": EdgeRow(EdgeKind.FAN_OUT, "targets", listed=True),
    "add_multi_selection_edge_group": EdgeRow(EdgeKind.CONDITIONAL, "targets", listed=True, chosen=True),
}


def _add(building: Building, ways: Ways, api_call: ApiCall) -> None:
    """What a call on the builder adds."""
    location = api_call.location
    match api_call.method:
        case method if method in ROWS:
            ROWS[method].add(building, ways, api_call)
        case "add_chain":
            names = building.take_all(api_call.get("executors", 0), location)
            ways.plain += [building.connect(*pair, api_call, EdgeKind.DIRECT) for pair in pairwise(names)]
        case "add_agent":
            building.take(api_call.get("agent", 0), location)
        case "add_fan_in_edges":
            sources = building.take_all(api_call.get("sources", 0), location)
            for target in building.take(api_call.get("target", 1), location):
                building.join(sources, target, api_call)
        case "add_switch_case_edge_group":
            _switch(building, ways, api_call)
        case _:
            pass


def _switch(building: Building, ways: Ways, api_call: ApiCall) -> None:
    given = api_call.get("cases", 1)
    for source in building.take(api_call.get("source", 0), api_call.location):
        if given is not None and not is_known(given):
            building.draft.open("the cases are not known statically", api_call.span, Aspect.EDGES, source)
        branches = []
        for case in _cases(given):
            condition = case.arguments.get("condition", 0) if last_of(case.path) == "Case" else None
            target = case.arguments.get("target", 1 if last_of(case.path) == "Case" else 0)
            location = case.location or api_call.location
            for name in building.take(target, location):
                label = "default" if condition is None else _condition_name(condition)
                way = building.connect(source, name, api_call, EdgeKind.CONDITIONAL, label)
                branches.append(Branch(way, condition, location))
        ways.groups.append((branches, True))


def _cases(value: Value | None) -> Iterator[Object]:
    for entry in listed(value):
        for option in alternatives(entry.value):
            if isinstance(option, Object):
                yield option


# ------------------------------------------------------------------------------------------------- decisions


def _read_by_conditions(building: Building, source: str, branches: list[Branch]) -> None:
    """Note with a step what conditions read of its message that the message does not have."""
    sender, step = building.read.get(source), building.draft.steps.get(source)
    wrong = misread(building.interp, sender, branches) if sender is not None else None
    if step is not None and wrong is not None:
        building.draft.steps[source] = replace(step, typed_inputs=(*step.typed_inputs, wrong))


def _decisions(building: Building, ways: Ways) -> None:
    for group in (*(branches for branches, _ in ways.groups), ways.conditional):
        for source, own in grouped(group, lambda branch: branch.way[0]).items():
            _read_by_conditions(building, source, own)
    for branches, exclusive in ways.groups:
        if branches:
            choice = choice_of(building, branches, exclusive=exclusive, others=False)
            building.draft.choose(choice, [branch.way for branch in branches])
    cases = {branch.way[0] for group, _ in ways.groups for branch in group}
    plain = grouped(ways.plain, itemgetter(0))
    for source, own in grouped(ways.conditional, lambda branch: branch.way[0]).items():
        others = source in plain or source in cases
        building.draft.choose(choice_of(building, own, exclusive=False, others=others), [branch.way for branch in own])
    building.draft.faults += unhandled(building)
    building.draft.losses += _mute(building)
    building.draft.losses += _sent_to_nobody(building)
    _repeat(building)
    building.draft.losses += waiting_for_silence(building)
    for source, own_ways in plain.items():
        _silence(building, source, own_ways)


def _repeat(building: Building) -> None:
    """The ways along which a step may send several messages; their targets take them one by one."""
    several = {name for name, read in building.read.items() if any(one.is_repeated for one in read.sent)}
    for way, edge in building.draft.edges.items():
        if edge.source in several and edge.join is None:
            building.draft.edges[way] = replace(edge, fan_out=True, limited=True)


def _addressed(building: Building) -> None:
    """The messages that are sent to a step by its id: one that no edge leads to never gets any."""
    leaving = grouped(building.draft.edges.values(), lambda edge: edge.source)
    for name, read in building.read.items():
        ways = {edge.target for edge in leaving.get(name, ())}
        for one in read.sent if ways and not building.draft.unresolved else ():
            if one.target is None or one.target in ways:
                continue
            if one.target not in building.read:
                edge = Edge(name, one.target, EdgeKind.CONDITIONAL, one.location.span, Certainty.POSSIBLE)
                building.draft.add_edge(edge, "message target")
                continue
            building.draft.losses.append(
                Loss(
                    LossKind.ROUTE,
                    f'the message of step "{name}" to "{one.target}"',
                    one.location.span,
                    f'is dropped: no edge leads there from "{name}"',
                    "add the edge, or send it to a step that one leads to",
                    building.read[one.target].step.span,
                    name,
                )
            )


def _sent_to_nobody(building: Building) -> Iterator[Loss]:
    """What the steps at the end send on, where they give no output with it."""
    draft = building.draft
    seen = all(name in building.read and building.read[name].closed for name in draft.steps)
    if draft.unresolved or not seen or any(read.asked for read in building.read.values()):
        return
    gives = any(read.yields for read in building.read.values())
    leading = {source for source, _ in draft.edges}
    for name, read in building.read.items():
        if name in leading or not read.sent or any(one.target is not None for one in read.sent):
            continue
        apart = read.yields and any(gives_or_sends(function.node) for function in building.code(name))
        if not gives or apart:
            lost = "in the other case nothing comes of it" if apart else "no step gives an output"
            yield Loss(
                LossKind.SILENCE,
                f'step "{name}"',
                read.sent[0].location.span,
                f"sends its result on, but no edge leads from it, and {lost}",
                "give it with ctx.yield_output, or add an edge",
                read.step.definition or read.step.span,
                name,
            )


def _mute(building: Building) -> Iterator[Loss]:
    """The steps that lead on to others and never send them anything."""
    leaving = grouped(building.draft.edges.values(), lambda edge: edge.source)
    for name, read in building.read.items():
        ways = leaving.get(name, [])
        if read.mute and ways and read.returned is not None:
            yield Loss(
                LossKind.ROUTE,
                f'what step "{name}" returns',
                read.returned.span,
                f"is dropped: it sends no message, so nothing gets to {' or '.join(edge.target for edge in ways)}",
                "send it with ctx.send_message",
                ways[0].span,
                name,
            )
        elif read.mute and ways:
            yield Loss(
                LossKind.SILENCE,
                f'step "{name}"',
                read.step.definition or read.step.span,
                f"never sends a message, so nothing gets to {' or '.join(edge.target for edge in ways)}",
                "send one with ctx.send_message, or remove the edge",
                ways[0].span,
                name,
                for_auditors=all(is_idle(function.node) for function in building.code(name)),
            )


def _silence(building: Building, source: str, ways: list[tuple[str, str]]) -> None:
    """A step that may send nothing decides by itself whether anybody follows."""
    step = building.read.get(source)
    if step is not None and step.silent:
        span = step.step.definition or step.step.span
        choice = Choice(source, source, span, span, closed=True, exclusive=False, is_goto=True)
        building.draft.choose(choice, ways)
