"""LangGraph: state graphs, the functional API, and the ready-made agents of langgraph and langchain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from msgspec.structs import replace

from wflint.assembly.contracts.schemas import schema_of, union_of
from wflint.assembly.contracts.swallowed_pauses import swallowed_pauses
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import by_subject, counted, itself, made_as, variants
from wflint.assembly.releases import limit_at
from wflint.assembly.result_uses import CallerUses
from wflint.assembly.routes import Target
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Location, Object, Value, text_of
from wflint.frontends.langgraph.additions import summed, unfit_additions
from wflint.frontends.langgraph.agent_state import agent_schemas
from wflint.frontends.langgraph.agents import agent_losses, lacking_keys, refused_agent
from wflint.frontends.langgraph.channels import channelled
from wflint.frontends.langgraph.choices import gotos
from wflint.frontends.langgraph.demands import DEMANDS, RESULTS
from wflint.frontends.langgraph.deployment import exported_values
from wflint.frontends.langgraph.functional import entrypoint_function, fold_entrypoint, refused_functions
from wflint.frontends.langgraph.given_and_taken import lost_between, lost_without_configuration, refused_of
from wflint.frontends.langgraph.graph import fold
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.injected import absent_fields
from wflint.frontends.langgraph.invocations import configured_limit, invocations_of
from wflint.frontends.langgraph.keeping import forgetting, halting, is_kept
from wflint.frontends.langgraph.left_out import not_followed
from wflint.frontends.langgraph.nesting import HandedUp, as_step, handed_up
from wflint.frontends.langgraph.one_thread import common_threads
from wflint.frontends.langgraph.plain_runs import strangers
from wflint.frontends.langgraph.reducers import idle_reducers, refused_reducers, stored_wrappers
from wflint.frontends.langgraph.refusals import clashing, kept_by_framework, stateless
from wflint.frontends.langgraph.releases import CHANGED, LIMITS, PACKAGE
from wflint.frontends.langgraph.removals import vain_removals
from wflint.frontends.langgraph.starting import parents_missing
from wflint.frontends.langgraph.steps import PAUSES, RAISED
from wflint.frontends.langgraph.table import BUILDERS, COMPILED, CONSTRUCTORS, PROVIDERS, table
from wflint.frontends.langgraph.trimmed import vain_cuts
from wflint.frontends.langgraph.unrun_tools import unrun_tools
from wflint.model.contract import Certainty, Outcome, Schema
from wflint.model.fix import Idioms
from wflint.model.workflow import START, Aspect, Exchange, FaultKind, Workflow

IDIOMS = Idioms(
    wait_keyword="defer",
    wait_method="add_node",
    limit_keyword="config",
    limit_value='{"recursion_limit": 25}',
    limit_position=1,
    annotated_reducers=True,
)


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every graph that was built, then every entrypoint.

    Calls inside steps come up while other graphs are read, so callers are only looked for at the end.
    """
    exported = {id(value) for value in (*exported_values(interp), *interp.escaped_objects)}
    graphs = _Graphs(interp, framework)
    found = [*graphs.workflows(), *_entrypoints(interp, framework)]
    api_calls, caller_uses = by_subject(interp), CallerUses()
    for workflow, handles in found:
        with folding(interp, handles[0].site):
            runs = [api_call for handle in handles for api_call in api_calls.get(handle, ())]
            invocations = invocations_of(runs, handles, caller_uses)
            is_exported = any(id(handle) in exported for handle in handles)
            inside = any(handle in graphs.nested for handle in handles)
            drafts = [graphs.drafts[handle] for handle in handles if handle in graphs.drafts]
            lost = [*lost_between(drafts, handles, runs, workflow.state, api_calls)]
            lost += () if inside else lost_without_configuration(drafts, runs)
            faults = [*workflow.faults, *(() if inside else refused_of(interp, drafts, handles, runs, workflow.state))]
            faults += () if inside or is_exported else parents_missing(interp, graphs.leading_above(handles), runs)
            known = replace(workflow, invocations=invocations, persisted=any(map(is_kept, handles)), idioms=IDIOMS)
            limit = None if workflow.is_imperative else limit_at(interp, workflow.span, LIMITS, configured_limit(runs))
            yield replace(
                known,
                faults=tuple(dict.fromkeys(faults)),
                unresolved_names=(*workflow.unresolved_names, *strangers(workflow, runs)),
                losses=tuple(dict.fromkeys((*workflow.losses, *lost))),
                externally_callable=is_exported or not (invocations or inside),
                limit=limit,
                common_talks=common_threads(known, runs),
                halts_at=halting(handles),
                forgets_at=None if is_exported else forgetting(handles),
            )


