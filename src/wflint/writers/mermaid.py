"""Workflows as Mermaid flowcharts, one a workflow: what GitHub and most wikis draw by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.model.contract import Certainty
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.program import Program
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind, Workflow
from wflint.writers.escape import printable_lines
from wflint.writers.graph_json import edge_order
from wflint.writers.wire import Labels


def write(program: Program, labels: Labels) -> str:
    """All flowcharts, each under a comment with the workflow's id."""
    workflows = sorted(program.workflows, key=lambda workflow: workflow.id)
    return "\n".join(printable_lines(_flowchart(workflow, labels(workflow))) for workflow in workflows)


def _flowchart(workflow: Workflow, labels: Mapping[Edge, EdgeLabel]) -> Iterator[str]:
    yield f"%% {workflow.id}"
    yield "flowchart TD"
    names = _names(workflow)
    for name in sorted(names):
        step = workflow.step(name)
        yield f"    {names[name]}{_shape(step, name)}"
    for edge in sorted(workflow.edges, key=edge_order):
        yield f"    {names[edge.source]} {_arrow(edge, labels.get(edge))} {names[edge.target]}"


def _names(workflow: Workflow) -> dict[str, str]:
    """Mermaid ids by step id: numbered, since a step may be called `end` or hold any character."""
    ends = {name for edge in workflow.edges for name in (edge.source, edge.target)}
    everything = sorted({step.id for step in workflow.steps} | ends)
    return {name: f"s{number}" for number, name in enumerate(everything)}


def _shape(step: Step | None, name: str) -> str:
    text = f'"{_escape(name)}"'
    match step.kind if step else None:
        case StepKind.START | StepKind.END:
            return f"([{text}])"
        case StepKind.ROUTER:
            return f"{{{text}}}"
        case StepKind.SUBWORKFLOW:
            return f"[[{text}]]"
        case StepKind.HUMAN:
            return f"[/{text}/]"
        case StepKind.AGENT:
            return f"({text})"
        case StepKind.FUNCTION | StepKind.TOOL | None:
            return f"[{text}]"


def _arrow(edge: Edge, label: EdgeLabel | None) -> str:
    dotted = edge.kind is EdgeKind.CONDITIONAL or edge.certainty is Certainty.POSSIBLE
    watched = label is not None and label.label is Coordination.DYNAMIC
    caption = " ".join(part for part in (edge.label, "⚠" if watched else None) if part)
    line = "-.->" if dotted else "-->"
    return f'{line}|"{_escape(caption)}"|' if caption else line


def _escape(text: str) -> str:
    """Text inside Mermaid's double quotes, where only entities are safe."""
    for plain, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", " ")):
        text = text.replace(plain, entity)
    return text
