"""WF702: a loop that ends only when a model says so."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.open_ended import OpenEnded
from wflint.analyses.wording import listed
from wflint.model.code_runs import VerdictLoop
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Related
from wflint.model.fix import AddArgument, Fix
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable loop all of whose ways out hang on what only models in the loop say."""
    for found in facts.open_ended:
        if found.choices and facts.reachability.reached.issuperset(found.loop.steps):
            yield _observation(workflow, found)
    yield from (loss.observation for loss in workflow.losses if loss.kind is LossKind.BOUND)
    for each in workflow.verdict_loops:
        yield Observation(
            message=f"{_goes_round(each)} {listed(each.steps)} again and again until a model says that it is enough: "
            "no round is counted, so nothing ends it if no model does; count the rounds and leave it after some",
            span=each.span,
            key=each.steps,
            step=each.steps[-1],
        )


def _goes_round(found: VerdictLoop) -> str:
    return f'"{found.function}" calls itself and runs' if found.function else "this loop runs"


def _observation(workflow: Workflow, found: OpenEnded) -> Observation:
    loop, first = found.loop, found.choices[0]
    sure = [edge for edge in loop.edges if edge.certainty is Certainty.CERTAIN]
    return Observation(
        message=f"{listed(loop.steps)} {_what_ends(found)}: no round is counted{_otherwise(workflow)}; count them, or "
        "pass a limit to the call",
        span=_place(found),
        key=loop.steps,
        related=tuple(Related(edge.span, f'"{edge.source}" leads to "{edge.target}"') for edge in sure),
        level=None if found.fields or loop.handed_round else Level.NOTE,  # its own code may look at more
        step=first.source,
        fix=_fix(workflow),
    )


def _place(found: OpenEnded) -> Span:
    """Where it is decided to go on; where a step may send nothing, the place at which it sends something after all."""
    first, loop = found.choices[0], found.loop
    on = (edge.span for edge in loop.edges if edge.source == first.source and first.source in loop.undecided)
    return next(on, first.span)


def _what_ends(found: OpenEnded) -> str:
    """What goes round, and when it ends."""
    if found.loop.handed_round:
        return "hand over to each other for as long as their models like"
    name = found.choices[0].name
    if found.fields:
        return f'form a loop that ends only when router "{name}" likes what a model wrote in {listed(found.fields)}'
    return f'form a loop that ends only when the model that "{name}" asks says so'


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
