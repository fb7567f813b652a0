"""The graph format, version 1: every workflow as steps, edges and contracts.

Field names may be added, never changed within a version. The schema in `docs/schemas/graph-v1.json` is printed by
`schema` and kept current by a test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import EdgeLabel
from wflint.model.workflow import Edge, EdgeKind, Program, Step, StepKind, Unresolved, Workflow
from wflint.writers.wire import CoordinationWire, Labels, Location, Wire


class OfferWire(Wire):
    """A field that a step says it outputs."""

    name: str
    type: str | None
    description: str
    certainty: Certainty
    location: Location


class NeedWire(Wire):
    """A field that a step expects."""

    name: str
    type: str | None
    required: bool
    location: Location


class StepWire(Wire):
    """A unit of work; `workflow` is the id of the workflow that it runs, where it is one."""

    id: str
    kind: StepKind
    location: Location
    definition: Location | None
    offers: tuple[OfferWire, ...]
    needs: tuple[NeedWire, ...]
    workflow: str | None
    tools: tuple[str, ...]
    model: str | None


class EdgeWire(Wire):
    """A way from one step to the next; `coordination` is null where nothing is known about it yet."""

    source: str
    target: str
    kind: EdgeKind
    certainty: Certainty
    label: str | None
    location: Location
    coordination: CoordinationWire | None


class UnresolvedWire(Wire):
    """What the source does not tell; an empty `affects` concerns the whole workflow."""

    reason: str
    location: Location
    affects: tuple[str, ...]


class WorkflowWire(Wire):
    """One object that its framework would run; `parent` is the id of the workflow that holds it."""

    id: str
    name: str
    framework: str
    parent: str | None
    location: Location
    steps: tuple[StepWire, ...]
    edges: tuple[EdgeWire, ...]
    unresolved: tuple[UnresolvedWire, ...]


class GraphDocument(Wire):
    """All workflows of a run, by id."""

    version: Literal[1] = 1
    workflows: tuple[WorkflowWire, ...]


def write(program: Program, labels: Labels) -> str:
    """The document as text."""
    workflows = sorted(program.workflows, key=lambda workflow: workflow.id)
    document = GraphDocument(workflows=tuple(_workflow(workflow, labels(workflow)) for workflow in workflows))
    return document.model_dump_json(indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(GraphDocument.model_json_schema(mode="serialization"), indent=2) + "\n"


def edge_order(edge: Edge) -> tuple[str, str, str, str, str]:
    """The order of edges in every graph format."""
    return edge.source, edge.target, edge.kind, edge.label or "", str(edge.span)


def _workflow(workflow: Workflow, labels: Mapping[Edge, EdgeLabel]) -> WorkflowWire:
    return WorkflowWire(
        id=workflow.id,
        name=workflow.name,
        framework=workflow.framework,
        parent=workflow.parent,
        location=Location.of(workflow.span),
        steps=tuple(_step(step) for step in sorted(workflow.steps, key=lambda step: step.id)),
        edges=tuple(_edge(edge, labels.get(edge)) for edge in sorted(workflow.edges, key=edge_order)),
        unresolved=tuple(_unresolved(item) for item in sorted(workflow.unresolved, key=lambda item: item.span)),
    )


def _step(step: Step) -> StepWire:
    return StepWire(
        id=step.id,
        kind=step.kind,
        location=Location.of(step.span),
        definition=Location.of(step.definition) if step.definition else None,
        offers=tuple(_offer(offer) for offer in sorted(step.offers, key=lambda offer: (offer.name, offer.span))),
        needs=tuple(_need(need) for need in sorted(step.needs, key=lambda need: (need.name, need.span))),
        workflow=step.workflow,
        tools=step.tools,
        model=step.model,
    )


def _offer(offer: Offer) -> OfferWire:
    return OfferWire(
        name=offer.name,
        type=offer.type,
        description=offer.description,
        certainty=offer.certainty,
        location=Location.of(offer.span),
    )


def _need(need: Need) -> NeedWire:
    return NeedWire(name=need.name, type=need.type, required=need.required, location=Location.of(need.span))


def _edge(edge: Edge, label: EdgeLabel | None) -> EdgeWire:
    return EdgeWire(
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        certainty=edge.certainty,
        label=edge.label,
        location=Location.of(edge.span),
        coordination=CoordinationWire.of(label) if label else None,
    )


def _unresolved(item: Unresolved) -> UnresolvedWire:
    return UnresolvedWire(reason=item.reason, location=Location.of(item.span), affects=item.affects)
