"""WF304: a graph that its framework refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.analyses.facts import Facts, ProgramFacts
from wflint.model.finding import Cause, Level, Observation, Related
from wflint.model.program import Program
from wflint.model.workflow import Fault, FaultKind, Workflow

PROBLEMS: Final = {
    FaultKind.DUPLICATE_STEP: 'duplicate step name "{}": the graph does not build; rename one of the steps',
    FaultKind.RESERVED_NAME: 'reserved step name "{}": the graph does not build; choose another name',
    FaultKind.NO_ENTRY: 'no edge from the start into "{}": the graph does not build; add an entry edge',
    FaultKind.EDGE_FROM_END: 'the edge to "{}" starts at the end, which has no successors; start it at a step',
    FaultKind.EDGE_INTO_START: 'the edge from "{}" leads into the start; lead it to the first step',
    FaultKind.NO_EXIT: 'no edge to the end of "{}": the graph does not build; add one',
    FaultKind.SECOND_SENDER: '"{}" accepts one sender but has two: the graph does not build; join them first',
    FaultKind.SECOND_PARENT: '"{}" has two parents: the graph does not build; create one instance for each',
    FaultKind.UNFED_INPUT: 'the input "{}" is not connected: the run fails; connect it or pass it to the run',
    FaultKind.MISSING_PART: '"{}" is missing, so the framework refuses to run this; add it',
    FaultKind.FAILING: "{}: that fails",
    FaultKind.IDLE: "{} comes to nothing",
    FaultKind.REFUSED: "the framework refuses {}",
}
"""What is wrong and what to do, with the name it is about."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every fault of a graph; a builder that nobody builds here may get its entry elsewhere."""
    for fault in workflow.faults:
        if fault.kind is FaultKind.NO_ENTRY and not workflow.compiled:
            continue
        if fault.kind is FaultKind.NO_EXIT and any(loop.endless for loop in facts.loops):
            continue  # that is why
        yield _observation(fault)


def check_program(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """What parts refuse, be they part of a workflow or not."""
    del facts
    yield from map(_observation, program.refusals)


def _observation(fault: Fault) -> Observation:
    return Observation(
        message=refusal(fault),
        span=fault.span,
        key=(fault.kind.value, fault.subject),
        related=(Related(fault.other, "the other one is here"),) if fault.other is not None else (),
        level=Level.NOTE if fault.in_some else Level.WARNING if fault.may_be else None,
        step=fault.step,
        cause=Cause(f"{fault.kind} {fault.detail}"),
    )


def refusal(fault: Fault) -> str:
    """What is wrong and what to do, in a sentence."""
    problem, semicolon, advice = PROBLEMS[fault.kind].partition("; ")
    releases = f"with {fault.releases}, " if fault.releases else ""
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{releases}{problem.format(fault.subject)}{detail}{semicolon}{advice}"
