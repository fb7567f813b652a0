"""Groups of agents as workflows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.chains.unused import unused, unused_locals
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.draft import Draft
from wflint.assembly.groups import counted, variants
from wflint.assembly.releases import limit_at
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import NONE, Const, Object, Value
from wflint.frontends.openai_agents.guards import idle_guards, passed_over
from wflint.frontends.openai_agents.links import Link, Riddle, groups, is_agent, links_of
from wflint.frontends.openai_agents.losses import losses_of
from wflint.frontends.openai_agents.refusals import refused_agent
from wflint.frontends.openai_agents.releases import LIMITS
from wflint.frontends.openai_agents.steps import called, names_of, step_of
from wflint.model.contract import Certainty
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Choice, Edge, EdgeKind, Exchange, Invocation, Route, Unused, Workflow

MOST_TURNS = LIMITS[0].limit.most
"""The turns that a run may take where its call does not say."""

Site = tuple[Span, str]
"""What tells groups apart: the place and the name of the agent that they begin with."""


class Group(Struct, frozen=True):
    """Agents that hang together, with what leads from one to the other and what is not known of that."""

    head: Object
    agents: tuple[Object, ...]
    links: tuple[Link, ...]
    riddles: tuple[Riddle, ...]


def workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every group of agents; those that the same code makes alike are one."""
    sites: dict[Site, list[Group]] = {}
    idle = Idle(interp)
    for group in _groups(interp):
        for name in called(group.head) or (group.head.name or "agents",):
            sites.setdefault((group.head.site.span, name), []).append(group)
    numbers: dict[Span, Iterator[int]] = {}
    for (span, name), alike in sites.items():
        with folding(interp, alike[0].head.site):
            several = variants(counted(alike, _head_of), _head_of, _shape)
            for made in several:
                draft = Draft(name, framework, span, next(numbers.setdefault(span, count())))
                for group in made:
                    _fold(interp, draft, group, name)
                hidden = draft.unresolved and any(group.links or group.riddles for group in made)
                if draft.edges or hidden:
                    yield _finished(idle, draft, made, alike if len(several) == 1 else made)


def _head_of(group: Group) -> Object:
    return group.head


def _shape(group: Group) -> Hashable:
    """Who leads to whom, by name."""
    ends = ((names_of(link.source), names_of(link.target), link.kind) for link in group.links)
    return frozenset(ends), bool(group.riddles)


def _finished(idle: Idle, draft: Draft, made: Sequence[Group], alike: Sequence[Group]) -> Workflow:
    """The workflow of some groups; `alike` are those whose runs are its runs."""
    interp = idle.interp
    runs = _runs(interp, [agent for group in alike for agent in group.agents])
    files = {agent.site.module.path: agent.site.module for group in made for agent in group.agents}
    draft.unused += [each for file in files.values() for each in _forgotten(draft, idle.of(file))] if runs else []
    for group in made:
        for agent in group.agents:
            draft.faults += refused_agent(interp, agent, next(iter(names_of(agent)), "agent"))
        draft.losses += losses_of(group.agents, group.links)
        draft.losses += passed_over(group.agents, group.links, runs)
    for group in made if runs and not draft.unresolved else ():
        draft.losses += idle_guards(group.agents, group.links, runs)
    calls = tuple(dict.fromkeys(map(_invocation, runs)))
    workflow = draft.finish(None, None, None, calls, Exchange.MESSAGES)
    limit = limit_at(interp, workflow.span, LIMITS) if not calls else None
    begun = _entries(draft, made, runs)
    return replace(workflow, limit=limit, externally_callable=not calls, entries=begun, begins_with_one=True)


def _groups(interp: Interpreter) -> Iterator[Group]:
    agents = [made for made in interp.objects if is_agent(made) and not made.site.module.stub]
    found = {id(agent): tuple(links_of(agent)) for agent in agents}
    links = [item for items in found.values() for item in items if isinstance(item, Link)]
    for members in groups(agents, links):
        inside = {id(agent) for agent in members}
        items = [item for agent in members for item in found[id(agent)]]
        own = tuple(item for item in items if isinstance(item, Link) and id(item.target) in inside)
        riddles = tuple(item for item in items if isinstance(item, Riddle))
        yield Group(_head(members, own), tuple(members), own, riddles)


def _head(agents: Sequence[Object], links: tuple[Link, ...]) -> Object:
    """The agent that nobody leads to, else the first; one with a name, if there is any."""
    heads = _unled(agents, links) or agents
    return next((agent for agent in heads if called(agent)), heads[0])


def _unled(agents: Sequence[Object], links: tuple[Link, ...]) -> list[Object]:
    """The agents that no other leads to."""
    targets = {id(link.target) for link in links if link.target is not link.source}
    return [agent for agent in agents if id(agent) not in targets]


class Named(Struct, frozen=True):
    """The names of the agents in a group; of those that its head may have, only one is meant here."""

    head: Object
    head_name: str

    def of(self, agent: Object) -> tuple[str, ...]:
        """The names of an agent; none where the source does not tell."""
        names = called(agent)
        return (self.head_name,) if agent is self.head and self.head_name in names else names


