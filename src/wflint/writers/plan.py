"""What the plan writers are handed: the plans of some workflows, and decisions that have lost their edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from wflint.analyses.facts import ProgramFacts
from wflint.analyses.labels.decisions import Decision, contracts_of
from wflint.analyses.plan.planning import EdgePlan, plans_of
from wflint.model.lookup import arrow, edges_named, workflows_named
from wflint.model.workflow import Edge, Workflow
from wflint.writers.graph_json import edge_order


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


def sheet_of(
    workflows: Iterable[Workflow], facts: ProgramFacts, wanted: Collection[str] = (), edges: Collection[str] = ()
) -> PlanSheet:
    """The plans of these workflows and edges, all where none is named; a name that fits nothing is a mistake."""
    chosen = workflows_named(workflows, wanted)
    asked = edges_named(chosen, edges)
    planned = (WorkflowPlan(workflow, tuple(_plans(workflow, facts, asked))) for workflow in chosen)
    orphans = () if wanted or asked else facts.labelling.decisions.orphans(facts.program.workflows)
    return PlanSheet(tuple(item for item in planned if item.plans), orphans)


def _plans(workflow: Workflow, facts: ProgramFacts, asked: Collection[str]) -> Iterator[EdgePlan]:
    plans = plans_of(facts.of(workflow), facts.labelling)
    return (
        item for item in sorted(plans, key=lambda item: edge_order(item.edge)) if not asked or arrow(item.edge) in asked
    )
