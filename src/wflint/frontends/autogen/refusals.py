"""What AutoGen AgentChat 0.7 refuses: the checks of its constructors; of those of a graph, the first that fails."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from operator import attrgetter

from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Arguments, Const, Mapping, Object, Value, alternatives, text_of
from wflint.frontends.autogen.stopping import conditions_in
from wflint.frontends.autogen.table import AGENTS, ASSISTANT, FLOW, ROUND_ROBIN, SELECTOR, SOCIETY, SWARM, TEAMS
from wflint.frontends.autogen.team_draft import TeamDraft
from wflint.frontends.autogen.ways import Graph, Way
from wflint.model.grouping import grouped
from wflint.model.span import Span
from wflint.model.strong_parts import strong_parts
from wflint.model.workflow import Aspect, Fault, FaultKind

PLACES = {SWARM: ("a swarm", "only agents hand off"), FLOW: ("a graph", "only agents take part")}
"""Teams that have no teams in them."""
RECURRING = (ROUND_ROBIN, SELECTOR, SWARM)
"""Teams whose members speak again and again."""
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
    for part in conditions_in(flow.argument("termination_condition")):
        if (part.path or "").endswith(TOKENS) and part.cls is None and _is_bare(part.arguments):
            yield _refused("a limit of tokens without a number", part.site.span, "say how many, of which kind")
    for name, member in flow.named:
        if member.certain and isinstance(member.value, Object) and member.value.location is not None:
            yield from _refused_member(flow, name, member.value, member.value.location.span)
            yield from _unregistered(flow, name, member.value)
            yield from _unsayable(flow, name, member.value.location.span)


def _unregistered(flow: TeamDraft, name: str, made: Object) -> Iterator[Fault]:
    """An assistant that answers in a form which its team is not told of: the answer is no message there."""
    form = made.arguments.get("output_content_type") if made.path == ASSISTANT and made.cls is None else None
    if not isinstance(form, Class) or flow.team.arguments.open or not is_unset(flow.argument(MESSAGES)):
        return
    text = f'the answers of agent "{name}" in the form {form.name}'
    why = f"the team takes no such messages, so the run fails: give it `{MESSAGES}=[StructuredMessage[{form.name}]]`"
    acts = not is_unset(made.arguments.get("tools")) or not is_unset(made.arguments.get("handoffs"))
    yield Fault(FaultKind.REFUSED, text, flow.span, made.site.span, why, may_be=acts)


def _unsayable(flow: TeamDraft, name: str, span: Span) -> Iterator[Fault]:
    """A name that clients of OpenAI's refuse in what is said before: who hears the agent cannot ask its model."""
    if not name.isidentifier() or (name.isascii() and len(name) <= LONGEST):
        return
    members = [each.value for _, each in flow.named if each.certain]
    asking = [each for each in members if isinstance(each, Object) and each.path == ASSISTANT]
    strict = [(each.cls is None, _strict_clients(each)) for each in asking]
    if any(any(found) for _, found in strict):
        why = f"its client takes names of at most {LONGEST} letters from A to Z, digits, `_` and `-` only"
        subject = f'the agent name "{name}" once a model is told what that agent said'
        yield Fault(
            FaultKind.REFUSED,
            subject,
            span,
            detail=why,
            may_be=not any(plain and all(found) for plain, found in strict),
        )


def _strict_clients(agent: Object) -> list[bool]:
    """Of each client that an agent may have, whether it is one of those."""
    clients = alternatives(agent.arguments.get("model_client", 1))
    return [isinstance(one, Object) and one.path in STRICT for one in clients]


LONGEST = 64
STRICT = frozenset(
    f"autogen_ext.models.openai.{client}"
    for client in ("OpenAIChatCompletionClient", "AzureOpenAIChatCompletionClient")
)
"""Clients that refuse names which Python takes (autogen-ext 0.7)."""

MESSAGES = "custom_message_types"
"""The kinds of messages that a team takes beside the framework's own."""


def refused_assistants(interp: Interpreter) -> Iterator[Fault]:
    """What the constructors of assistants refuse, be these members of a team or not."""
    for made in interp.objects:
        name = text_of(made.arguments.get("name", 0))
        if name is not None and made.location is not None:
            yield from _refused_agent(name, made, made.location.span)


TOKENS = ".TokenUsageTermination"


def _is_bare(arguments: Arguments) -> bool:
    return not arguments.open and all(value == NONE for value in arguments)


def _refused_member(flow: TeamDraft, name: str, made: Object, span: Span) -> Iterator[Fault]:
    yield from _refused_agent(name, made, span)
    inner = made.arguments.get("team", 1) if made.path == SOCIETY else None
    if isinstance(inner, Object) and inner.path == SWARM and flow.team.path in RECURRING:
        why = "it is told of what was said before by a hand-off to nobody, which a swarm refuses: it can be asked once"
        subject = f'the swarm in agent "{name}" once it is asked again'
        yield Fault(FaultKind.REFUSED, subject, span, inner.site.span, why, may_be=True)
    if flow.team.path in PLACES and made.path in TEAMS:
        place, why = PLACES[flow.team.path]
        yield _refused(f'the team "{name}" in {place}', span, why)


