"""WF804: two model steps run one after the other although neither needs the other."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.execution.independent import Independent
from wflint.analyses.facts import Facts
from wflint.model.conduct import AwaitedInTurn
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every pair of such steps, the second right after the first.

    A step that probably means a field of the first under another name has to wait for it once that is mended.
    """
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_in_turn(step, found) for found in step.conduct.awaited_in_turn)
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


def _in_turn(step: Step, found: AwaitedInTurn) -> Observation:
    first, *others = found.spans
    return Observation(
        message=f'step "{step.id}" waits for {len(found.spans)} models one after the other, and uses no answer for the '
        "next question: wait for all of them at once (`asyncio.gather`)",
        span=first,
        key=(step.id, "in turn"),
        related=tuple(Related(other, "this waits for the one before") for other in others),
        step=step.id,
    )


def _may_mean(facts: Facts, pair: Independent) -> bool:
    """Whether what the second step reads and nobody writes is probably what the first one writes."""
    return any(
        match.is_likely and (match.source.step, match.gap.read.step) == (pair.first, pair.second)
        for match in facts.soft_matches
    )
