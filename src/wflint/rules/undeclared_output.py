"""WF102: a step returns a field that the state does not declare."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.inputs import channels
from wflint.analyses.reads import reads_of
from wflint.analyses.wording import nearest
from wflint.model.contract import Certainty, Offer, Schema
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Exchange, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every offer that the closed state schema lacks; what a nested workflow hands back is a rule of its own."""
    if workflow.state is None or not workflow.state.closed or workflow.exchange is not Exchange.STATE:
        return
    declared = channels(workflow)
    for step in workflow.steps:
        if step.workflow is None:
            for offer in {offer.name: offer for offer in step.offers if offer.name not in declared}.values():
                yield _observation(workflow, workflow.state, step, offer, facts)


def _observation(workflow: Workflow, state: Schema, step: Step, offer: Offer, facts: Facts) -> Observation:
    readers = [read for read in reads_of(workflow) if read.need.name == offer.name]
    lost = f"; {readers[0].reader} reads it in vain" if readers else ""
    return Observation(
        message=f'step "{step.id}" returns "{offer.name}", which {state.name} does not declare, so it is dropped'
        f"{lost}; {_advice(offer.name, state, facts)}",
        span=offer.span,
        key=(step.id, offer.name),
        related=(
            *(Related(read.need.span, f'{read.reader} reads "{offer.name}"') for read in readers),
            *((Related(state.span, f"the fields of {state.name}"),) if state.span is not None else ()),
        ),
        level=Level.ERROR if offer.certainty is Certainty.CERTAIN else Level.WARNING,
        step=step.id,
    )


def _advice(name: str, state: Schema, facts: Facts) -> str:
    near = nearest(name, channels(facts.workflow).names)
    return f'did you mean "{near}"?' if near else f"declare it in {state.name} or do not return it"