def _entrypoints(interpreter: Interpreter, framework: str) -> Iterator[tuple[Workflow, list[Object]]]:
    for made in list(interpreter.objects):
        function = entrypoint_function(made)
        draft = None
        if function is not None:
            with folding(interpreter, function.location):
                draft = fold_entrypoint(interpreter, function, framework)
        if draft is not None and draft.steps:
            flow = draft.finish(None, None, None, (), Exchange.MESSAGES)
            yield replace(flow, is_imperative=True), [made]


SCHEMAS = (
    ("state_schema", 0), ("schema", 0), ("input_schema", None), ("input", None), ("output_schema", None),
    ("output", None),
)  # fmt: skip
"""Arguments of a builder that declare fields, by name and position."""
Group = tuple[Object, ...]
"""Builders that make one workflow."""


class _Graphs:
    """The builders of a run, grouped by what they make, assembled on demand: nested ones first.

    `variants` are the groups of each allocation site, the first of which stands for the builders that do not count.
    `nested` are the builders that are steps of others, `above` the steps that those send control to outside, `handed`
    what they hand over there.
    """

    def __init__(self, interp: Interpreter, framework: str) -> None:
        self.interp = interp
        self.framework = framework
        self.sites = made_as(interp, BUILDERS)
        self.variants: dict[Location, list[Group]] = {}
        self.drafts: dict[Object, GraphDraft] = {}
        self.done: dict[Group, Workflow | None] = {}
        self.above: dict[Group, list[Target]] = {}
        self.handed: dict[Group, HandedUp | None] = {}
        self.nested: set[Object] = set()
        self.compilations: dict[int, list[tuple[int, Object]]] = {}
        self.indexed = 0
        self.events = by_subject(interp)

    def workflows(self) -> Iterator[tuple[Workflow, list[Object]]]:
        """Each workflow with the objects that stand for it: its builders, and what they were compiled to."""
        for site, builders in list(self.sites.items()):
            groups = self._groups(site)
            for number, group in enumerate(groups):
                workflow = self.of(group, number)
                if workflow is not None:
                    mine = [made for made in builders if self._group(made) is group]
                    yield workflow, [*mine, *self._compiled(mine)]

    def _compiled(self, builders: Iterable[Object]) -> list[Object]:
        found = [each for made in builders for each in self._compilations(made)]
        return [made for _, made in sorted(found, key=itemgetter(0))]

    def _compilations(self, builder: Object) -> list[tuple[int, Object]]:
        """What a builder was compiled to, with numbers that say in which order; new objects may have come up."""
        if self.indexed > len(self.interp.objects):  # a failed evaluation was taken back
            self.indexed, self.compilations = 0, {}
        for number in range(self.indexed, len(self.interp.objects)):
            made = self.interp.objects[number]
            if made.path == COMPILED:
                self.compilations.setdefault(id(made.receiver), []).append((number, made))
        self.indexed = len(self.interp.objects)
        return self.compilations.get(id(builder), [])

    def _groups(self, site: Location) -> list[Group]:
        if site not in self.variants:
            built = [made for made in self.sites[site] if self.events.get(made)] or self.sites[site]
            chosen = counted(built, itself)
            self.variants[site] = [tuple(chosen)]  # for a graph that holds itself
            self.variants[site] = variants(
                chosen, itself, lambda made: (self._draft(made).draft.shape, _state_class(made))
            )
        return self.variants[site]

    def _group(self, made: Object) -> Group:
        groups = self._groups(made.site)
        return next((group for group in groups if made in group), groups[0])

    def at(self, made: Object) -> Workflow | None:
        """The workflow that a builder makes."""
        group = self._group(made)
        return self.of(group, self._groups(made.site).index(group))

    def leading_above(self, handles: Iterable[Object]) -> list[Target]:
        """Where steps of the builders among these objects send control, in a graph around theirs."""
        groups = dict.fromkeys(self._group(made) for made in handles if made.site in self.sites)
        return [target for group in groups for target in self.above.get(group, ())]

    def of(self, group: Group, number: int) -> Workflow | None:
        """The workflow that builders make; `number` counts those of one allocation site."""
        if group not in self.done:
            self.done[group] = None
            with folding(self.interp, group[0].site):
                self.done[group] = self._assemble(group, number)
        return self.done[group]

    def _draft(self, made: Object) -> GraphDraft:
        if made not in self.drafts:
            self.drafts[made] = self._fold(made)
        return self.drafts[made]

    def _assemble(self, chosen: Group, number: int) -> Workflow | None:
        graph = _merged([self._draft(made) for made in chosen])
        drafts = [self._draft(made) for made in chosen]
        graph.draft.variant = number
        if not graph.draft.steps and not graph.draft.edges:
            return None
        own = [schema for s in graph.read.values() if (schema := s.step.own_schema) is not None]
        own = [schema for schema in own if schema.closed or schema.fields]  # of others no field is known
        own += [schema for draft in drafts for schema in draft.schemas]
        first, inputs, outputs = self._declared(chosen[0], graph.draft)
        schemas = [schema for schema in (first, inputs, outputs, *own) if schema is not None]
        graph.draft.faults += (*clashing(schemas), *kept_by_framework((inputs, outputs)), *lacking_keys(graph, first))
        declared = [_argument(chosen[0], *schema) for schema in SCHEMAS]
        graph.draft.faults += refused_reducers(self.interp, declared)
        graph.draft.losses += idle_reducers(self.interp, declared)
        state = _state(graph, first, schemas) if first is not None else None
        self.above[chosen] = [target for read in graph.read.values() for target in read.above]
        self.handed[chosen] = handed_up(graph)
        self._nest(graph, state)
        if state is not None:
            state = channelled(self.interp, declared, state)
            for each in (graph, *drafts):
                each.summed = summed(self.interp, declared)
            graph.draft.faults += unfit_additions(graph, state)
            graph.draft.losses += (
                *stored_wrappers(graph.draft.steps.values(), state),
                *vain_removals(graph.read, state),
                *vain_cuts(graph.read, state),
                *absent_fields(graph, state),
            )
            state = replace(state, on_undeclared_write=Outcome.LOST, on_concurrent_write=Outcome.FAILS)
        if first is not None and state is not None and first.closed and state.names != first.names:
            inputs, outputs = inputs or first, outputs or first
        compiled = bool(self._compiled(chosen))
        _check(graph.draft, compiled=compiled)
        flow = graph.draft.finish(state, inputs, outputs, ())
        return replace(flow, compiled=compiled, rebuilds_state=True)

    def _fold(self, made: Object) -> GraphDraft:
        name = self._name(made)
        state = _argument(made, "state_schema", 0) or _argument(made, "schema", 0)
        graph = GraphDraft(self.interp, made, Draft(name, self.framework, made.site.span), state)
        fold(graph, self.events.get(made, []))
        for name, read in graph.read.items():
            for inner in read.inner:
                if inner.site in self.sites:
                    self.at(inner)
                    read.gotos.targets += self.above.get(self._group(inner), ())
            gotos(graph, name, read)
        graph.draft.losses += (
            *not_followed(graph.draft, graph.read),
            *agent_losses(graph),
            *unrun_tools(graph),
            *(
                loss
                for name, read in graph.read.items()
                for loss in swallowed_pauses(name, read.summary, PAUSES, RAISED)
            ),
        )
        graph.draft.faults += (*refused_agent(graph), *stateless(graph))
        return graph

    def _name(self, made: Object) -> str:
        """The variable of a builder or, without one, of what it was compiled to; else the function that makes it."""
        if made.name is not None:
            return made.name
        compiled = next(iter(self._compiled([made])), None)
        if compiled is not None and compiled.name is not None:
            return compiled.name
        given = text_of(compiled.content.get("name")) if compiled is not None else None
        return given or made.created_in or "graph"

    def _declared(self, made: Object, draft: Draft) -> tuple[Schema | None, Schema | None, Schema | None]:
        """The schemas of the state, the input and the output that the builder is given."""
        base = _argument(made, "state_schema", 0) or _argument(made, "schema", 0)
        if (agent := agent_schemas(self.interp, made, base)) is not None:
            shown_all = {name: replace(step, own_schema=None) for name, step in draft.steps.items() if step.own_schema}
            draft.steps.update(shown_all)  # its hooks are shown what any of them declares
            return agent.state, agent.input, agent.output
        first = schema_of(self.interp, base, made.site)
        if made.path == "langgraph.MessageGraph":
            return None, None, None
        inputs = schema_of(
            self.interp, _argument(made, "input_schema", None) or _argument(made, "input", None), made.site
        )
        outputs = schema_of(
            self.interp, _argument(made, "output_schema", None) or _argument(made, "output", None), made.site
        )
        return first, inputs, outputs

    def _nest(self, graph: GraphDraft, state: Schema | None) -> None:
        """Give sub-graph steps their workflow, its contract, and the ways that it opens in this graph."""
        for name, read in graph.read.items():
            if read.graph is None:
                continue
            if read.graph.site not in self.sites:
                continue
            group = self._group(read.graph)
            self.nested.update(made for made in self.sites[read.graph.site] if self._group(made) is group)
            inner = self.at(read.graph)
            if inner is not None:
                graph.draft.steps[name] = as_step(read.step, inner, state, self.handed.get(group))


