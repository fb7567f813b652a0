"""Groups of agents as workflows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wflint.assembly.contracts import certainty
from wflint.assembly.draft import Draft
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Object, Value
from wflint.frontends.openai_agents.links import Link, Riddle, groups, is_agent, links_of
from wflint.frontends.openai_agents.steps import name_of, place_of, step_of
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Choice, Edge, EdgeKind, Exchange, Invocation, Route, Workflow

MOST_TURNS = 10
"""The turns that a run may take where its call does not say."""

Site = tuple[Span, str]
"""What tells groups apart: the place and the name of the agent that they begin with."""


@dataclass(frozen=True, slots=True)
class Group:
    """Agents that hang together, with what leads from one to the other and what is not known of that."""

    head: Object
    agents: tuple[Object, ...]
    links: tuple[Link, ...]
    riddles: tuple[Riddle, ...]


def workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every group of agents; those that the same code made several times are one."""
    sites: dict[Site, list[Group]] = {}
    for group in _groups(interp):
        name = name_of(group.head) or group.head.name or "agents"
        sites.setdefault((place_of(group.head).span, name), []).append(group)
    for (span, name), alike in sites.items():
        real = [group for group in alike if not group.head.synthetic] or alike
        draft = Draft(name, framework, span)
        for group in real:
            _fold(interp, draft, group)
        if draft.edges:
            calls = _invocations(interp, [agent for group in alike for agent in group.agents])
            yield draft.finish(None, None, None, calls, Exchange.MESSAGES)


def _groups(interp: Interpreter) -> Iterator[Group]:
    agents = [made for made in interp.objects if is_agent(made) and not place_of(made).module.stub]
    found = [link for agent in agents for link in links_of(agent)]
    links = [item for item in found if isinstance(item, Link)]
    for members in groups(agents, links):
        inside = {id(agent) for agent in members}
        own = tuple(link for link in links if id(link.source) in inside and id(link.target) in inside)
        riddles = tuple(item for item in found if isinstance(item, Riddle) and id(item.agent) in inside)
        yield Group(_head(members, own), tuple(members), own, riddles)


def _head(agents: list[Object], links: tuple[Link, ...]) -> Object:
    """The agent that nobody leads to, else the first; one with a name, if there is any."""
    targets = {id(link.target) for link in links if link.target is not link.source}
    heads = [agent for agent in agents if id(agent) not in targets] or agents
    return next((agent for agent in heads if name_of(agent) is not None), heads[0])


def _fold(interp: Interpreter, draft: Draft, group: Group) -> None:
    for agent in (group.head, *group.agents):
        name = name_of(agent)
        if name is None:
            draft.open("the name of an agent cannot be told", place_of(agent).span, Aspect.STEPS)
        elif name not in draft.steps:
            draft.steps[name] = step_of(interp, name, agent)
    for riddle in group.riddles:
        name = name_of(riddle.agent)
        draft.open(riddle.reason, place_of(riddle.agent).span, Aspect.EDGES, *([name] if name else []))
    for agent in group.agents:
        for kind in (EdgeKind.HANDOFF, EdgeKind.CONDITIONAL):
            _choose(draft, agent, [link for link in group.links if link.source is agent and link.kind is kind], kind)


def _choose(draft: Draft, agent: Object, links: list[Link], kind: EdgeKind) -> None:
    """An agent decides itself whether and where it hands over, and which of its tools it uses."""
    source = name_of(agent)
    named = [(link, name) for link in links if (name := name_of(link.target)) is not None]
    if source is None or not named:
        for link in links if source is not None else ():
            draft.open("the name of an agent cannot be told", link.place.span, Aspect.EDGES, source)
        return
    is_handoff = kind is EdgeKind.HANDOFF
    label = None if is_handoff else "tool"
    choice = len(draft.choices)
    draft.choices.append(
        Choice(
            source=source,
            name="hand-off" if is_handoff else "tool call",
            span=named[0][0].place.span,
            routes=tuple(Route(name, link.place.span, Certainty.POSSIBLE) for link, name in named),
            closed=len(named) == len(links),
            falls_through=place_of(agent).span,
            exclusive=is_handoff,
            within_step=True,
        )
    )
    for link, name in named:
        edge = Edge(source, name, kind, link.place.span, certainty(link.certain), label, choice)
        draft.add_edge(edge, "hand-off" if is_handoff else "tool")


def _invocations(interp: Interpreter, agents: list[Object]) -> tuple[Invocation, ...]:
    """The calls that run one of the agents."""
    known = {id(agent) for agent in agents}
    runs = [event for event in interp.events if id(event.subject) in known]
    return tuple(dict.fromkeys(Invocation(("input",), e.place.span, recursion_limit=_limit(e)) for e in runs))


def _limit(run: Event) -> int | None:
    """The turns that a run may take; None where there is no limit, or none that is known."""
    given: Value | None = run.arguments.get("max_turns")
    if given is None:
        return MOST_TURNS
    return given.value if given != NONE and isinstance(given, Const) and isinstance(given.value, int) else None
