"""WF605: a model or service is called for all items at the same time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.fan_outs import unbounded_fan_outs
from wflint.analyses.facts import Facts
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such fan-out; as a note where the items do not come from outside."""
    for found in unbounded_fan_outs(workflow):
        edge = found.edge
        if edge.source not in facts.reachability.reached:
            continue
        calls = [call.span for call in workflow.invocations if not call.limits_concurrency]
        yield Observation(
            message=f'step "{edge.source}" starts "{edge.target}" for all items at the same time, and nothing bounds '
            "how many: a long list runs into rate limits; bound the concurrency, or work in batches",
            span=edge.span,
            key=(edge.source, edge.target),
            related=tuple(Related(span, "this call sets no bound") for span in calls[:1]),
            level=None if found.of_data else Level.NOTE,
            edge=(edge.source, edge.target),
        )
