"""Microsoft Agent Framework: `WorkflowBuilder` and the ready-made orchestrations."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import Group, assembled
from wflint.assembly.releases import limit_at
from wflint.assembly.unmodelled import open_unmodelled
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object
from wflint.frontends.agent_framework.building import Building
from wflint.frontends.agent_framework.demands import DEMANDS, INHERITED, RESULTS
from wflint.frontends.agent_framework.functional import functional_workflows
from wflint.frontends.agent_framework.graph import fold_graph
from wflint.frontends.agent_framework.handling import unfit_agent, unfit_message
from wflint.frontends.agent_framework.nested_questions import unheard_questions
from wflint.frontends.agent_framework.orchestrations import fold_orchestration
from wflint.frontends.agent_framework.parameters import PARAMETERS
from wflint.frontends.agent_framework.participants import identity, participant
from wflint.frontends.agent_framework.refused_agents import refused_agents
from wflint.frontends.agent_framework.releases import CHANGED, LIMITS, PACKAGE
from wflint.frontends.agent_framework.table import (
    AGENTS,
    AS_AGENT,
    BUILT,
    CONSTRUCTORS,
    FUNCTIONS,
    RUNNING,
    WORKFLOW,
    BuilderKind,
    kind_of,
    table,
)
from wflint.model.workflow import Exchange, Invocation, Step, StepKind, Workflow

WORKFLOWS = (WORKFLOW, FUNCTIONS.path, BUILT)
"""What is run."""


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """What every `.build()` makes, of several that make one workflow the one with most to see; then every function."""
    runs = _runs(interp)
    yield from assembled(
        interp,
        _sites(interp),
        lambda build: build.builder,
        lambda build: _folded(interp, build, framework),
        lambda group: _finished(interp, group, runs),
    )
    for workflow, handle in functional_workflows(interp, framework):
        yield replace(workflow, invocations=_of(runs, [handle]))


def _agents(interp: Interpreter, made: Object) -> tuple[Step, ...]:
    """An agent that is run without a workflow."""
    name = identity(made) if made.path in AGENTS else None
    return (participant(interp, made, name, made.site).step,) if name is not None else ()


def _folded(interp: Interpreter, build: Build, framework: str) -> Draft:
    builder, draft = build.builder, Draft.of(build.made, framework, "workflow")
    draft.constructed_at.append(builder.site.span)
    open_unmodelled(draft, build.before, interp.library_model)
    building = Building(interp, builder, draft)
    kind = kind_of(builder)
    if kind is BuilderKind.GRAPH:
        fold_graph(building, build.before)
        wrapped = (each for each in interp.objects if each.path == AS_AGENT and each.receiver is build.made)
        for location in [each.site for each in wrapped][:1]:
            draft.faults += unfit_agent(building, location)
        for api_call in list(interp.api_calls):
            if api_call.subject is build.made and api_call.method in RUNNING:
                draft.faults += unfit_message(building, api_call)
        draft.losses += unheard_questions(building, lambda inner: _asking(interp, inner))
    elif kind is not None:
        fold_orchestration(building, kind, build.before)
    return draft


def _asking(interp: Interpreter, made: Object) -> list[str]:
    """The steps of a built graph that ask a person."""
    builds = [build for site in _sites(interp).values() for build in site if build.made is made]
    found: list[str] = []
    for build in (each for each in builds if kind_of(each.builder) is BuilderKind.GRAPH):
        building = Building(interp, build.builder, Draft.of(made, "", "workflow"))
        fold_graph(building, build.before)
        found += [name for name, read in building.read.items() if read.asked]
    return found


class Build(Struct, frozen=True):
    """A `.build()`, with the calls on its builder before it.

    A builder that is handed to a library is built there, perhaps with more: it stands for what is made of it.
    """

    builder: Object
    made: Object
    location: Location
    before: list[ApiCall]


def _sites(interp: Interpreter) -> dict[Location, list[Build]]:
    """The builds by place."""
    calls: dict[int, list[ApiCall]] = {}
    sites: dict[Location, list[Build]] = {}
    for api_call in list(interp.api_calls):
        builder, made = api_call.subject, api_call.result
        if not isinstance(builder, Object) or kind_of(builder) is None:
            continue
        if api_call.method != "build":
            calls.setdefault(id(builder), []).append(api_call)
        elif isinstance(made, Object):
            build = Build(builder, made, api_call.location, list(calls.get(id(builder), ())))
            sites.setdefault(api_call.location, []).append(build)
    built = {id(build.builder) for builds in sites.values() for build in builds}
    for builder in dict.fromkeys(interp.escaped_objects):
        if kind_of(builder) is not None and id(builder) not in built:
            handed = Build(builder, builder, builder.site, calls.get(id(builder), []))
            sites.setdefault(builder.site, []).append(handed)
    return sites


def _finished(
    interp: Interpreter, group: Group[Build, Draft], runs: list[tuple[Object, Invocation]]
) -> Workflow | None:
    draft = group.best(lambda each: (len(each.steps), len(each.edges), len(each.faults)))
    workflow = draft.finish(None, None, None, (), Exchange.MESSAGES)
    if all(step.kind in (StepKind.START, StepKind.END) for step in workflow.steps):
        return None
    called = _of(runs, [build.made for build in group.whole])
    given = group.folded[0][0].builder.arguments.get("max_iterations")
    is_graph = kind_of(group.whole[0].builder) is BuilderKind.GRAPH
    limit = limit_at(interp, workflow.span, LIMITS, given)
    complete = is_graph and all(build.made is not build.builder for build in group.whole)
    return replace(workflow, invocations=called, must_connect=complete, runs_per_arrival=is_graph, limit=limit)


def _of(runs: list[tuple[Object, Invocation]], handles: list[Object]) -> tuple[Invocation, ...]:
    """The starts of one of these."""
    return tuple(run for made, run in runs if any(made is handle for handle in handles))


def _runs(interp: Interpreter) -> list[tuple[Object, Invocation]]:
    """Every visible start of a workflow; the message that it is given has no fields to speak of."""
    return [
        (_handle(api_call.subject), Invocation((), api_call.span, closed=False))
        for api_call in interp.api_calls
        if isinstance(api_call.subject, Object) and api_call.subject.path in WORKFLOWS and api_call.method in RUNNING
    ]


def _handle(run: Object) -> Object:
    """What a workflow that is run is known by: of a built function, what the decorator made of it."""
    return run.receiver if run.path == BUILT and isinstance(run.receiver, Object) else run


AGENT_FRAMEWORK = FrontEnd(
    "agent-framework",
    modules=("agent_framework", "agent_framework_orchestrations"),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    inherited=INHERITED,
    refused=refused_agents,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=_agents,
)
