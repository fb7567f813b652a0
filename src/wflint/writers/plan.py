"""What the plan writers are handed: the plans of some workflows, and decisions that have lost their edge."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.labels.decisions import Decision, contracts_of
from wflint.analyses.plan.planning import EdgePlan
from wflint.model.workflow import Edge, Workflow


class WorkflowPlan(Struct, frozen=True):
    """A workflow with the plans of its edges, in the order to print them."""

    workflow: Workflow
    plans: tuple[EdgePlan, ...]

    def contracts(self, edge: Edge) -> str:
        """The fingerprint of the two contracts that meet at an edge."""
        return contracts_of(self.workflow, edge.source, edge.target)


class PlanSheet(Struct, frozen=True):
    """Everything to print, by workflow id."""

    workflows: tuple[WorkflowPlan, ...]
    orphans: tuple[Decision, ...] = ()
