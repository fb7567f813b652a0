"""The graph format, version 1: every workflow as steps, edges and contracts.

Field names may be added, never changed within a version. The schema in `docs/schemas/graph-v1.json` is printed by
`schema` and kept current by a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from wflint.analyses.coverage import Coverage, coverage_of, coverage_of_workflow
from wflint.analyses.prose.statements import Statement, StatementKind, statements_of
from wflint.engine.json_text import json_text
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.program import Program
from wflint.model.text import Texts
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind, Unresolved, Workflow
from wflint.writers.execution_wire import ExecutionWire
from wflint.writers.wire import AnyLocation, CoordinationWire, CoverageWire, Labels, Plans, Wire, location


class OfferWire(Wire):
    """A field that a step says it outputs."""

    name: str
    type: str | None
    description: str
    certainty: Certainty
    location: AnyLocation


class NeedWire(Wire):
    """A field that a step expects."""

    name: str
    type: str | None
    required: bool
    location: AnyLocation
    description: str


class StatementWire(Wire):
    """Something that the texts of a step promise or ask for; `names` are the fields that it names in so many words.

    It stands at `location`, in the sentence as given. A promise in prose is less than an offer: nothing keeps it.
    """

    phrase: str
    sentence: str
    names: tuple[str, ...]
    location: AnyLocation


class StepWire(Wire):
    """A unit of work; `workflow` is the id of the workflow that it runs, where it is one."""

    id: str
    kind: StepKind
    location: AnyLocation
    definition: AnyLocation | None
    offers: tuple[OfferWire, ...]
    needs: tuple[NeedWire, ...]
    workflow: str | None
    tools: tuple[str, ...]
    model: str | None
    promises: tuple[StatementWire, ...]
    asks: tuple[StatementWire, ...]


class EdgeWire(Wire):
    """A way from one step to the next; `coordination` is null where nothing is known about it yet."""

    source: str
    target: str
    kind: EdgeKind
    certainty: Certainty
    label: str | None
    location: AnyLocation
    coordination: CoordinationWire | None

    @property
    def is_dynamic(self) -> bool:
        """Whether the edge is to be watched at run time."""
        return self.coordination is not None and self.coordination.label is Coordination.DYNAMIC


class UnresolvedWire(Wire):
    """What the source does not tell; an empty `affects` concerns the whole workflow."""

    reason: str
    location: AnyLocation
    affects: tuple[str, ...]


class WorkflowWire(Wire):
    """One object that its framework would run; `parent` is the id of the workflow that holds it.

    `execution` is null where nobody asked when its steps run.
    """

    id: str
    name: str
    framework: str
    parent: str | None
    location: AnyLocation
    steps: tuple[StepWire, ...]
    edges: tuple[EdgeWire, ...]
    unresolved: tuple[UnresolvedWire, ...]
    coverage: CoverageWire
    execution: ExecutionWire | None


class GraphDocument(Wire):
    """All workflows of a run, by id; `unresolved` is what the source constructs and no workflow shows."""

    version: Literal[1] = 1
    workflows: tuple[WorkflowWire, ...]
    unresolved: tuple[UnresolvedWire, ...]
    coverage: CoverageWire


def write(program: Program, labels: Labels, texts: Texts, plans: Plans | None = None) -> str:
    """The document as text."""
    workflows = sorted(program.workflows, key=lambda workflow: workflow.id)
    document = GraphDocument(
        workflows=tuple(
            workflow_wire(workflow, labels(workflow), coverage_of_workflow(program, workflow), texts, plans)
            for workflow in workflows
        ),
        unresolved=all_unresolved(program.unresolved, texts),
        coverage=CoverageWire.of(coverage_of(program)),
    )
    return json_text(document, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(GraphDocument.model_json_schema(mode="serialization"), indent=2) + "\n"


def edge_order(edge: Edge) -> tuple[str, str, str, str, str]:
    """The order of edges in every graph format."""
    return edge.source, edge.target, edge.kind, edge.label or "", str(edge.span)


def workflow_wire(
    workflow: Workflow, labels: Mapping[Edge, EdgeLabel], coverage: Coverage, texts: Texts, plans: Plans | None
) -> WorkflowWire:
    """A workflow on the wire."""
    return WorkflowWire(
        id=workflow.id,
        name=workflow.name,
        framework=workflow.framework,
        parent=workflow.parent,
        location=location(workflow.span, texts),
        steps=tuple(_step(step, texts) for step in sorted(workflow.steps, key=lambda step: step.id)),
        edges=tuple(_edge(edge, labels.get(edge), texts) for edge in sorted(workflow.edges, key=edge_order)),
        unresolved=all_unresolved(workflow.unresolved, texts),
        coverage=CoverageWire.of(coverage),
        execution=ExecutionWire.of(plans(workflow)) if plans is not None else None,
    )


def _step(step: Step, texts: Texts) -> StepWire:
    statements = statements_of(step)
    return StepWire(
        id=step.id,
        kind=step.kind,
        location=location(step.span, texts),
        definition=location(step.definition, texts) if step.definition else None,
        offers=tuple(_offer(offer, texts) for offer in sorted(step.offers, key=lambda offer: (offer.name, offer.span))),
        needs=tuple(_need(need, texts) for need in sorted(step.needs, key=lambda need: (need.name, need.span))),
        workflow=step.workflow,
        tools=step.tools,
        model=step.model,
        promises=tuple(_statement(one, texts) for one in statements if one.kind is StatementKind.PROMISE),
        asks=tuple(_statement(one, texts) for one in statements if one.kind is StatementKind.ASK),
    )


def _statement(statement: Statement, texts: Texts) -> StatementWire:
    return StatementWire(
        phrase=statement.phrase,
        sentence=statement.sentence,
        names=statement.names,
        location=location(statement.span, texts),
    )


def _offer(offer: Offer, texts: Texts) -> OfferWire:
    return OfferWire(
        name=offer.name,
        type=offer.type,
        description=offer.description,
        certainty=offer.certainty,
        location=location(offer.span, texts),
    )


def _need(need: Need, texts: Texts) -> NeedWire:
    return NeedWire(
        name=need.name,
        type=need.type,
        required=need.required,
        location=location(need.span, texts),
        description=need.description,
    )


def _edge(edge: Edge, label: EdgeLabel | None, texts: Texts) -> EdgeWire:
    return EdgeWire(
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        certainty=edge.certainty,
        label=edge.label,
        location=location(edge.span, texts),
        coordination=CoordinationWire.of(label) if label else None,
    )


def all_unresolved(items: Iterable[Unresolved], texts: Texts) -> tuple[UnresolvedWire, ...]:
    """What is not known on the wire, in order of place."""
    return tuple(_unresolved(item, texts) for item in sorted(items, key=lambda item: item.span))


def _unresolved(item: Unresolved, texts: Texts) -> UnresolvedWire:
    return UnresolvedWire(reason=item.reason, location=location(item.span, texts), affects=item.affects)
