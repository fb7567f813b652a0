"""WF408: a step whose destinations the source does not show."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, step_named
from wflint.model.finding import Observation
from wflint.model.workflow import Aspect, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every place that leaves the targets of known steps open."""
    del facts
    for item in workflow.open_to(Aspect.EDGES):
        if not item.affects:
            continue
        first = step_named(item.affects[0])
        whole = first if len(item.affects) == 1 else f"steps {listed(item.affects)}"
        yield Observation(
            message=f"the targets of {whole} could not be resolved: {item.reason}; "
            "declare them (path map or return annotation)",
            span=item.span,
            key=(*item.affects, item.reason),
            step=item.affects[0],
        )
