"""The plan for programs, version 1: what to do about every edge, and what the choice was reckoned from.

Field names may be added, never changed within a version. The schema in `docs/schemas/plan-v1.json` is printed by
`schema` and kept current by a test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from wflint.analyses.labels.coordination import INSUFFICIENT, OUTDATED, PENDING, REVIEWED
from wflint.analyses.labels.cost import TradeOff
from wflint.analyses.plan.planning import EdgePlan
from wflint.analyses.plan.response import Action, Instruction, Place, Watch
from wflint.engine.json_text import json_text
from wflint.model.text import Texts
from wflint.model.workflow import EdgeKind
from wflint.writers.plan import PlanSheet, WorkflowPlan
from wflint.writers.plan_means import means_of
from wflint.writers.wire import AnyLocation, CoordinationWire, Wire, location


class CostsWire(Wire):
    """The inputs of the expected-cost rule, in effective tokens; `static` and `dynamic` are the outcome at p."""

    static: float
    dynamic: float
    threshold: float
    runs: float
    planning: float
    plan_tokens: float = Field(alias="planTokens")
    adapting: float
    loss: float
    setup: float
    watching: float
    intervening: float
    handled_static: float = Field(alias="handledStatic")
    handled_dynamic: float = Field(alias="handledDynamic")

    @classmethod
    def of(cls, costs: TradeOff, probability: float) -> CostsWire:
        """The inputs on the wire."""
        return cls(
            static=round(costs.static(probability), 1),
            dynamic=round(costs.dynamic(probability), 1),
            threshold=round(costs.threshold, 4),
            runs=costs.runs,
            planning=costs.planning,
            planTokens=costs.plan_tokens,
            adapting=costs.adapting,
            loss=costs.loss,
            setup=costs.setup,
            watching=costs.watching,
            intervening=costs.intervening,
            handledStatic=costs.handled_static,
            handledDynamic=costs.handled_dynamic,
        )


class StaticWire(Wire):
    """What to write down once, and in the prompt or code of which step; both are empty where there is nothing.

    `why` says what it prevents, or why there is nothing to do.
    """

    place: Place
    step: str
    text: str
    why: str


class InterventionWire(Wire):
    """A way to step in, at most `times` times a run, with the framework's own means."""

    action: Action
    times: int
    means: str


class DynamicWire(Wire):
    """What to watch before the target runs.

    `check` is a JSON Schema of what arrives, `question` for a model judge (null where the schema is enough);
    `interventions` are in the order to try, `budget` bounds them all, per run. `first` is what has to be mended in the
    source before any of this helps (empty where there is nothing). Where nothing is left to check, there are no
    interventions, and `pause` and `means` are empty.
    """

    first: str
    condition: str
    check: Mapping[str, object]
    question: str | None
    pause: str
    means: str
    interventions: tuple[InterventionWire, ...]
    budget: int


class StateWire(Wire):
    """How firm the label is."""

    reviewed: bool
    outdated: bool
    insufficient: bool
    pending: bool


class PlannedEdgeWire(Wire):
    """An edge with its plan: `static` or `dynamic`, as its label has it; the other one is null."""

    source: str
    target: str
    kind: EdgeKind
    label: str | None
    location: AnyLocation
    coordination: CoordinationWire
    state: StateWire
    contracts: str
    costs: CostsWire
    static: StaticWire | None
    dynamic: DynamicWire | None


class PlannedWorkflowWire(Wire):
    """A workflow with the plan of its edges."""

    id: str
    name: str
    framework: str
    edges: tuple[PlannedEdgeWire, ...]


class OrphanWire(Wire):
    """A decision about an edge that there is not any more."""

    workflow: str
    source: str
    target: str
    decision: str


class PlanDocument(Wire):
    """All plans of a run, by workflow id."""

    version: Literal[1] = 1
    workflows: tuple[PlannedWorkflowWire, ...]
    orphans: tuple[OrphanWire, ...]


def write(sheet: PlanSheet, texts: Texts) -> str:
    """The document as text."""
    document = PlanDocument(
        workflows=tuple(_workflow(planned, texts) for planned in sheet.workflows),
        orphans=tuple(
            OrphanWire(
                workflow=decision.edge.workflow,
                source=decision.edge.source,
                target=decision.edge.target,
                decision=decision.verdict.value,
            )
            for decision in sheet.orphans
        ),
    )
    return json_text(document, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(PlanDocument.model_json_schema(mode="serialization"), indent=2) + "\n"


def _workflow(planned: WorkflowPlan, texts: Texts) -> PlannedWorkflowWire:
    flow = planned.workflow
    return PlannedWorkflowWire(
        id=flow.id,
        name=flow.name,
        framework=flow.framework,
        edges=tuple(_edge(plan, planned, texts) for plan in planned.plans),
    )


def _edge(plan: EdgePlan, planned: WorkflowPlan, texts: Texts) -> PlannedEdgeWire:
    edge, label, response = plan.edge, plan.label, plan.response
    said = {reason.feature for reason in label.reasons}
    return PlannedEdgeWire(
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        label=edge.label,
        location=location(edge.span, texts),
        coordination=CoordinationWire.of(label),
        state=StateWire(
            reviewed=REVIEWED in said,
            outdated=OUTDATED in said,
            insufficient=INSUFFICIENT in said,
            pending=PENDING in said,
        ),
        contracts=planned.contracts(edge),
        costs=CostsWire.of(plan.costs, label.p_mismatch),
        static=_static(response) if isinstance(response, Instruction) else None,
        dynamic=_watch(plan, response, planned.workflow.framework) if isinstance(response, Watch) else None,
    )


def _static(told: Instruction) -> StaticWire:
    return StaticWire(place=told.place, step=told.step, text=told.text, why=told.why)


def _watch(plan: EdgePlan, watch: Watch, framework: str) -> DynamicWire:
    means = means_of(framework)
    return DynamicWire(
        first=watch.first,
        condition=watch.condition,
        check=watch.schema,
        question=watch.question,
        pause=f"before `{plan.edge.target}` runs, whenever the condition does not hold" if watch.budget else "",
        means=means.checking(plan.edge, watch) if watch.budget else "",
        interventions=tuple(
            InterventionWire(action=item.action, times=item.times, means=means.stepping_in(item, plan.edge, watch))
            for item in watch.interventions
        ),
        budget=watch.budget,
    )
