"""WF702: a loop that ends only when a model says so."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed
from wflint.model.contract import Certainty
from wflint.model.finding import Observation, Related
from wflint.model.fix import AddArgument, Fix
from wflint.model.workflow import Choice, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable loop all of whose ways out hang on fields that only models in the loop write."""
    for found in facts.open_ended:
        if found.choices and facts.reachability.reached.issuperset(found.loop.steps):
            yield _observation(workflow, found.loop, found.choices[0], found.fields)


def _observation(workflow: Workflow, loop: Loop, choice: Choice, fields: tuple[str, ...]) -> Observation:
    sure = [edge for edge in loop.edges if edge.certainty is Certainty.CERTAIN]
    return Observation(
        message=f'{listed(loop.steps)} form a loop that ends only when router "{choice.name}" likes what a model wrote '
        f"in {listed(fields)}: no round is counted{_otherwise(workflow)}; count them, or pass a limit to the call",
        span=choice.span,
        key=loop.steps,
        related=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in sure),
        step=choice.source,
        fix=_fix(workflow),
    )


def _otherwise(workflow: Workflow) -> str:
    """What ends the run all the same."""
    limit = workflow.limit
    return f", and the run fails only at the framework's `{limit.name}`, {limit.most:,}" if limit is not None else ""


def _fix(workflow: Workflow) -> Fix | None:
    """A limit at each call that has none."""
    idioms, calls = workflow.idioms, dict.fromkeys(c.span for c in workflow.invocations if c.recursion_limit is None)
    if not calls or not idioms.limit_keyword:
        return None
    limits = (AddArgument(s, idioms.limit_keyword, idioms.limit_value, idioms.limit_position) for s in calls)
    return Fix("limit the run", tuple(limits))
