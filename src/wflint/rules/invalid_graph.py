"""WF304: a graph that its framework refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Related
from wflint.model.workflow import FaultKind, Workflow

PROBLEMS: Final = {
    FaultKind.DUPLICATE_STEP: 'two steps are called "{}": the graph is refused; rename one of them',
    FaultKind.RESERVED_NAME: 'no step may be called "{}": the name is taken; choose another one',
    FaultKind.NO_ENTRY: 'nothing leads from the start into "{}": the graph is refused; add an entry edge',
    FaultKind.EDGE_FROM_END: 'the edge to "{}" leaves the end: nothing can follow the end; start it at a step',
    FaultKind.EDGE_INTO_START: 'the edge from "{}" leads into the start: lead it to the first step instead',
    FaultKind.NO_EXIT: 'nothing leads to the end of "{}": the graph is refused; let a step end the run',
    FaultKind.SECOND_SENDER: '"{}" takes one sender and has two: the graph is refused; join them before it',
    FaultKind.SECOND_PARENT: '"{}" has two parents: the graph is refused; make one for each of them',
    FaultKind.UNFED_INPUT: 'nobody feeds the input "{}": the run fails; connect it, or pass it to the run',
    FaultKind.MISSING_PART: '"{}" is missing: the framework demands it',
}
"""What is wrong and what to do, with the name it is about."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every fault of a graph; a builder that nobody builds here may get its entry elsewhere."""
    for fault in workflow.faults:
        if fault.kind is FaultKind.NO_ENTRY and not workflow.compiled:
            continue
        if fault.kind is FaultKind.NO_EXIT and any(loop.endless for loop in facts.loops):
            continue  # that is why
        yield Observation(
            message=f"{PROBLEMS[fault.kind].format(fault.subject)}{f' ({fault.detail})' if fault.detail else ''}",
            span=fault.span,
            key=(fault.kind.value, fault.subject),
            related=(Related(fault.other, "the other one is here"),) if fault.other is not None else (),
        )
