"""WF110: a model is asked for something that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import END, Exchange, Step, StepKind, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every model step, not among the last, none of whose fields anybody reads."""
    if workflow.exchange is not Exchange.STATE or workflow.state is None or workflow.parents:
        return
    read = {need.name for step in workflow.steps for need in step.needs}
    read |= {need.name for choice in workflow.choices for need in choice.needs}
    for step in workflow.steps:
        idle = step.kind is StepKind.AGENT and step.offers and not step.offers_open and not step.forwards_state
        if idle and not any(offer.name in read for offer in step.offers) and _is_overlooked(workflow, facts, step):
            yield _observation(workflow, facts, step)


def _is_overlooked(workflow: Workflow, facts: Facts, step: Step) -> bool:
    """Whether the step is in the middle, writes plain fields, and nobody after it may read more than is shown."""
    after = facts.reachability.beyond([step.id])
    merged = {field.name for field in workflow.state.fields if field.reducer} if workflow.state is not None else set()
    choices = [choice for choice in workflow.choices if choice.source in after | {step.id}]
    unseen = any(other.needs_open for other in workflow.steps if other.id in after)
    unseen = unseen or any(choice.needs_open for choice in choices)
    return (
        step.id in facts.reachability.reached
        and not unseen
        and _is_followed(workflow, after, step)
        and not any(offer.name in merged for offer in step.offers)
        and not step.interrupts
    )


def _is_followed(workflow: Workflow, after: frozenset[str], step: Step) -> bool:
    """Whether others always work on after the step; what the last steps write is what a run is for."""
    ends = any(edge.source == step.id and edge.target == END for edge in workflow.edges)
    return not ends and any(other.id in after and other.offers for other in workflow.steps if other.id != step.id)


def _observation(workflow: Workflow, facts: Facts, step: Step) -> Observation:
    names = [offer.name for offer in step.offers]
    dropped = workflow.outputs is not None and workflow.outputs.closed and not workflow.outputs.names & set(names)
    it = "it" if len(names) == 1 else "them"
    followers = [name for name in facts.reachability.successors.get(step.id, ()) if name != END]
    if dropped and workflow.outputs is not None:
        fate = f"and {workflow.outputs.name} keeps {it} from the caller: the call of the model is wasted"
    else:
        fate = f"so the call of the model is wasted unless a caller takes {it} from the result"
    return Observation(
        message=f'step "{step.id}" asks a model for {listed(names)}, but no step or router reads {it}, {fate}; '
        f"read {it} in {listed(followers)}, or remove the step",
        span=step.offers[0].span,
        key=(step.id, *names),
        related=(Related(step.span, "the step is added here"),),
        level=Level.WARNING if dropped else Level.NOTE,
        step=step.id,
        edge=(step.id, followers[0]) if followers else None,
    )
