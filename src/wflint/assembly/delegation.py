"""Agents that other agents run inside their tools, and agents that stand alone, whatever framework they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.chains.actors import Actor, Actors
from wflint.assembly.chains.code_loops import looped
from wflint.assembly.chains.contracts import Uses, surrounded
from wflint.assembly.chains.output_uses import listening
from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.function_summary import STEPS_PER_SUMMARY, summarize
from wflint.assembly.sequences import elements
from wflint.evaluate.answers import Answer
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Object, Value, alternatives
from wflint.model.contract import Certainty, FormatExpectation
from wflint.model.span import Span
from wflint.model.workflow import Choice, Edge, EdgeKind, Exchange, Invocation, Route, StepKind, Workflow

TOOLS = "tools"
"""Where agents of all frameworks keep their tools."""
LABEL = "tool"


class Delegation(Struct, frozen=True):
    """What `agent` calls or not: an agent that is its tool, or one that a run within its tool runs."""

    agent: Object
    subject: Object
    location: Location
    run: Run | None = None
    certain: bool = True


class Group(Struct):
    """Agents that hang together by what their tools run; `agents` in order, outer ones before inner ones."""

    agents: list[Object] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)


def tools_of(agent: Object) -> Iterator[Function]:
    """The functions of the source that an agent may call, as such or wrapped."""
    for entry in elements(agent.content.get(TOOLS) or agent.arguments.get(TOOLS)):
        yield from _functions(entry.value)


def _functions(tool: Value) -> Iterator[Function]:
    wrapped = tuple(tool.arguments) if isinstance(tool, Object) and tool.cls is None else (tool,)
    for value in wrapped:
        function = function_of(value)
        if function is not None and not function.module.stub:
            yield function


def _agents_as_tools(agent: Object, actors: Actors) -> Iterator[Delegation]:
    """The agents that an agent is given as tools of a library: made by their methods, or around them."""
    for entry in elements(agent.content.get(TOOLS) or agent.arguments.get(TOOLS)):
        tool = entry.value
        if not isinstance(tool, Object) or tool.cls is not None or tool.location is None or actors.of(tool) is not None:
            continue
        for held in (tool.receiver, *tool.arguments):
            for option in alternatives(held):
                if isinstance(option, Object) and option is not agent and actors.of(option) is not None:
                    yield Delegation(agent, option, tool.location, certain=entry.certain and option is held)


def look_into_tools(interp: Interpreter, actors: Actors) -> None:
    """Run the tools of agents that nobody else runs, to see what they run themselves."""
    for agent in _agents(interp, actors):
        for function in tools_of(agent):
            if agent.location is not None and id(function.node) not in interp.analyzed:
                steps = STEPS_PER_SUMMARY if _is_telling(interp, function) else interp.budget.uncalled
                summarize(interp, function, None, agent.location, steps=steps)


def _is_telling(interp: Interpreter, function: Function) -> bool:
    """Whether a function is known to have to do with running agents: it is worth more than one that nobody calls."""
    return id(function.node) in interp.relevant or id(function.node) in interp.calls_models


def _agents(interp: Interpreter, actors: Actors) -> Iterator[Object]:
    """The agents of all frameworks that the source makes."""
    for made in list(interp.objects):
        if made.location is not None and not made.location.module.stub and TOOLS in _given(made):
            actor = actors.of(made)
            if actor is not None and any(step.kind is not StepKind.FUNCTION for step in actor.steps):
                yield made


def _has_tools(made: Object) -> bool:
    return any(True for _ in elements(made.content.get(TOOLS) or made.arguments.get(TOOLS)))


def _does_more(made: Object, actors: Actors) -> bool:
    """Whether an agent has tools, or an answer of which code uses parts: then there is something to go wrong."""
    actor = actors.of(made)
    return _has_tools(made) or (actor is not None and any(step.result is not None for step in actor.steps))


def _given(made: Object) -> set[str]:
    named = {name for name, _ in made.arguments.keywords}
    return named | {str(name) for name in made.content}


def delegating(
    interp: Interpreter, runs: Sequence[Run], actors: Actors, built: Sequence[Workflow]
) -> Iterator[Workflow]:
    """The workflows, with what tools of their agents run; and a workflow for each other group that tools tie."""
    found = [each for each in _delegations(interp, runs, actors) if not _is_drawn(each, actors, built)]
    homes = {_key(each.agent): _home(each.agent, actors, built) for each in found}
    for workflow in built:
        yield _extended(workflow, [each for each in found if homes[_key(each.agent)] is workflow], actors)
    for group in _groups([each for each in found if homes[_key(each.agent)] is None]):
        yield from _workflow(group, runs, actors)


def _delegations(interp: Interpreter, runs: Sequence[Run], actors: Actors) -> Iterator[Delegation]:
    owners: dict[int, list[Object]] = {}
    for agent in _agents(interp, actors):
        yield from _agents_as_tools(agent, actors)
        for function in tools_of(agent):
            owners.setdefault(id(function.node), []).append(agent)
    for run in runs if owners else ():
        if actors.of(run.subject) is None:
            continue
        for frame in run.api_call.stack:
            for agent in owners.get(id(frame.function.node), ()) if frame.function is not None else ():
                if agent is not run.subject:
                    yield Delegation(agent, run.subject, run.api_call.location, run)


def _is_drawn(each: Delegation, actors: Actors, built: Sequence[Workflow]) -> bool:
    """Whether a workflow of the agent's own framework has the edge, or leads to what the subject runs itself."""
    outer, inner = actors.of(each.agent), actors.of(each.subject)
    if outer is None or inner is None:
        return False
    wanted = {(source, target) for source in outer.names for target in inner.names}
    homes = [w for w in built if any(step.span == _key(each.agent) for step in w.steps)]
    if each.run is None and any(_is_dissolved(each.subject, workflow) for workflow in homes):
        return True
    return any((edge.source, edge.target) in wanted for workflow in homes for edge in workflow.edges)


