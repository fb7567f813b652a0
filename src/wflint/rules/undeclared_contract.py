"""WF120: a model step says neither what it offers nor what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.prose.sections import has_contract_section
from wflint.analyses.prose.statements import statements_of
from wflint.model.finding import Observation
from wflint.model.workflow import Step, StepKind, Workflow

CONVERSATION = frozenset({"messages", "message"})
"""What every step of a conversation takes and gives; it says nothing about any of them."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every model step without a contract, in code or in prose; a step that stands alone has nobody to fit in with."""
    del facts
    for step in workflow.steps if len(workflow.steps) > 1 else ():
        if step.kind is StepKind.AGENT and step.prompt is not None and step.prompt.known and not _declares(step):
            yield Observation(
                message=f'step "{step.id}" calls a model but declares neither inputs nor outputs, so its contract '
                "cannot be checked; state them in its instructions or declare an output type",
                span=step.span,
                key=(step.id,),
                step=step.id,
            )


def _declares(step: Step) -> bool:
    named = {need.name for need in step.needs} | {offer.name for offer in step.offers}
    declared = bool(step.checks) or step.own_schema is not None
    return declared or bool(named - CONVERSATION) or bool(statements_of(step)) or has_contract_section(step)