def _refused_agent(name: str, made: Object, span: Span) -> Iterator[Fault]:
    if made.path in AGENTS and not name.isidentifier():
        yield _refused(f'the agent name "{name}"', span, "it has to be a Python identifier")
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
    if (tools or targets) and _calls_nothing(made.arguments.get("model_client", 1)):
        what = "tools" if tools else "hand-offs"
        yield _refused(f'{what} of agent "{name}"', span, "its model is said not to call functions")
    rounds = made.arguments.get("max_tool_iterations")
    if isinstance(rounds, Const) and isinstance(rounds.value, int) and rounds.value < 1:
        yield _refused(f'`max_tool_iterations={rounds.value}` of agent "{name}"', span, "it has to be 1 or more")


def _calls_nothing(client: Value | None) -> bool:
    """Whether a model's client says of itself that the model does not call functions."""
    if not isinstance(client, Object):
        return False
    of_class = [
        one.content[INFO] for one in (client.cls.lineage() if client.cls is not None else ()) if INFO in one.content
    ]
    info = client.arguments.get(INFO) or next(iter(of_class), None)
    said = info.content.get(CALLING) if isinstance(info, Mapping) else None
    said = info.arguments.get(CALLING) if isinstance(info, Object) else said
    return said == Const(value=False)


INFO = "model_info"
CALLING = "function_calling"


def _function(value: Value) -> str | None:
    name = getattr(value, "name", None)
    return name if isinstance(name, str) and not isinstance(value, Object) else None


def refused_graph(flow: TeamDraft, graph: Graph) -> Fault | None:
    """What the constructor of a team refuses in its graph, where all of it is known."""
    hidden = any(item.aspect is not Aspect.CONTRACT for item in flow.draft.unresolved)
    if hidden or graph.entry_open or not graph.nodes or not all(way.certain for way in graph.ways):
        return None
    checks = (
        _early(graph), _no_leaf(flow, graph), _mixed(graph), _conflicting(graph), _always_round(graph),
        _unbounded(flow, graph),
    )  # fmt: skip
    return next((fault for fault in checks if fault is not None), None)


def _early(graph: Graph) -> Fault | None:
    """A call of the builder that comes before the node that it names."""
    found = next(((name, span) for name, span in graph.early if name in graph.nodes), None)
    if found is None:
        return None
    name, span = found
    return _refused(f'the use of node "{name}" before it is added', span, "add nodes first", graph.nodes[name])


def _no_leaf(flow: TeamDraft, graph: Graph) -> Fault | None:
    if {way.source for way in graph.ways} < set(graph.nodes):
        return None
    return _refused(f'"{flow.draft.name}" without a last step', flow.span, "every node has an edge that leaves it")


def _mixed(graph: Graph) -> Fault | None:
    leaving = grouped(graph.ways, attrgetter("source"))
    for name in graph.nodes:
        ways = leaving.get(name, [])
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


def _always_round(graph: Graph) -> Fault | None:
    """A loop that edges lead out of, of which none, and none within, has a condition."""
    conditional = {way.source for way in graph.ways if way.conditional}
    circles = {name: circle for circle in _circles(graph) for name in circle}
    left = {id(circles[way.source]) for way in graph.ways if _leaves(way, circles)}
    for circle in dict.fromkeys(circles[name] for name in graph.nodes if name in circles):
        if id(circle) in left and conditional.isdisjoint(circle):
            way = next(way for way in graph.ways if way.source in circle and way.target in circle)
            names = " and ".join(f'"{other}"' for other in graph.nodes if other in circle)
            return _refused(f"the loop of {names}", way.span, "none of its edges has a condition")
    return None


def _leaves(way: Way, circles: ReadOnly[str, frozenset[str]]) -> bool:
    return way.source in circles and way.target not in circles[way.source]


def _circles(graph: Graph) -> list[frozenset[str]]:
    """The nodes that lead to each other, and those that lead to themselves."""
    own = {way.source for way in graph.ways if way.target == way.source}
    parts = strong_parts(graph.nodes, ((way.source, way.target) for way in graph.ways))
    return [frozenset(part) for part in parts if len(part) > 1 or part[0] in own]


def _unbounded(flow: TeamDraft, graph: Graph) -> Fault | None:
    """A graph with a loop runs only where something else ends it as well."""
    unset = is_unset(flow.argument("termination_condition")) and is_unset(flow.argument("max_turns"))
    if not unset or flow.team.arguments.open or not _circles(graph):
        return None
    detail = "a graph with a loop needs a termination condition or `max_turns`"
    return Fault(FaultKind.MISSING_PART, "termination_condition", flow.span, detail=detail)


def _refused(subject: str, span: Span, detail: str = "", other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, detail)
