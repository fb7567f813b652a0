"""What Google ADK 2.13 refuses in a graph, and in agents wherever they stand, as far as source shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from wflint.assembly.agents import part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import Const, Function, Location, Object, Value, text_of
from wflint.frontends.google_adk.parts import children, is_made, kind_of, name_of, tools
from wflint.frontends.google_adk.table import DEFAULT_ROUTE, JOIN, AgentKind
from wflint.model.contract import Need
from wflint.model.span import Span
from wflint.model.workflow import START, Fault, FaultKind
from wflint.source import code

CHAT = "chat"
PLAIN = (code.Constant, code.JoinedStr, code.Display, code.DictDisplay)
"""What is a value and no event, wherever it is yielded."""
OWN_PLACES = {
    "system_instruction": "`instruction`", "tools": "`tools`", "response_schema": "`output_schema`",
}  # fmt: skip
"""What does not go into the configuration of a model, and where it goes."""


class Way(Struct, frozen=True):
    """An edge as it is written; `route` is None where it is always taken."""

    source: str
    target: str
    route: str | None
    location: Location
    fans_out: bool = False


def refused_ways(ways: list[Way]) -> Iterator[Fault]:
    """Edges that are written twice, and routes from the start."""
    first: dict[tuple[str, str, str | None], Way] = {}
    for way in ways:
        other = first.setdefault((way.source, way.target, way.route), way)
        if other is not way:
            subject = f'a second edge from "{way.source}" to "{way.target}"'
            yield _refused(subject, way.location.span, "", other.location.span)
        if way.source == START and way.route is not None:
            yield _refused(f'the route "{way.route}" from the start', way.location.span, "its edges have no routes")


def refused_routes(routes: list[str | None], location: Location) -> Iterator[Fault]:
    """The default route among others."""
    if len(routes) > 1 and DEFAULT_ROUTE in routes:
        yield _refused("the default route among others", location.span, "give it an edge of its own")


def refused_maps(first: int | None, second: int | None, location: Location) -> Iterator[Fault]:
    """Two maps of routes in a row, and one without any; each by its number of routes, None where it is no map."""
    if first is not None and second is not None:
        yield _refused("two maps of routes in a row", location.span, "split the chain")
    if second == 0:
        yield _refused("an empty map of routes", location.span, "")


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """What agents refuse, be they part of a tree or not: names, configurations, tools, and a second parent."""
    locator, parents = ArgumentLocator.of(interp), dict[int, Object]()
    for made in interp.objects:
        yield from refused_agent(made)
        yield from _tools(made)
        yield from _second_parent(made, parents, locator)


def _tools(agent: Object) -> Iterator[Fault]:
    """Agents that stand among the tools as they are."""
    for entry in tools(agent) if kind_of(agent) is AgentKind.MODEL and agent.location is not None else ():
        if entry.certain and kind_of(entry.value) is not None:
            subject = f'agent "{name_of(entry.value)}" among the tools of "{name_of(agent)}"'
            yield _refused(subject, agent.site.span, "wrap it with `AgentTool`, or make it a sub-agent")


def _second_parent(agent: Object, parents: dict[int, Object], locator: ArgumentLocator) -> Iterator[Fault]:
    """Sub-agents that another agent holds already, wherever that is."""
    if kind_of(agent) is None or agent.speculative or not is_made(agent):
        return
    for child, sure in children(agent):
        parent, name = parents.setdefault(id(child), agent) if sure else agent, name_of(child)
        if parent is agent or name is None or parent.path_condition != agent.path_condition:
            continue
        here, there = (locator.argument(each, "sub_agents").span for each in (agent, parent))
        detail = f'both "{name_of(parent)}" and "{name_of(agent)}" list it among their sub-agents'
        yield Fault(FaultKind.SECOND_PARENT, name, here, there, detail)


def refused_agent(agent: Value) -> Iterator[Fault]:
    """Names and configurations that agents refuse."""
    if not isinstance(agent, Object) or kind_of(agent) is None or agent.location is None:
        return
    name = name_of(agent)
    if name is not None and not name.isidentifier():
        yield _refused(f'the agent name "{name}"', agent.site.span, "it has to be an identifier")
    if name == "user":
        yield _refused('the agent name "user"', agent.site.span, "the framework calls the person so")
    config = part(agent, "generate_content_config")
    for key, place in OWN_PLACES.items() if isinstance(config, Object) else ():
        given = config.arguments.get(key) if isinstance(config, Object) else None
        if given is not None and given != Const(None) and kind_of(agent) is AgentKind.MODEL:
            subject = f'`{key}` in the model configuration of agent "{name}"'
            yield _refused(subject, agent.site.span, f"it goes into {place}")


def refused_name(name: str, node: Value, location: Location) -> Iterator[Fault]:
    """A function whose own name is none that a node may have."""
    if isinstance(node, Function) and not name.isidentifier():
        yield _refused(
            f'the node name "{name}"', location.span, "it has to be an identifier: use a function with a name"
        )


def refused_outputs(name: str, node: Value, given: frozenset[Location]) -> Iterator[Fault]:
    """A function that yields two outputs whatever happens, plain or in events made at `given` places."""
    body = node.node.body if isinstance(node, Function) and isinstance(node.node, code.FunctionDef) else ()
    yields = [each.value for each in body if isinstance(each, code.ExprStmt) and isinstance(each.value, code.Yield)]
    made = {location.at for location in given if isinstance(node, Function) and location.module is node.module}
    plain = [each for each in yields if _is_value(each) or (each.value is not None and each.value.at in made)]
    if isinstance(node, Function) and len(plain) > 1:
        span = node.module.span(plain[1].at)
        yield _refused(
            f'a second output of node "{name}"',
            span,
            "a node gives one: the run fails; put both into one, or into the state",
        )


def _is_value(yielded: code.Yield) -> bool:
    nothing = isinstance(yielded.value, code.Constant) and yielded.value.value is None
    return isinstance(yielded.value, PLAIN) and not nothing


def refused_route(key: object, location: Location) -> Iterator[Fault]:
    """A route that is neither a text nor a whole number nor a truth."""
    if key is None or isinstance(key, float):
        yield _refused(f"the route {key}", location.span, "routes are texts, whole numbers, True and False")


def refused_forms(nodes: Mapping[str, Value], ways: list[Way]) -> Iterator[Fault]:
    """Edges between agents of which one gives another form than the other one takes."""
    for way in ways:
        source, target = nodes.get(way.source), nodes.get(way.target)
        given = bare(part(source, "output_schema")) if isinstance(source, Object) else None
        taken = bare(part(target, "input_schema")) if isinstance(target, Object) else None
        if isinstance(given, Class) and isinstance(taken, Class) and given is not taken:
            subject = f'the edge from "{way.source}" to "{way.target}"'
            yield _refused(subject, way.location.span, f"one gives {given.name}, and the other one takes {taken.name}")


def refused_chats(made: Object, others: list[Object], nodes: Mapping[str, Value], ways: list[Way]) -> Iterator[Fault]:
    """Agents in chat mode behind another node: those that say so, and those that an agent made earlier holds."""
    parents = (other for other in others if kind_of(other) is not None and not other.speculative)
    earlier = (parent for parent in parents if parent.allocated_at < made.allocated_at)
    held = {id(child): parent for parent in earlier for child, sure in children(parent) if sure}
    for name, node in nodes.items():
        if not isinstance(node, Object) or kind_of(node) is not AgentKind.MODEL or node.cls is not None:
            continue
        way = next((way for way in ways if way.target == name and way.source != START), None)
        mode = part(node, "mode")
        parent = held.get(id(node)) if mode in (None, Const(None)) and not node.arguments.open else None
        if way is not None and (text_of(mode) == CHAT or parent is not None):
            why = "an agent in chat mode takes no input of a node; use `mode='single_turn'`"
            kind = "in chat mode" if parent is None else f'of "{name_of(parent)}", which is in chat mode,'
            subject = f'agent "{name}" {kind} behind "{way.source}"'
            yield _refused(subject, way.location.span, why, node.site.span)


def refused_parameters(bound: Mapping[str, tuple[Need, ...]], fields: frozenset[str]) -> Iterator[Fault]:
    """Parameters of functions that the class of the state does not declare."""
    for name, needs in bound.items():
        for need in needs:
            if need.name not in fields:
                yield _refused(f'parameter "{need.name}" of node "{name}"', need.span, "it is no field of the state")


def refused_results(
    nodes: Mapping[str, Value], ways: list[Way], gives: Callable[[str], bool], span: Span
) -> Iterator[Fault]:
    """Two last nodes that both run whatever is decided and both give a result."""
    always = {START}
    while more := [way.target for way in ways if way.target not in always and _always(way, ways, nodes, always)]:
        always.update(more)
    leaving = {way.source for way in ways}
    last = [name for name in nodes if name in always and name not in leaving and gives(name)]
    if len(last) > 1:
        why = "the run fails at its end: join them, or let one of them return nothing"
        yield _refused(f'the results of "{last[0]}" and "{last[1]}"', span, why)


def _always(way: Way, ways: list[Way], nodes: Mapping[str, Value], always: set[str]) -> bool:
    node = nodes.get(way.target)
    if isinstance(node, Object) and node.path == JOIN:
        into = [other for other in ways if other.target == way.target]
        return all(other.route is None and other.source in always for other in into)
    return way.route is None and way.source in always


def _refused(subject: str, span: Span, why: str, other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, subject, span, other, why)
