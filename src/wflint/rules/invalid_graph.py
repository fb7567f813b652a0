"""WF304: a graph that its framework refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Fault, FaultKind, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every fault of a graph; a builder that nobody builds here may get its entry elsewhere."""
    del facts
    for fault in workflow.faults:
        if fault.kind is FaultKind.NO_ENTRY and not workflow.compiled:
            continue
        yield Observation(
            message=f"{_problem(fault)}{f' ({fault.detail})' if fault.detail else ''}",
            span=fault.span,
            key=(fault.kind.value, fault.subject),
            related=(Related(fault.other, "the other one is here"),) if fault.other is not None else (),
        )


def _problem(fault: Fault) -> str:
    match fault.kind:
        case FaultKind.DUPLICATE_STEP:
            return f'two steps are called "{fault.subject}": the graph is refused; rename one of them'
        case FaultKind.RESERVED_NAME:
            return f'no step may be called "{fault.subject}": the name is taken; choose another one'
        case FaultKind.NO_ENTRY:
            return f'nothing leads from the start into "{fault.subject}": the graph is refused; add an entry edge'
        case FaultKind.EDGE_FROM_END:
            return f'the edge to "{fault.subject}" leaves the end: nothing can follow the end; start it at a step'
        case FaultKind.EDGE_INTO_START:
            return f'the edge from "{fault.subject}" leads into the start: lead it to the first step instead'
        case FaultKind.MISSING_PART:
            return f'"{fault.subject}" is missing: the framework demands it'
    assert_never(fault.kind)
