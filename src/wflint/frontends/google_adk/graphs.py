"""`Workflow(edges=[...])`: chains, fan-outs and routes, folded into workflows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.agents import part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.draft import Draft, edge_kind
from wflint.assembly.groups import Group, assembled, by_site, itself
from wflint.assembly.releases import limit_at
from wflint.assembly.routes import ENDING
from wflint.assembly.sequences import elements, is_known
from wflint.evaluate.expressions.comparing import truth_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Function,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
    text_of,
)
from wflint.frontends.google_adk.dynamic import LABEL, is_run_once, with_runs
from wflint.frontends.google_adk.handing import turned_away
from wflint.frontends.google_adk.nodes import ReadNode, read_node
from wflint.frontends.google_adk.parts import is_made, name_of
from wflint.frontends.google_adk.refusals import (
    Way,
    refused_agent,
    refused_chats,
    refused_forms,
    refused_maps,
    refused_name,
    refused_outputs,
    refused_parameters,
    refused_results,
    refused_route,
    refused_routes,
    refused_ways,
)
from wflint.frontends.google_adk.releases import LIMITS
from wflint.frontends.google_adk.route_labels import route_label, route_of
from wflint.frontends.google_adk.runs import invocations_of
from wflint.frontends.google_adk.session import state_of
from wflint.frontends.google_adk.table import DEFAULT_ROUTE, EDGE, JOIN, MADE, WORKFLOWS
from wflint.frontends.google_adk.written import BEGINNING
from wflint.model.workflow import START, Aspect, Choice, Edge, EdgeKind, Fault, FaultKind, MappedRoute, Route, Workflow


def graphs(interp: Interpreter, locator: ArgumentLocator, framework: str) -> Iterator[Workflow]:
    """Every `Workflow` that was built."""
    return assembled(
        interp,
        by_site(made for made in interp.objects if made.path in WORKFLOWS and is_made(made)),
        itself,
        lambda made: _folded(interp, locator, made, framework),
        lambda group: _finished(interp, group),
    )


def _finished(interp: Interpreter, group: Group[Object, Graph]) -> Workflow | None:
    made, graph = group.folded[0]
    if not graph.draft.steps:
        return None
    schema = schema_of(interp, part(made, "state_schema"), made.site)
    known = schema or state_of(graph.draft.steps.values(), made.site.span)
    flow = graph.draft.finish(known, None, None, invocations_of(interp, group.whole))
    return replace(flow, must_connect=True, runs_per_arrival=True, limit=limit_at(interp, flow.span, LIMITS))


def _folded(interp: Interpreter, locator: ArgumentLocator, made: Object, framework: str) -> Graph:
    name = made.name or text_of(part(made, "name")) or made.created_in or "workflow"
    graph = Graph(interp, locator, made, Draft(name, framework, made.site.span))
    graph.fold()
    return graph


class Graph(Struct):
    """One `Workflow` on its way; `sure` is false where an edge is only possible, or has one end or another."""

    interp: Interpreter
    locator: ArgumentLocator
    made: Object
    draft: Draft
    ways: list[Way] = field(default_factory=list)
    nodes: dict[str, Value] = field(default_factory=dict)
    read: dict[str, ReadNode] = field(default_factory=dict)
    sure: bool = True

    def fold(self) -> None:
        """Take the edges in order, then the decisions and joins that they make up."""
        given = part(self.made, "edges")
        if given is None:
            return
        if not is_known(given):
            self._open("the edges are not known statically", Aspect.STEPS, self._place())
        for entry in elements(given):
            self.sure = self.sure and entry.certain
            self._item(entry.value)
        self._refuse()
        self._follow_runs()
        self._check()
        for way in self.ways:
            self._edge(way)
        for name in self.nodes:
            self._choose(name)
            self._join(name)

    def _place(self) -> Location:
        return self.locator.argument(self.made, "edges")

    def _open(self, reason: str, aspect: Aspect, location: Location, *affects: str) -> None:
        self.draft.open(reason, location.span, aspect, *affects)

    # ------------------------------------------------------------------------------------------ edges as written

    def _item(self, item: Value) -> None:
        match item:
            case Sequence(content=chain):
                location = item.location or self._place()
                for source, target in pairwise(chain):
                    self._step_of_chain(source, target, location)
            case Object(path=path) if path == EDGE:
                self._explicit(item, item.site)
            case _:
                self._open("an edge could not be parsed", Aspect.EDGES, self._place())

    def _explicit(self, edge: Object, location: Location) -> None:
        source, target, route = (part(edge, name) for name in ("from_node", "to_node", "route"))
        routes: list[str | None] = [None]
        if route is not None:
            listed = [entry.value for entry in elements(route)] if isinstance(route, Sequence) else [route]
            routes = [route_label(option) for item in listed for option in self.interp.possibilities(item)]
            self.draft.faults += refused_routes(routes, location) if isinstance(route, Sequence) else ()
        for label in routes:
            if label is None and route is not None:
                self._open("a route is not known statically", Aspect.EDGES, location, *self._names(source, location))
            for first in self._names(source, location):
                for second in self._names(target, location):
                    self.ways.append(Way(first, second, label, location))

    def _step_of_chain(self, source: Value, target: Value, location: Location) -> None:
        self.draft.faults += refused_maps(_routes_in(source), _routes_in(target), location)
        sources = self._names(source, location)
        if isinstance(target, Mapping):
            for key, value in target.known():
                label = route_of(key)
                at = target.locations.get(key, location)
                self.draft.faults += refused_route(key, at)
                self.ways += [Way(s, t, label, at) for s in sources for t in self._names(value, location)]
            if not target.closed:
                self._open("a route is not known statically", Aspect.EDGES, location, *sources)
            return
        targets = self._names(target, location)
        fans_out = len(targets) > 1
        self.ways += [Way(s, t, None, location, fans_out) for s in sources for t in targets]

    def _names(self, element: Value | None, location: Location) -> list[str]:
        """The nodes of an element of a chain, added where they are new."""
        match element:
            case None:
                return []
            case Sequence(content=items):
                self.sure = self.sure and not any(isinstance(item, RepeatedElement) for item in items)
                return [
                    name
                    for item in items
                    for name in self._names(item.value if isinstance(item, RepeatedElement) else item, location)
                ]
            case Mapping():
                return [name for _, value in element.known() for name in self._names(value, location)]
            case _:
                options = alternatives(element)
                self.sure = self.sure and len(options) == 1
                found = [self._node(option, location) for option in options]
                return list(dict.fromkeys(name for name in found if name is not None))

    def _node(self, value: Value, location: Location) -> str | None:
        if text_of(value) == BEGINNING:
            return START
        name = name_of(value)
        if (text := text_of(value)) is not None:
            why = 'only "START" is a text: name the function, agent or node itself'
            self.draft.faults.append(
                Fault(FaultKind.REFUSED, f'the text "{text}" as a node', location.span, detail=why)
            )
        if name is None:
            self._open("a node's name is not known statically", Aspect.STEPS, location)
            return None
        old = self.nodes.setdefault(name, value)
        if old is not value and _differ(old, value):
            self.draft.fault(FaultKind.DUPLICATE_STEP, name, location.span)
        own = value.location if isinstance(value, Object) else None
        if name not in self.draft.steps:
            read = read_node(self.interp, self.locator, value, name, own or location)
            self.read[name] = read
            self.draft.steps[name] = read.step
            self.draft.faults += (
                *refused_agent(value),
                *refused_name(name, value, location),
                *refused_outputs(name, value, read.given),
            )
        return name

    def _refuse(self) -> None:
        """What the framework's validators find in a graph all of whose edges are known."""
        if not self.sure or self.draft.unresolved:
            return
        found = (
            *refused_ways(self.ways),
            *refused_forms(self.nodes, self.ways),
            *refused_chats(self.made, self.interp.objects, self.nodes, self.ways),
            *refused_results(self.nodes, self.ways, lambda name: self.read[name].gives, self.draft.span),
        )
        self.draft.faults += found
        hands = {name: read.hands for name, read in self.read.items()}
        self.draft.faults += turned_away(self.ways, hands, {name: read.takes for name, read in self.read.items()})
        schema = schema_of(self.interp, part(self.made, "state_schema"), self.made.site)
        if schema is not None and schema.closed:
            bound = {name: read.bound for name, read in self.read.items()}
            self.draft.faults += refused_parameters(bound, schema.names)

    def _follow_runs(self) -> None:
        """Add the nodes that the code of others runs, and those that these run themselves."""
        runs: dict[str, dict[str, bool]] = {}
        waiting = list(self.nodes)
        while waiting:
            name = waiting.pop(0)
            known = set(self.nodes)
            for run in self.read[name].runs:
                inner = self._node(run.node, run.location)
                if run.certain and self.sure and is_run_once(self.nodes[name]):
                    text = f'node "{name}", which runs another node'
                    why = "it has to say `@node(rerun_on_resume=True)`: the run fails"
                    self.draft.faults.append(Fault(FaultKind.REFUSED, text, run.location.span, detail=why))
                if inner is not None and inner != START:
                    held = runs.setdefault(name, {})
                    held[inner] = held.get(inner, False) or run.certain
                    self.draft.add_edge(Edge(name, inner, EdgeKind.CONDITIONAL, run.location.span, label=LABEL))
            waiting += [added for added in self.nodes if added not in known]
        self.draft.steps = with_runs(self.draft.steps, runs)

    # ------------------------------------------------------------------------------------------ what they come to

    def _check(self) -> None:
        if self.ways and not any(way.source == START for way in self.ways) and not self.draft.unresolved:
            self.draft.fault(FaultKind.NO_ENTRY, self.draft.name, self.draft.span)
        for way in self.ways:
            if way.target == START:
                self.draft.fault(FaultKind.EDGE_INTO_START, way.source, way.location.span)
        self.ways = [way for way in self.ways if way.target != START]

    def _edge(self, way: Way) -> None:
        joined = self._waits(way.target)
        gathers = joined or (way.route is None and self._works_on_items(way.source))
        kind = edge_kind(conditional=way.route is not None, joined=gathers, fans_out=way.fans_out)
        spread = self._works_on_items(way.target)
        self.draft.add_edge(Edge(way.source, way.target, kind, way.location.span, label=way.route, fan_out=spread))

    def _works_on_items(self, name: str) -> bool:
        """Whether a node runs once for each item that it is handed, and hands on the list of what comes of them."""
        node = self.nodes.get(name)
        return (
            isinstance(node, Object) and node.path == MADE and truth_of(part(node, "parallel_worker") or NONE) is True
        )

    def _waits(self, name: str) -> bool:
        node = self.nodes.get(name)
        return isinstance(node, Object) and node.path == JOIN

    def _join(self, name: str) -> None:
        """A join node waits for everything that leads to it."""
        sources = tuple(dict.fromkeys(way.source for way in self.ways if way.target == name))
        routed = any(way.route is not None for way in self.ways if way.target == name)
        if not self._waits(name) or len(sources) <= 1 or START in sources or routed:
            return
        self.draft.wait(sources, name, self.draft.steps[name].span)

    def _choose(self, name: str) -> None:
        """The decision that a node's routes make up."""
        routed = [way for way in self.ways if way.source == name and way.route is not None]
        if not routed:
            return
        node = self.read[name]
        mapping = self._mapping(node, routed)
        self.draft.choose(
            Choice(
                source=name,
                name=name,
                span=routed[0].location.span,
                decider=node.step.definition,
                routes=self._routes(node, mapping),
                closed=node.closed,
                mapping=mapping,
                exclusive=not node.several,
                together=node.together,
                is_goto=True,
                unheard=self._unheard(name, routed),
            ),
            [(name, way.target) for way in routed],
        )

    def _mapping(self, node: ReadNode, routed: list[Way]) -> tuple[MappedRoute, ...]:
        """The labels that are waited for; a spare one of an edge that has another one in use does no harm."""
        emitted = {route.label for route in node.routes}
        used = {way.target for way in routed if way.route in emitted}
        return tuple(
            MappedRoute(way.route or "", way.target, way.location.span)
            for way in routed
            if way.route in emitted or way.target not in used or way.route == DEFAULT_ROUTE
        )

    def _unheard(self, name: str, routed: list[Way]) -> tuple[Route, ...]:
        """The labels that no edge waits for, beside several others that lead to different nodes.

        A node that others lead back to decides whether to go on, and one that has a single label in use whether to go
        there: what it emits otherwise ends the branch.
        """
        node, waited = self.read[name], {way.route for way in routed}
        used = {way.target for way in routed if way.route in {route.label for route in node.routes}}
        plain = any(way.source == name and way.route is None for way in self.ways)
        if not node.closed or len(used) < 2 or plain or DEFAULT_ROUTE in waited or self._comes_back(name):  # noqa: PLR2004
            return ()
        if {way.route for way in routed} - {route.label for route in node.routes}:
            return ()  # another label is waited for in vain: a slip, and told as one
        return tuple(r for r in node.routes if r.label not in waited and not ENDING.fullmatch(r.label))

    def _comes_back(self, name: str) -> bool:
        """Whether some way leads from a node back to it."""
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            source = waiting.pop()
            onwards = {way.target for way in self.ways if way.source == source} - reached
            reached |= onwards
            waiting += onwards
        return name in reached

    def _routes(self, node: ReadNode, mapping: tuple[MappedRoute, ...]) -> tuple[Route, ...]:
        """The labels that the node emits.

        One that no edge waits for ends the branch, which may well be meant; it counts only where another label is
        waited for in vain, so that it looks like a slip.
        """
        known = {mapped.label for mapped in mapping}
        emitted = {route.label for route in node.routes}
        slip = node.closed and bool(known - emitted - {DEFAULT_ROUTE}) and DEFAULT_ROUTE not in known
        routes = [route for route in node.routes if slip or route.label in known]
        if DEFAULT_ROUTE in known and node.routes:
            routes.append(Route(DEFAULT_ROUTE, node.routes[0].span))
        return tuple(routes)


def _routes_in(element: Value) -> int | None:
    """How many routes an element of a chain has that is a map of them; None for others."""
    return len(list(element.known())) if isinstance(element, Mapping) and element.closed else None


def _differ(old: Value, new: Value) -> bool:
    """Whether two values are certainly two nodes."""
    if isinstance(old, Function) and isinstance(new, Function):
        return old.node is not new.node
    return isinstance(old, Object) and isinstance(new, Object) and not (old.speculative or new.speculative)