def _fold(interp: Interpreter, draft: Draft, group: Group, head_name: str) -> None:
    names = Named(group.head, head_name)
    for agent in (group.head, *group.agents):
        known = names.of(agent)
        for name in known:
            draft.steps.setdefault(name, step_of(interp, name, agent))
        if not known or any(draft.steps[name].span != agent.site.span for name in set(known) - set(names_of(agent))):
            draft.open("an agent's name is not known statically", agent.site.span, Aspect.STEPS)
    for riddle in group.riddles:
        draft.open(riddle.reason, riddle.agent.site.span, Aspect.EDGES, *names.of(riddle.agent))
    for agent in group.agents:
        for kind in (EdgeKind.HANDOFF, EdgeKind.CONDITIONAL):
            links = [link for link in group.links if link.source is agent and link.kind is kind]
            for source in names.of(agent) if links else ():
                _choose(draft, source, links, names)


def _choose(draft: Draft, source: str, links: list[Link], names: Named) -> None:
    """An agent decides itself whether and where it hands over, and which of its tools it uses."""
    ways = [(link, name) for link in links for name in names.of(link.target)]
    for link in links:
        if not names.of(link.target):
            draft.open("an agent's name is not known statically", link.location.span, Aspect.EDGES, source)
    if not ways:
        return
    is_handoff = links[0].kind is EdgeKind.HANDOFF
    choice = draft.choose(_choice(draft, source, links, ways))
    for link, name in ways:
        sure = certainty(link.certain and len(names.of(link.target)) == 1)
        label = None if is_handoff else "tool"
        edge = Edge(source, name, link.kind, link.location.span, sure, label, choice, checks=link.checks)
        draft.add_edge(replace(edge, calls=not is_handoff), "hand-off" if is_handoff else "tool")


def _choice(draft: Draft, source: str, links: list[Link], ways: list[tuple[Link, str]]) -> Choice:
    is_handoff = links[0].kind is EdgeKind.HANDOFF
    return Choice(
        source=source,
        name="hand-off" if is_handoff else "tool call",
        span=links[0].location.span,
        routes=tuple(Route(name, link.location.span, Certainty.POSSIBLE) for link, name in ways),
        closed={id(link) for link, _ in ways} == {id(link) for link in links},
        may_return_none_at=draft.steps[source].span,
        exclusive=is_handoff,
        is_goto=True,
    )


def _runs(interp: Interpreter, agents: list[Object]) -> list[ApiCall]:
    """The calls that run one of the agents."""
    known = {id(agent) for agent in agents}
    return [api_call for api_call in interp.api_calls if id(api_call.subject) in known]


class Idle:
    """The agents of modules that nothing leads to and nobody runs, each module looked through once."""

    __slots__ = ("_known", "interp")

    def __init__(self, interp: Interpreter) -> None:
        self.interp = interp
        self._known: dict[str, tuple[Object, ...]] = {}

    def of(self, module: Module) -> tuple[Object, ...]:
        """Those of a module."""
        if module.path not in self._known:
            self._known[module.path] = tuple(self._found(module))
        return self._known[module.path]

    def _found(self, module: Module) -> Iterator[Object]:
        agents = [made for made in self.interp.objects if is_agent(made) and made.site.module is module]
        links = (link for agent in agents for link in links_of(agent) if isinstance(link, Link))
        busy = {id(end) for link in links for end in (link.source, link.target)}
        busy |= {id(api_call.subject) for api_call in self.interp.api_calls}
        idle = [agent for agent in agents if id(agent) not in busy]
        sites = {agent.site.span for agent in agents if id(agent) in busy}
        yield from unused(self.interp, module, idle)
        yield from unused_locals(self.interp, module, (agent for agent in idle if agent.site.span not in sites))


def _forgotten(draft: Draft, idle: Iterable[Object]) -> list[Unused]:
    """The idle agents of a file that others come from, where a run shows that they are a program."""
    return [
        Unused(name, "agent", agent.site.span, "no agent hands off to it and no code runs it")
        for agent in idle
        for name in names_of(agent)
        if name not in draft.steps
    ]


def _entries(draft: Draft, alike: Sequence[Group], runs: list[ApiCall]) -> tuple[str, ...]:
    """The agents that somebody runs or that nobody leads to; where there are none, it may begin with any."""
    begun = [api_call.subject for api_call in runs if isinstance(api_call.subject, Object)]
    heads = [agent for group in alike for agent in _unled(group.agents, group.links)]
    names = dict.fromkeys(name for agent in (*begun, *heads) for name in called(agent))
    return tuple(name for name in names if name in draft.steps) or tuple(draft.steps)


def _invocation(run: ApiCall) -> Invocation:
    """A run with the turns that it may take, where they are known."""
    given: Value | None = run.arguments.get("max_turns")
    most = MOST_TURNS if given is None else given.value if isinstance(given, Const) else None
    limit = most if isinstance(most, int) else None
    return Invocation(("input",), run.location.span, recursion_limit=limit, unlimited=given == NONE)
