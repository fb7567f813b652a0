"""Workflows for a reader at a terminal: steps with what they need and offer, edges with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wflint.analyses.labels.coordination import qualifications
from wflint.model.contract import Certainty
from wflint.model.finding import EdgeLabel
from wflint.model.program import Program
from wflint.model.text import Texts
from wflint.model.workflow import Edge, EdgeKind, Step, Unresolved, Workflow
from wflint.writers.escape import printable_lines
from wflint.writers.execution_wire import lines_of
from wflint.writers.graph_json import edge_order
from wflint.writers.text import place
from wflint.writers.wire import Labels, Plans


def write(program: Program, labels: Labels, texts: Texts, plans: Plans | None = None) -> str:
    """All workflows, by id, with an empty line between them."""
    workflows = sorted(program.workflows, key=lambda workflow: workflow.id)
    parts = [printable_lines(_workflow(workflow, labels(workflow), texts, plans)) for workflow in workflows]
    if program.unresolved:
        parts.append(printable_lines(("constructed, but in no workflow", *_unresolved(program.unresolved, texts))))
    return "\n".join(parts)


def _workflow(workflow: Workflow, labels: Mapping[Edge, EdgeLabel], texts: Texts, plans: Plans | None) -> Iterator[str]:
    yield f"{workflow.id}  ({workflow.framework}, {place(workflow.span, texts, str)})"
    yield "  steps"
    for step in sorted(workflow.steps, key=lambda step: step.id):
        yield f"    {_step(step)}"
    yield "  edges"
    for edge in sorted(workflow.edges, key=edge_order):
        yield f"    {_edge(edge, labels.get(edge))}"
    if plans is not None:
        yield "  execution"
        yield from (f"    {line}" for line in lines_of(plans(workflow)))
    if workflow.unresolved:
        yield "  not known"
    yield from _unresolved(workflow.unresolved, texts)


def _unresolved(items: Iterable[Unresolved], texts: Texts) -> Iterator[str]:
    for item in sorted(items, key=lambda item: item.span):
        yield f"    {place(item.span, texts, str)}: {item.reason}"


def _step(step: Step) -> str:
    offers = ", ".join(sorted({offer.name for offer in step.offers}))
    needs = ", ".join(sorted({need.name for need in step.needs}))
    contract = "".join((f"  needs {needs}" if needs else "", f"  offers {offers}" if offers else ""))
    return f"{step.id} [{step.kind}]{contract}"


def _edge(edge: Edge, label: EdgeLabel | None) -> str:
    kind = "" if edge.kind is EdgeKind.DIRECT else f" [{edge.kind}]"
    route = f" on {edge.label!r}" if edge.label else ""
    possible = " (possible)" if edge.certainty is Certainty.POSSIBLE else ""
    verdict = f"  {_verdict(label)}" if label else ""
    return f"{edge.source} -> {edge.target}{kind}{route}{possible}{verdict}"


def _verdict(label: EdgeLabel) -> str:
    numbers = f"p = {label.p_mismatch:.2f}, threshold {label.threshold:.2f}"
    return f"{label.label} ({'; '.join((numbers, *qualifications(label)))})"
