"""LlamaIndex: event-driven workflows, and teams of agents that hand over to each other."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.draft import Draft
from wflint.assembly.frontend import FrontEnd
from wflint.assembly.groups import assembled, itself, made_as
from wflint.assembly.releases import limit_at
from wflint.assembly.speculation import made_for_reading
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import NONE, Object, Unknown, Value, last_of
from wflint.frontends.llamaindex.demands import DEMANDS, INHERITED, RESULTS
from wflint.frontends.llamaindex.events import START_EVENT, STOP_EVENT
from wflint.frontends.llamaindex.flow import HUMAN, Flow, fold
from wflint.frontends.llamaindex.invocations import invocations_of
from wflint.frontends.llamaindex.parameters import PARAMETERS
from wflint.frontends.llamaindex.refusals import add_refusals, is_checked, skips
from wflint.frontends.llamaindex.releases import CHANGED, CONNECTED, LIMITS, PACKAGE
from wflint.frontends.llamaindex.results import read_results
from wflint.frontends.llamaindex.steps import FlowStep, steps_of
from wflint.frontends.llamaindex.table import CONSTRUCTORS, LONE, TEAM, WORKFLOW, root_of, table
from wflint.frontends.llamaindex.teams import agent_steps, fold_team
from wflint.frontends.llamaindex.time_limits import time_limit
from wflint.model.contract import Schema
from wflint.model.workflow import Exchange, Workflow


def _workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every workflow class with steps, then every team."""
    for cls in _classes(interp):
        with folding(interp, cls.location):
            workflow = _of_class(interp, cls, framework)
            if workflow is not None:
                yield workflow
    yield from assembled(
        interp,
        made_as(interp, (TEAM,)),
        itself,
        lambda made: fold_team(interp, made, framework),
        lambda group: _of_team(interp, group.best(lambda team: len(team.draft.steps)).finish()),
    )


def _of_team(interp: Interpreter, team: Workflow | None) -> Workflow | None:
    return replace(team, limit=limit_at(interp, team.span, LIMITS)) if team is not None else None


def _classes(interp: Interpreter) -> list[Class]:
    """The workflow classes of the source, each place once."""
    found = {cls.location: cls for cls in reversed(interp.classes) if _is_workflow(cls)}
    return list(reversed(found.values()))


def _is_workflow(cls: Class) -> bool:
    if any(root_of(path) and last_of(path).endswith(WORKFLOW) for path in cls.libraries()):
        return True
    return any(isinstance(base, Unknown) for ancestor in cls.lineage() for base in ancestor.bases)


def _of_class(interp: Interpreter, cls: Class, framework: str) -> Workflow | None:
    instances = [made for made in interp.objects if made.cls is cls]
    steps = list(steps_of(interp, cls, _instance(interp, cls, instances)))
    if not steps:
        return None
    inherited = cls.has_heirs  # others are made from it, so that it need not be whole
    extended = inherited and all(made.speculative for made in instances)
    flow = Flow(interp, cls, Draft(cls.name, framework, cls.location.span), steps, extended=extended)
    fold(flow)
    add_refusals(flow, instances)
    whole = not (extended and flow.draft.faults)
    if inherited:
        flow.draft.faults.clear()
    if not inherited:
        read_results(interp, flow.draft, steps, instances)
    runs = [each for each in interp.api_calls if each.subject in instances and each.method == "run"]
    invocations = invocations_of(runs)
    inputs, outputs = _declared(interp, flow, START_EVENT), _declared(interp, flow, STOP_EVENT)
    workflow = flow.draft.finish(None, inputs, outputs, invocations, Exchange.MESSAGES)
    answered = any(source == HUMAN for source, _ in flow.draft.edges)
    checked = is_checked(steps, instances)
    others = tuple(step.name for step in steps if _is_reached_otherwise(step) or (checked and _takes_the_end(step)))
    entries = ((HUMAN,) if answered else ()) + others
    timed = not any(made.arguments.get("timeout", 0) == NONE for made in instances)
    return replace(
        workflow,
        steps=tuple(replace(step, limited=step.limited and timed) for step in workflow.steps),
        timed=timed,
        time_limit=time_limit(cls, instances),
        externally_callable=not invocations,
        entries=entries,
        ends_on_first=True,
        runs_per_arrival=True,
        compiled=whole,  # nobody runs what its subclasses complete
        must_connect=checked and CONNECTED.is_in_force(interp, cls.location.span.path),
    )


def _is_reached_otherwise(step: FlowStep) -> bool:
    """Whether the author of a step says that something leads to it which is not seen."""
    return skips(step, "reachability")


def _takes_the_end(step: FlowStep) -> bool:
    """Whether a step takes what ends the run, for which it is refused."""
    return any(STOP_EVENT in event.kinds() for event in step.accepts.events)


def _instance(interp: Interpreter, cls: Class, instances: list[Object]) -> Value:
    """An object of the class that the repository makes, else one that is made here."""
    real = [made for made in instances if not made.speculative]
    if real or instances:
        return (real or instances)[0]
    return made_for_reading(interp, cls)


def _declared(interp: Interpreter, flow: Flow, kind: str) -> Schema | None:
    """The fields of the one event class of a kind that a workflow begins or ends with."""
    classes = {
        event.cls: step
        for step in flow.steps
        for event in (step.accepts.events if kind == START_EVENT else step.returns.events)
        if kind in event.kinds() and event.cls is not None
    }
    if len(classes) != 1:
        return None
    ((cls, step),) = classes.items()
    return schema_of(interp, cls, step.function.location)


LLAMAINDEX = FrontEnd(
    "llamaindex",
    modules=("llama_index", "workflows"),
    constructors=CONSTRUCTORS,
    package=PACKAGE,
    changed=CHANGED,
    demands=DEMANDS,
    results=RESULTS,
    inherited=INHERITED,
    parameters=PARAMETERS,
    library=table,
    workflows=_workflows,
    agents=lambda interp, made: agent_steps(interp, made) if made.path in LONE else (),
    lists_alone=True,
)
