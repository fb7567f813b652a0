"""WF114: a typed answer of an agent that is told to hand over first."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.prose.handed_first import HandedFirst, handed_first
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every such agent."""
    yield from (_observation(found) for found in handed_first(workflow, facts.reachability))


def _observation(found: HandedFirst) -> Observation:
    step, targets = found.step, [edge.target for edge in found.edges]
    return Observation(
        message=f'step "{step.id}" declares the form of its answer and is told to hand over ("{found.sentence}"): '
        f"{listed(targets)} {'answers' if len(targets) == 1 else 'answer'} instead, and the declared answer is never "
        "made; declare it there, or use the other agent as a tool",
        span=step.span,
        key=(step.id, *targets),
        related=tuple(Related(edge.span, f'it hands over to "{edge.target}" here') for edge in found.edges),
        step=step.id,
        edge=(step.id, targets[0]),
    )
