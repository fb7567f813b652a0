"""LangGraph: state graphs, the functional API, and the ready-made agents of langgraph and langchain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wflint.assembly.contracts.schemas import schema_of, union_of
from wflint.assembly.draft import Draft
from wflint.assembly.linking import provisional
from wflint.assembly.taking import Callers
from wflint.evaluate.events import Event
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import Table
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import NONE, Object, Place, Value, text_of
from wflint.frontends.langgraph.choices import gotos
from wflint.frontends.langgraph.deployment import exported_values
from wflint.frontends.langgraph.functional import entrypoint_function, fold_entrypoint
from wflint.frontends.langgraph.graph import fold, span_of
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.invocations import invocations_of, is_kept
from wflint.frontends.langgraph.nesting import as_step
from wflint.frontends.langgraph.routing import Target
from wflint.frontends.langgraph.table import BUILDERS, COMPILED, PROVIDERS, table
from wflint.model.contract import Certainty, Outcome, Schema
from wflint.model.workflow import START, Aspect, Exchange, Fault, FaultKind, Step, Workflow

MOST_INSTANCES = 6


class LangGraph:
    """The front end of LangGraph."""

    name = "langgraph"
    modules = ("langgraph", "langgraph_supervisor", "langgraph_swarm", "langchain.agents")
    asked_alone = PROVIDERS
    brings_others = False

    @cached_property
    def table(self) -> Table:
        return table()

    def assemble(self, interpreter: Interpreter) -> Iterator[Workflow]:
        """Every graph that was built, then every entrypoint.

        Calls inside steps come up while other graphs are read, so callers are only looked for at the end.
        """
        exported = {id(value) for value in (*exported_values(interpreter), *interpreter.handed)}
        graphs = _Graphs(interpreter, self.name)
        found = [*graphs.workflows(), *_entrypoints(interpreter, self.name)]
        events, callers = _by_subject(interpreter), Callers()
        for workflow, handles in found:
            with folding(interpreter, _place(handles[0])):
                runs = [event for handle in handles for event in events.get(handle, ())]
                invocations = invocations_of(runs, handles, callers)
                is_exported = any(id(handle) in exported for handle in handles)
                inside = any(handle in graphs.nested for handle in handles)
                known = replace(workflow, invocations=invocations, kept=any(map(is_kept, handles)))
                yield replace(known, exported=is_exported or not (invocations or inside))

    def agents(self, interpreter: Interpreter, made: Object) -> tuple[Step, ...]:
        """None: everything that it runs is a workflow."""
        del interpreter, made
        return ()


def _entrypoints(interpreter: Interpreter, framework: str) -> Iterator[tuple[Workflow, list[Object]]]:
    for made in list(interpreter.objects):
        function = entrypoint_function(made)
        draft = None
        if function is not None:
            with folding(interpreter, function.place):
                draft = fold_entrypoint(interpreter, function, framework)
        if draft is not None and draft.steps:
            flow = draft.finish(None, None, None, (), Exchange.MESSAGES)
            yield replace(flow, in_code=True), [made]


class _Graphs:
    """The builders of a run, grouped by the place that constructs them, assembled on demand: nested ones first.

    `nested` are the builders that are steps of others, `above` the steps that those send control to outside.
    """

    def __init__(self, interp: Interpreter, framework: str) -> None:
        self.interp = interp
        self.framework = framework
        self.sites: dict[object, list[Object]] = {}
        for made in interp.objects:
            if _is_builder(made) and made.place is not None and not made.place.module.stub:
                self.sites.setdefault(_site(made), []).append(made)
        self.done: dict[object, Workflow | None] = {}
        self.above: dict[object, list[Target]] = {}
        self.nested: set[Object] = set()
        self.events = _by_subject(interp)

    def workflows(self) -> Iterator[tuple[Workflow, list[Object]]]:
        """Each workflow with the objects that stand for it: its builders, and what they were compiled to."""
        for site, builders in list(self.sites.items()):
            workflow = self.at(site)
            if workflow is not None:
                yield workflow, [*builders, *self._compiled(builders)]

    def _compiled(self, builders: list[Object]) -> list[Object]:
        return [made for made in self.interp.objects if made.path == COMPILED and made.receiver in builders]

    def at(self, site: object) -> Workflow | None:
        """The workflow that is constructed at a place."""
        if site not in self.done:
            self.done[site] = None
            with folding(self.interp, _place(self.sites[site][0])):
                self.done[site] = self._assemble(site, self.sites[site])
        return self.done[site]

    def _assemble(self, site: object, instances: list[Object]) -> Workflow | None:
        real = [made for made in instances if not made.synthetic and self.events.get(made)]
        chosen = (real or [m for m in instances if self.events.get(m)] or instances)[:MOST_INSTANCES]
        drafts = [self._fold(made) for made in chosen]
        graph = _merged(drafts)
        if not graph.draft.steps and not graph.draft.edges:
            return None
        own = [s.step.own_schema for s in graph.read.values() if s.step.own_schema is not None]
        own += [schema for draft in drafts for schema in draft.schemas]
        state, inputs, outputs = self._schemas(chosen[0], own)
        self.above[site] = [target for read in graph.read.values() for target in read.above]
        self._nest(graph, state)
        if state is not None:
            state = replace(state, stray=Outcome.LOST, clash=Outcome.FAILS)
        compiled = bool(self._compiled(chosen))
        _check(graph.draft, compiled=compiled)
        return replace(graph.draft.finish(state, inputs, outputs, ()), compiled=compiled)

    def _fold(self, made: Object) -> GraphDraft:
        name = self._name(made)
        state = _argument(made, "state_schema", 0) or _argument(made, "schema", 0)
        graph = GraphDraft(self.interp, made, Draft(name, self.framework, span_of(made)), state)
        fold(graph, self.events.get(made, []))
        for name, read in graph.read.items():
            for inner in read.inner:
                if _site(inner) in self.sites:
                    self.at(_site(inner))
                    read.gotos.targets += self.above.get(_site(inner), ())
            gotos(graph, name, read)
        return graph

    def _name(self, made: Object) -> str:
        """The variable of a builder or, without one, of what it was compiled to; else the function that makes it."""
        if made.name is not None:
            return made.name
        compiled = next((c for c in self.interp.objects if c.path == COMPILED and c.receiver is made), None)
        if compiled is not None and compiled.name is not None:
            return compiled.name
        given = text_of(compiled.content.get("name")) if compiled is not None else None
        return given or made.maker or "graph"

    def _schemas(self, made: Object, own: list[Schema]) -> tuple[Schema | None, Schema | None, Schema | None]:
        base = _argument(made, "state_schema", 0) or _argument(made, "schema", 0)
        first = schema_of(self.interp, base, _place(made))
        if made.path == "langgraph.MessageGraph":
            return None, None, None
        inputs = schema_of(
            self.interp, _argument(made, "input_schema", None) or _argument(made, "input", None), _place(made)
        )
        outputs = schema_of(
            self.interp, _argument(made, "output_schema", None) or _argument(made, "output", None), _place(made)
        )
        if first is None:
            return None, inputs, outputs
        known = [schema for schema in (first, inputs, outputs, *own) if schema is not None]
        return union_of(known, first.name), inputs, outputs

    def _nest(self, graph: GraphDraft, state: Schema | None) -> None:
        """Give sub-graph steps their workflow, its contract, and the ways that it opens in this graph."""
        for name, read in graph.read.items():
            if read.graph is None:
                continue
            site = _site(read.graph)
            self.nested.update(self.sites.get(site, ()))
            inner = self.at(site) if site in self.sites else None
            if inner is not None:
                graph.draft.steps[name] = as_step(read.step, replace(inner, id=provisional(inner)), state)


def _by_subject(interp: Interpreter) -> dict[Value, list[Event]]:
    """What was done with each object, in order."""
    events: dict[Value, list[Event]] = {}
    for event in interp.events:
        events.setdefault(event.subject, []).append(event)
    return events


def _is_builder(made: Object) -> bool:
    return made.path in BUILDERS


def _place(made: Object) -> Place:
    assert made.place is not None
    return made.place


def _site(made: Object) -> object:
    return made.place


def _argument(made: Object, name: str, position: int | None) -> Value | None:
    value = made.arguments.get(name, position)
    return None if value == NONE else value


def _merged(drafts: list[GraphDraft]) -> GraphDraft:
    """Several graphs built at one place, as one: what they all have stays certain, the rest is possible."""
    first, *others = drafts
    shared = set(first.draft.edges).intersection(*(other.draft.edges for other in others))
    for other in others:
        _take_over(first.draft, other.draft)
        for name, step in other.read.items():
            first.read.setdefault(name, step)
    for key, edge in first.draft.edges.items():
        if key not in shared:
            first.draft.edges[key] = replace(edge, certainty=Certainty.POSSIBLE)
    return first


def _take_over(draft: Draft, other: Draft) -> None:
    """Add what another graph of the same place has."""
    for name, step in other.steps.items():
        draft.steps.setdefault(name, step)
    shift = 0
    if draft.choices != other.choices:
        shift = len(draft.choices)
        draft.choices += other.choices
    for key, edge in other.edges.items():
        moved = replace(edge, choice=edge.choice + shift if edge.choice is not None else None)
        draft.add_edge(moved, other.roles[key])
    draft.joins += [join for join in other.joins if join not in draft.joins]
    draft.unresolved += [item for item in other.unresolved if item not in draft.unresolved]
    draft.faults = [fault for fault in draft.faults if fault in other.faults]


def _check(draft: Draft, *, compiled: bool) -> None:
    """What the framework checks when the graph is compiled."""
    known = not any(item.aspect is not Aspect.CONTRACT for item in draft.unresolved)
    if compiled and known and draft.steps and not any(source == START for source, _ in draft.edges):
        draft.faults.append(Fault(FaultKind.NO_ENTRY, draft.name, draft.span))
