"""What AutoGen AgentChat 0.7 refuses: the checks of its constructors; of those of a graph, the first that fails."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.values import Const, Object, Value, text_of
from wflint.frontends.autogen.table import AGENTS, ASSISTANT, FLOW, SELECTOR, SWARM, TEAMS
from wflint.frontends.autogen.team_draft import TeamDraft
from wflint.frontends.autogen.ways import Graph, Way
from wflint.model.span import Span
from wflint.model.workflow import Aspect, Fault, FaultKind

FEWEST_CANDIDATES = 2
"""So many participants a manager needs to choose from."""


def refused_team(flow: TeamDraft) -> Iterator[Fault]:
    """What the constructors of teams and of their members refuse."""
    given = flow.argument("participants", 0)
    if given is not None and is_known(given) and not flow.members and flow.team.path != FLOW:
        yield _refused(f'"{flow.draft.name}" without participants', flow.span)
    few = len(flow.members) < FEWEST_CANDIDATES and flow.members and is_known(given)
    if flow.team.path == SELECTOR and few and all(member.certain for member in flow.members):
        yield _refused(f'"{flow.draft.name}" with one participant', flow.span, "a manager needs two to choose from")
    turns = flow.argument("max_turns")
    if isinstance(turns, Const) and isinstance(turns.value, int) and turns.value <= 0:
        yield _refused(f"`max_turns={turns.value}`", flow.span, "it has to be greater than 0")
    for name, member in flow.named:
        if member.certain and isinstance(member.value, Object) and member.value.location is not None:
            yield from _refused_member(flow, name, member.value, member.value.location.span)


def _refused_member(flow: TeamDraft, name: str, made: Object, span: Span) -> Iterator[Fault]:
    if made.path in AGENTS and not name.isidentifier():
        yield _refused(f'the agent name "{name}"', span, "it has to be a Python identifier")
    if flow.team.path == SWARM and made.path in TEAMS:
        yield _refused(f'the team "{name}" in a swarm', span, "only agents hand off")
    if made.path == ASSISTANT and made.cls is None:
        yield from _refused_assistant(name, made, span)


def _refused_assistant(name: str, made: Object, span: Span) -> Iterator[Fault]:
    """Names of tools and hand-offs that collide, and two kinds of tools at once."""
    targets = [text_of(entry.value) for entry in elements(made.arguments.get("handoffs")) if entry.certain]
    tools = [_function(entry.value) for entry in elements(made.arguments.get("tools")) if entry.certain]
    for what, names in (("hand-offs", targets), ("tools", tools)):
        twice = next((each for each in names if each is not None and names.count(each) > 1), None)
        if twice is not None:
            yield _refused(f'two {what} "{twice}" of agent "{name}"', span)
    both = next((each for each in targets if each is not None and each in tools), None)
    if both is not None:
        yield _refused(f'a hand-off and a tool "{both}" of agent "{name}"', span)
    if tools and isinstance(made.arguments.get("workbench"), Object):
        yield _refused(f'tools and a workbench of agent "{name}"', span, "the workbench has to provide all tools")


def _function(value: Value) -> str | None:
    name = getattr(value, "name", None)
    return name if isinstance(name, str) and not isinstance(value, Object) else None


def refused_graph(flow: TeamDraft, graph: Graph) -> Fault | None:
    """What the constructor of a team refuses in its graph, where all of it is known."""
    hidden = any(item.aspect is not Aspect.CONTRACT for item in flow.draft.unresolved)
    if hidden or graph.entry_open or not graph.nodes or not all(way.certain for way in graph.ways):
        return None
    checks = (_no_leaf(flow, graph), _mixed(graph), _conflicting(graph), _unbounded(flow, graph))
    return next((fault for fault in checks if fault is not None), None)


def _no_leaf(flow: TeamDraft, graph: Graph) -> Fault | None:
    if {way.source for way in graph.ways} < set(graph.nodes):
        return None
    return _refused(f'"{flow.draft.name}" without a last step', flow.span, "every node has an edge that leaves it")


def _mixed(graph: Graph) -> Fault | None:
    for name in graph.nodes:
        ways = [way for way in graph.ways if way.source == name]
        plain = next((way for way in ways if not way.conditional), None)
        if plain is not None and any(way.conditional for way in ways):
            detail = f'the edge to "{plain.target}" has no condition, others do'
            return _refused(f'the edges from "{name}"', plain.span, detail)
    return None


def _conflicting(graph: Graph) -> Fault | None:
    first: dict[tuple[str, str], Way] = {}
    for way in graph.ways:
        other = first.setdefault((way.target, way.group or way.target), way)
        if other.any != way.any:
            detail = "edges of one activation group have different activation conditions"
            return _refused(f'the edges into "{way.target}"', way.span, detail, other.span)
    return None


def _unbounded(flow: TeamDraft, graph: Graph) -> Fault | None:
    """A graph with a loop runs only where something else ends it as well."""
    unset = is_unset(flow.argument("termination_condition")) and is_unset(flow.argument("max_turns"))
    if not unset or flow.team.arguments.open or not _has_loop(graph):
        return None
    detail = "a graph with a loop needs a termination condition or `max_turns`"
    return Fault(FaultKind.MISSING_PART, "termination_condition", flow.span, detail=detail)


def _has_loop(graph: Graph) -> bool:
    left = dict.fromkeys(graph.nodes)
    targets = {name: {way.target for way in graph.ways if way.source == name} for name in left}
    while leaves := [name for name in left if not targets[name] & left.keys()]:
        for name in leaves:
            del left[name]
    return bool(left)


def _refused(subject: str, span: Span, detail: str = "", other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, detail)
