"""WF804: two model steps run one after the other although neither needs the other."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.independent import Independent
from wflint.analyses.facts import Facts
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every pair of such steps, the second right after the first.

    A step that probably means a field of the first under another name has to wait for it once that is mended.
    """
    for pair in facts.execution.independent:
        if pair.first in facts.reachability.reached and not _may_mean(facts, pair):
            second = workflow.step(pair.second)
            yield Observation(
                message=f'step "{pair.second}" waits for "{pair.first}" and uses nothing of it: run them at the same '
                f"time and save the time of the shorter one ({pair.saved.typical:.0f} ET)",
                span=pair.edge.span,
                key=(pair.first, pair.second),
                related=(Related(second.span, f'"{pair.second}" is here'),) if second is not None else (),
                edge=(pair.first, pair.second),
            )


def _may_mean(facts: Facts, pair: Independent) -> bool:
    """Whether what the second step reads and nobody writes is probably what the first one writes."""
    return any(
        match.is_likely and (match.source.step, match.gap.read.step) == (pair.first, pair.second)
        for match in facts.soft_matches
    )