def _state(graph: GraphDraft, first: Schema, schemas: list[Schema]) -> Schema | None:
    """All fields that the graph keeps; who declares no input of its own is shown those of the first schema.

    A router without one is shown what the step before it is.
    """
    state = union_of(schemas, first.name)
    whole = state is not None and state.names == first.names
    for name, read in graph.read.items():
        if read.summary is not None and read.step.own_schema is None and not whole:
            graph.draft.steps[name] = replace(graph.draft.steps[name], own_schema=first)
    for number, choice in enumerate(graph.draft.choices):
        if choice.own_schema is None and not choice.is_goto:
            before = graph.draft.steps.get(choice.source)
            own = before.own_schema if before is not None and before.own_schema is not None else first
            graph.draft.choices[number] = replace(choice, own_schema=own)
    return replace(state, precise=first.precise and whole) if state is not None else None


def _state_class(made: Object) -> Location | None:
    """Where the class of a builder's state is, which makes another graph of the same steps."""
    given = bare(_argument(made, "state_schema", 0) or _argument(made, "schema", 0))
    return given.location if isinstance(given, Class) else None


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
        draft.fault(FaultKind.NO_ENTRY, draft.name, draft.span)


LANGGRAPH = FrontEnd(
    "langgraph",
    modules=("langgraph", "langgraph_supervisor", "langgraph_swarm", "langchain.agents", "deepagents"),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    refused=refused_functions,
    library=table,
    workflows=_workflows,
    asked_alone=PROVIDERS,
)
