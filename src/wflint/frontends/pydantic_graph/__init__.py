"""pydantic-graph: graphs of node classes, and graphs of the builder; pydantic-ai agents as what their steps ask."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import Group, assembled, itself, made_as
from wflint.assembly.result_uses import CallerUses
from wflint.assembly.sequences import elements, is_known
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import NONE, Function, Location, Object, Value
from wflint.frontends.pydantic_graph.agents import agent_steps
from wflint.frontends.pydantic_graph.builder import Building, fold, step_name
from wflint.frontends.pydantic_graph.classes import fold_nodes
from wflint.frontends.pydantic_graph.demands import DEMANDS, RESULTS
from wflint.frontends.pydantic_graph.fitting import misfits
from wflint.frontends.pydantic_graph.invocations import Runs
from wflint.frontends.pydantic_graph.listed_twice import listed_twice
from wflint.frontends.pydantic_graph.nodes import id_of, is_node, plain, state_schema, state_type
from wflint.frontends.pydantic_graph.refusals import (
    add_refusals,
    is_checked,
    lone_runs,
    misfit_runs,
    of_nodes,
    stateless_runs,
)
from wflint.frontends.pydantic_graph.refused_agents import refused_agents
from wflint.frontends.pydantic_graph.releases import CHANGED, PACKAGE, UNLISTED
from wflint.frontends.pydantic_graph.table import ADDING, BUILDER, BUILT, CONSTRUCTORS, GRAPH, RUNNING, STEPS, table
from wflint.model.contract import Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Aspect, Exchange, Unused, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every graph that was made of node classes or built."""
    yield from assembled(
        interp,
        made_as(interp, (GRAPH, BUILT)),
        itself,
        lambda made: _folded(interp, made, framework),
        lambda group: _finished(interp, group),
    )


class GraphDraft(Struct, frozen=True):
    """A graph on its way to a workflow; `classes` are its nodes where it is made of classes."""

    made: Object
    draft: Draft
    state: Schema | None = None
    classes: tuple[Class, ...] = ()


def _folded(interp: Interpreter, made: Object, framework: str) -> GraphDraft:
    fold_one = _of_classes if made.path == GRAPH else _of_builder
    return fold_one(interp, made, made.site, framework)


def _of_classes(interp: Interpreter, made: Object, location: Location, framework: str) -> GraphDraft:
    draft = Draft.of(made, framework, "graph")
    listed = made.arguments.get("nodes", 0)
    if not is_known(listed) or listed is None:
        draft.open("the nodes are only partly known", location.span, Aspect.STEPS)
    classes: list[Class] = []
    for entry in elements(listed):
        node = plain(entry.value)
        if isinstance(node, Class) and is_node(node):
            classes.append(node)
        else:
            draft.open("a node is not known statically", location.span, Aspect.STEPS)
    fold_nodes(interp, draft, classes, location)
    draft.faults += UNLISTED.fault(interp, of_nodes(location.span))
    type_ = _given_type(made) or _first_state(interp, classes)
    return GraphDraft(made, draft, _state(interp, type_, location), tuple(classes))


def _of_builder(interp: Interpreter, made: Object, location: Location, framework: str) -> GraphDraft:
    builder = made.receiver
    if not isinstance(builder, Object) or builder.path != BUILDER:
        return GraphDraft(made, Draft("graph", framework, location.span))
    draft = Draft(made.name or made.created_in or builder.name or "graph", framework, location.span)
    draft.constructed_at.append(builder.site.span)
    schema = _state(interp, _given_type(builder), location)
    building = Building(interp, draft, stateful=schema is not None)
    calls = [api_call for api_call in interp.api_calls if api_call.subject is builder]
    late = _added_late(interp, made, calls)
    fold(building, [api_call for api_call in calls if api_call not in late])
    draft.losses += map(_not_built, late)
    draft.losses += (*listed_twice(building), *misfits(interp, draft.edges.values(), building.known))
    if not draft.unresolved and builder not in interp.escaped_objects:
        draft.unused += _left_out(building, calls)
    add_refusals(building, made)
    return GraphDraft(made, draft, schema)