def _is_dissolved(agent: Object, workflow: Workflow) -> bool:
    """Whether a workflow was built of what an agent holds, with no step for the agent itself."""
    span = _key(agent)
    return span in workflow.constructed_at and all(step.span != span for step in workflow.steps)


def _key(agent: Object) -> Span | None:
    return agent.location.span if agent.location is not None else None


def _home(agent: Object, actors: Actors, built: Sequence[Workflow]) -> Workflow | None:
    """The workflow that an agent is a step of."""
    actor = actors.of(agent)
    names = actor.names if actor is not None else ()
    return next((w for w in built if any(s.span == _key(agent) and s.id in names for s in w.steps)), None)


def _groups(found: Iterable[Delegation]) -> Iterator[Group]:
    groups: list[Group] = []
    for each in found:
        ends = {_key(each.agent), _key(each.subject)}
        touching = [group for group in groups if any(_key(agent) in ends for agent in group.agents)]
        whole = Group()
        for group in touching:
            whole.agents += group.agents
            whole.delegations += group.delegations
            groups.remove(group)
        whole.agents += [each.agent, each.subject]
        whole.delegations.append(each)
        groups.append(whole)
    yield from groups


def _workflow(group: Group, runs: Sequence[Run], actors: Actors) -> Iterator[Workflow]:
    """The workflow of a group: it begins with each agent that no other's tool runs, and is called like the first."""
    inner = {_key(each.subject) for each in group.delegations}
    heads = [agent for agent in group.agents if _key(agent) not in inner] or group.agents[:1]
    first, entries = heads[0], [actor for head in heads if (actor := actors.of(head)) is not None]
    if entries and first.location is not None:
        draft = Draft(entries[0].names[0], entries[0].framework, first.location.span)
        _fold(draft, group.delegations, actors)
        yield _finished(draft, entries, _calls(runs, {_key(head) for head in heads}, set(group.delegations)))


def _extended(workflow: Workflow, found: list[Delegation], actors: Actors) -> Workflow:
    if not found:
        return workflow
    draft = Draft(workflow.name, workflow.framework, workflow.span, choices=list(workflow.choices))
    draft.steps.update({step.id: step for step in workflow.steps})
    draft.edges.update({(edge.source, edge.target): edge for edge in workflow.edges})
    _fold(draft, found, actors)
    steps, edges = tuple(draft.steps.values()), tuple(draft.edges.values())
    return replace(workflow, steps=steps, edges=edges, choices=tuple(draft.choices))


