"""Workflows as one Graphviz graph, a cluster a workflow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from wflint.model.contract import Certainty
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.program import Program
from wflint.model.workflow import Edge, EdgeKind, StepKind, Workflow
from wflint.writers.graph_json import edge_order
from wflint.writers.wire import Labels


def write(program: Program, labels: Labels) -> str:
    """The graph as text."""
    lines = ["digraph wflint {", "  rankdir=TB;", "  node [shape=box];"]
    for number, workflow in enumerate(sorted(program.workflows, key=lambda workflow: workflow.id)):
        lines += [f"  {line}" for line in _cluster(number, workflow, labels(workflow))]
    return "\n".join((*lines, "}")) + "\n"


def _cluster(number: int, workflow: Workflow, labels: Mapping[Edge, EdgeLabel]) -> Iterator[str]:
    yield f"subgraph cluster_{number} {{"
    yield f"  label={_quote(workflow.id)};"
    for step in sorted(workflow.steps, key=lambda step: step.id):
        yield f"  {_node(workflow, step.id)} [label={_quote(step.id)}, shape={_shape(step.kind)}];"
    for edge in sorted(workflow.edges, key=edge_order):
        ends = f"{_node(workflow, edge.source)} -> {_node(workflow, edge.target)}"
        yield f"  {ends}{_style(edge, labels.get(edge))};"
    yield "}"


def _node(workflow: Workflow, step: str) -> str:
    return _quote(f"{workflow.id}/{step}")


def _shape(kind: StepKind) -> str:
    match kind:
        case StepKind.START | StepKind.END:
            return "oval"
        case StepKind.ROUTER:
            return "diamond"
        case StepKind.SUBWORKFLOW:
            return "box3d"
        case StepKind.HUMAN:
            return "parallelogram"
        case StepKind.AGENT | StepKind.FUNCTION | StepKind.TOOL:
            return "box"


def _style(edge: Edge, label: EdgeLabel | None) -> str:
    parts = []
    if edge.label:
        parts.append(f"label={_quote(edge.label)}")
    if edge.kind is EdgeKind.CONDITIONAL or edge.certainty is Certainty.POSSIBLE:
        parts.append("style=dashed")
    if label and label.label is Coordination.DYNAMIC:
        parts.append("color=red")
    return f" [{', '.join(parts)}]" if parts else ""


def _quote(text: str) -> str:
    # JSON's escapes of quotes, backslashes and newlines are also Graphviz's.
    return json.dumps(text, ensure_ascii=False)
