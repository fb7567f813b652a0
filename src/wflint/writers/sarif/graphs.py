"""Workflows as SARIF graphs."""

from __future__ import annotations

import sarif_om as om

from wflint.model.text import Texts
from wflint.model.workflow import Edge, Workflow
from wflint.writers.graph_json import edge_order
from wflint.writers.sarif import places
from wflint.writers.sarif.results import coordination
from wflint.writers.wire import CoordinationWire, Labels


def graph(workflow: Workflow, labels: Labels, texts: Texts) -> om.Graph:
    """One workflow; an edge to a step that there is not has no place in a graph and is left out."""
    known = {step.id for step in workflow.steps}
    edges = [edge for edge in sorted(workflow.edges, key=edge_order) if {edge.source, edge.target} <= known]
    judged = labels(workflow)
    return om.Graph(
        description=om.Message(text=workflow.id),
        nodes=[
            om.Node(
                id=step.id,
                label=om.Message(text=step.id),
                location=places.location(step.span, texts),
                properties={"kind": step.kind.value},
            )
            for step in sorted(workflow.steps, key=lambda step: step.id)
        ],
        edges=[
            _edge(edge, number, CoordinationWire.of(judged[edge]) if edge in judged else None)
            for number, edge in enumerate(edges)
        ],
        properties={"framework": workflow.framework, "name": workflow.name},
    )


def _edge(edge: Edge, number: int, label: CoordinationWire | None) -> om.Edge:
    properties: dict[str, object] = {"kind": edge.kind.value, "certainty": edge.certainty.value}
    if label is not None:
        properties["coordination"] = coordination(label)
    return om.Edge(
        id=str(number),
        source_node_id=edge.source,
        target_node_id=edge.target,
        label=om.Message(text=edge.label) if edge.label else None,
        properties=properties,
    )