def _fold(draft: Draft, found: Sequence[Delegation], actors: Actors) -> None:
    """Steps and edges of agents and what their tools run."""
    for agent in dict.fromkeys(each.agent for each in found):
        outer = actors.of(agent)
        own = [(each, inner) for each in found if each.agent is agent and (inner := actors.of(each.subject))]
        for step in outer.steps if outer is not None else ():
            draft.steps.setdefault(step.id, step)
            _choose(draft, step.id, own)


def _choose(draft: Draft, source: str, own: Sequence[tuple[Delegation, Actor]]) -> None:
    """An agent decides itself which of its tools it calls."""
    ways = [(step, each, certainty(each.certain and len(a.steps) == 1)) for each, a in own for step in a.steps]
    ways = [way for way in ways if way[0].id != source and (source, way[0].id) not in draft.edges]
    if not ways:
        return
    choice = len(draft.choices)
    routes = {step.id: Route(step.id, each.location.span, Certainty.POSSIBLE) for step, each, _ in ways}
    span, around = ways[0][1].location.span, draft.steps[source].span
    draft.choices.append(
        Choice(source, "tool call", span, routes=tuple(routes.values()), may_return_none_at=around, is_goto=True)
    )
    for step, each, sure in ways:
        draft.steps.setdefault(step.id, step)
        edge = Edge(source, step.id, EdgeKind.CONDITIONAL, each.location.span, sure, LABEL, choice, calls=True)
        draft.add_edge(edge, LABEL)


def _calls(runs: Iterable[Run], heads: set[Span | None], but: Iterable[Delegation] = ()) -> tuple[Invocation, ...]:
    inner = {each.run for each in but}
    begun = [run for run in runs if _key(run.subject) in heads and run not in inner]
    places = {run.api_call.span: run.answer.turns for run in begun}
    return tuple(Invocation(("input",), span, recursion_limit=turns) for span, turns in places.items())


def _finished(draft: Draft, heads: Iterable[Actor], calls: tuple[Invocation, ...]) -> Workflow:
    workflow = draft.finish(None, None, None, calls, Exchange.MESSAGES)
    entries = tuple(dict.fromkeys(name for head in heads for name in head.names))
    return replace(workflow, externally_callable=not calls, entries=entries, begins_with_one=True)


# ------------------------------------------------------------------------------------------------------- alone


def alone(
    interp: Interpreter,
    ends: Sequence[FrontEnd],
    runs: Sequence[Run],
    actors: Actors,
    known: Sequence[Workflow],
    heard: Mapping[Answer, tuple[FormatExpectation, ...]],
) -> Iterator[Workflow]:
    """A workflow of one step for each agent that is part of no other, with what code makes of its answers.

    Where a framework does not list all such agents, these are those that code runs and that have tools, or answer in
    a declared form.
    """
    listing, uses = {end.name for end in ends if end.lists_alone}, Uses.of(interp)
    run = {run.subject.location.span for run in runs if run.subject.location and _does_more(run.subject, actors)}
    taken = {step.span for workflow in known for step in workflow.steps} | {workflow.span for workflow in known}
    taken |= {span for workflow in known for span in workflow.constructed_at}
    taken |= {each.span for workflow in known for each in workflow.unused}
    called = {(step.span.path, step.id) for workflow in known for step in workflow.steps}
    taken |= {run.subject.location.span for run in runs if run.subject.location and actors.within_step(run)}
    by_site: dict[Span, list[Run]] = defaultdict(list)
    for each in runs:
        if each.subject.location is not None:
            by_site[each.subject.location.span].append(each)
    for made in interp.objects:
        actor = actors.of(made) if made.location is not None and not made.location.module.stub else None
        if made.location is None or actor is None or made.location.span in taken:
            continue
        if actor.framework not in listing and made.location.span not in run:
            continue
        if all(step.kind is StepKind.SUBWORKFLOW for step in actor.steps):
            continue  # it is no agent, but a workflow of its own
        taken.add(made.location.span)
        for step in actor.steps if not any((step.span.path, step.id) in called for step in actor.steps) else ():
            own = by_site[made.location.span]
            alone = len(actor.steps) == 1
            whole = reduce(partial(surrounded, uses=uses, alone=alone), own, step)
            draft = Draft(step.id, actor.framework, made.location.span, steps={step.id: whole})
            lone = _finished(draft, (Actor(actor.framework, (whole,)),), _calls(own, {made.location.span}))
            yield looped(listening(lone, own, heard), own)
