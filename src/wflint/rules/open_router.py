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
            message=f"where {whole} leads cannot be known from the source: {item.reason}; name the targets, for "
            "instance in a path map or a return annotation, and more can be checked",
            span=item.span,
            key=(*item.affects, item.reason),
            step=item.affects[0],
        )