def _added_late(interp: Interpreter, made: Object, calls: list[ApiCall]) -> list[ApiCall]:
    """What is added after the only `build`, in the same run of the same code."""
    if sum(other.path == BUILT and other.receiver is made.receiver for other in interp.objects) > 1:
        return []
    return [each for each in calls if each.method in ADDING and _follows(each, made)]


def _follows(api_call: ApiCall, made: Object) -> bool:
    callers = tuple(frame.caller for frame in api_call.stack if frame.caller is not None)
    here, there = api_call.location, made.site
    return here.module is there.module and callers == made.context and here.at[0] > there.at[1]


def _left_out(building: Building, calls: list[ApiCall]) -> Iterator[Unused]:
    """The steps that the builder makes, and that no edge has."""
    used = {node.site for node in building.known.values() if isinstance(node, Object)}
    made = [call.result for call in calls if call.method in STEPS and call.certain]
    for one in {one.site: one for one in made if isinstance(one, Object) and one.site not in used}.values():
        name = step_name(one)
        if name is not None:
            yield Unused(name, "step", one.site.span, "no edge leads to it, so the graph does not have it")


def _not_built(api_call: ApiCall) -> Loss:
    return Loss(
        LossKind.ROUTE,
        f"this `{api_call.method}`",
        api_call.span,
        "comes after `build`: the graph does not have it",
        "build the graph once all is added",
    )


def _given_type(made: Object) -> Value | None:
    type_ = bare(made.arguments.get("state_type"))
    return None if type_ == NONE else type_


def _first_state(interp: Interpreter, classes: list[Class]) -> Value | None:
    """The state that the nodes say they take."""
    for cls in classes:
        run = cls.find("run")
        type_ = state_type(interp, run) if isinstance(run, Function) else None
        if isinstance(type_, Class):
            return type_
    return None


def _state(interp: Interpreter, type_: Value | None, location: Location) -> Schema | None:
    return state_schema(interp, type_, location) if type_ is not None else None


def _finished(interp: Interpreter, group: Group[Object, GraphDraft]) -> Workflow | None:
    graph = group.folded[0][1]
    if not graph.draft.steps:
        return None
    made, state, handles = graph.made, graph.state, set(map(id, group.whole))
    runs = [call for call in interp.api_calls if id(call.subject) in handles and call.method in RUNNING]
    invocations = Runs(CallerUses(), state).invocations(runs)
    exchange = Exchange.STATE if state is not None else Exchange.MESSAGES
    workflow = graph.draft.finish(state, None, None, invocations, exchange)
    refused = (*stateless_runs(workflow, runs), *lone_runs(workflow, runs), *misfit_runs(workflow, runs))
    workflow = replace(workflow, faults=(*workflow.faults, *refused))
    begun = _begun(interp, runs, list(graph.classes))
    entries, first = (begun, False) if made.path == GRAPH else (_led_to_otherwise(made, workflow), True)
    return replace(
        workflow,
        externally_callable=not invocations,
        entries=entries,
        begins_with_one=True,
        ends_on_first=first,
        must_connect=first and is_checked(made),
        runs_per_arrival=first,
    )


def _led_to_otherwise(made: Object, workflow: Workflow) -> tuple[str, ...]:
    """The steps without a way to them, of a graph that is not to be checked: code that drives the run goes there."""
    if is_checked(made):
        return ()
    return tuple(step.id for step in workflow.steps if not workflow.index.edges_into(step.id))


def _begun(interp: Interpreter, runs: list[ApiCall], classes: list[Class]) -> tuple[str, ...]:
    """The nodes that runs begin with; any of them where not all runs show theirs."""
    starts = [api_call.get("start_node", 0) for api_call in runs]
    given = [start.cls for start in starts if isinstance(start, Object)]
    shown = [cls for cls in given if cls is not None and cls in classes]
    wanted = shown if runs and len(shown) == len(starts) else classes
    return tuple(dict.fromkeys(id_of(interp, cls) for cls in wanted))


PYDANTIC_GRAPH = FrontEnd(
    "pydantic-graph",
    modules=("pydantic_graph", "pydantic_ai"),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    library=table,
    workflows=_workflows,
    agents=agent_steps,
    refused=refused_agents,
    lists_alone=True,
)
