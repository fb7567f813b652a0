"""What the builder refuses when a graph is built (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.coded_step import returned_type
from wflint.assembly.contracts.shapes import shape_of_value
from wflint.assembly.draft import Draft
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.types import name_of
from wflint.evaluate.values import NONE, Const, Generic, Object, Value
from wflint.frontends.pydantic_graph.builder import Building
from wflint.frontends.pydantic_graph.table import STEP
from wflint.model.contract import Certainty, Part
from wflint.model.span import Span
from wflint.model.workflow import END, START, Aspect, EdgeKind, Fault, FaultKind, Step, Workflow
from wflint.source.code import FunctionDef


def is_checked(built: Object) -> bool:
    """Whether `build` is not told to leave the checks out."""
    checked = built.arguments.get("validate_graph_structure")
    return not built.arguments.open and checked in (None, Const(value=True))


def add_refusals(building: Building, built: Object) -> None:
    """The faults of a graph all of which is known."""
    draft = building.draft
    known = not any(item.aspect is not Aspect.CONTRACT for item in draft.unresolved)
    if draft.steps and known:
        draft.faults += _plain(building)
        draft.faults += _endless(building)
        draft.faults += (_unregistered(building) or _loose(draft)) if is_checked(built) else []


def stateless_runs(workflow: Workflow, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs that are given no state, where steps certainly read it."""
    names = workflow.state.names if workflow.state is not None else frozenset()
    needs = [n for s in workflow.steps for n in s.needs if n.name in names and n.certainty is Certainty.CERTAIN]
    for run in runs if needs else ():
        if not run.arguments.open and run.get("state") in (None, NONE):
            text = "a run without a state of a graph whose steps read one"
            yield Fault(FaultKind.REFUSED, text, run.span, needs[0].span, "there is none by default; the run fails")


def lone_runs(workflow: Workflow, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs that are given no dependencies, where steps certainly read some."""
    parts = [part for step in workflow.steps for part in _parts(step, "deps") if part.certainty is Certainty.CERTAIN]
    for run in runs if parts else ():
        if not run.arguments.open and run.get("deps") is None:  # what a caller may pass on is for the caller to say
            text = "a run without dependencies of a graph whose steps read them"
            yield Fault(FaultKind.REFUSED, text, run.span, parts[0].span, "there are none by default; the run fails")


def misfit_runs(workflow: Workflow, runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs whose input is a dict that lacks what a first step reads of it, or not in the way that it is read."""
    first = [edge for edge in workflow.edges if edge.source == START and not (edge.fan_out or edge.reworked)]
    steps = [step for step in workflow.steps if any(edge.target == step.id for edge in first)]
    parts = [part for step in steps for part in _parts(step, "inputs") if part.certainty is Certainty.CERTAIN]
    for run in runs if all(edge.choice is None for edge in first) else ():
        given = run.get("inputs")
        shape = shape_of_value(given) if given is not None else None
        lacking = next((part for part in parts if shape is not None and shape.lacks(part)), None)
        if lacking is not None:
            why = "it is a dict, which is handed over as it is; the run fails"
            text = f'the input of a run, of which the first step reads "{lacking.name}"'
            yield Fault(FaultKind.REFUSED, text, run.span, lacking.span, why)


def _parts(step: Step, name: str) -> tuple[Part, ...]:
    return tuple(part for given in step.typed_inputs if given.name == name for part in given.parts)


def of_nodes(span: Span) -> Fault:
    """A graph of a list of node classes, which not all releases make."""
    return Fault(FaultKind.REFUSED, "Graph(nodes=...)", span, detail="use GraphBuilder")


AWAITED = frozenset({"Awaitable", "Coroutine", "Future", "Task", "Any", "object"})
"""Return types of plain functions that a run may wait for."""


def _plain(building: Building) -> list[Fault]:
    """Steps that are no coroutines, of which the annotation says that they give a plain value."""
    return [
        Fault(
            FaultKind.REFUSED,
            f'step "{name}", which is not async',
            node.site.span,
            detail="the run awaits what it gives",
        )
        for name, node in building.known.items()
        if isinstance(node, Object) and node.path == STEP and _gives_a_value(building, node)
    ]


def _gives_a_value(building: Building, step: Object) -> bool:
    held = step.content.get("function")
    function = function_of(held) if held is not None else None
    node = function.node if function is not None else None
    if not isinstance(node, FunctionDef) or node.is_async or node.yields or node.returns is None or function is None:
        return False
    given = returned_type(building.interp, function)
    base = given.base if isinstance(given, Generic) else given
    return not function.unmodelled_decorators and isinstance(given, Value) and name_of(base) not in AWAITED | {""}


def _endless(building: Building) -> list[Fault]:
    """Joins in a loop that has no fork: no run of a fork would tell which values belong together."""
    closure = {name: _reached(building.draft, name) for name in building.joins}
    found = []
    for name, ahead in closure.items():
        loop = {step for step in ahead if name in _reached(building.draft, step)} if name in ahead else set()
        if loop and not any(_forks(building.draft, step) for step in loop):
            span = building.draft.steps[name].span
            why = "no fork in it starts what the join waits for; the graph does not build"
            found.append(Fault(FaultKind.REFUSED, f'join "{name}" in a loop', span, detail=why))
    return found


def _reached(draft: Draft, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        last = waiting.pop()
        fresh = {target for source, target in draft.edges if source == last} - found
        found |= fresh
        waiting += fresh
    return found


def _forks(draft: Draft, step: str) -> bool:
    """Whether a step may start several others, or one several times."""
    leaving = [edge for (source, _), edge in draft.edges.items() if source == step]
    spread = any(edge.fan_out or edge.kind is EdgeKind.FAN_OUT for edge in leaving)
    return spread or sum(edge.choice is None for edge in leaving) > 1


def _unregistered(building: Building) -> list[Fault]:
    """Node classes that others return and that were never added, so that nothing follows them."""
    return [
        Fault(
            FaultKind.REFUSED,
            f'node "{name}", which is returned but not added',
            node.location.span,
            building.draft.span,
        )
        for name, node in building.known.items()
        if isinstance(node, Class) and name not in building.registered
    ]


def _loose(draft: Draft) -> list[Fault]:
    """Graphs without a beginning or an end, and nodes from which none gets there."""
    if not any(source == START for source, _ in draft.edges):
        return [Fault(FaultKind.NO_ENTRY, draft.name, draft.span)]
    if not any(target == END for _, target in draft.edges):
        return [Fault(FaultKind.NO_EXIT, draft.name, draft.span)]
    return list(_stranded(draft))


def _stranded(draft: Draft) -> Iterator[Fault]:
    leaving, entered = {source for source, _ in draft.edges}, {target for _, target in draft.edges}
    for name, step in draft.steps.items():
        if name not in leaving and name in entered:
            text = f'step "{name}", which leads nowhere'
            yield Fault(FaultKind.REFUSED, text, step.span, detail="the graph does not build")
