"""The part of the report about one workflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wflint.analyses.contracts.supply import Arrival, supplies
from wflint.analyses.coverage import coverage_of_workflow
from wflint.analyses.execution.hierarchy import Place
from wflint.analyses.execution.step_cost import FREE
from wflint.analyses.facts import Facts
from wflint.analyses.plan.planning import EdgePlan, plans_of
from wflint.analyses.plan.response import Instruction
from wflint.model.finding import Finding
from wflint.model.recorded import RecordedEdge, Recording
from wflint.model.text import Texts
from wflint.model.workflow import Step, StepKind, Workflow
from wflint.writers.execution_wire import CostWire, LoadWire
from wflint.writers.graph_json import edge_order, workflow_wire
from wflint.writers.report.document import (
    ContractsWire,
    EdgeFiguresWire,
    LineWire,
    ReportWorkflowWire,
    StepCostWire,
)
from wflint.writers.report.sheet import ReportSheet

LONGEST_LINE = 200
"""So many characters of a line of the source are shown."""
_WITHOUT_CONTRACT = frozenset({StepKind.START, StepKind.END, StepKind.ROUTER, StepKind.TOOL})


def report_workflow(place: Place, sheet: ReportSheet, findings: Iterable[Finding]) -> ReportWorkflowWire:
    """All that is known about a workflow."""
    workflow = sheet.program.workflow(place.workflow)
    assert workflow is not None
    facts = sheet.facts.of(workflow)
    covered = coverage_of_workflow(sheet.program, workflow)
    return ReportWorkflowWire(
        title=sheet.titles[workflow.id],
        graph=workflow_wire(workflow, facts.labels, covered, sheet.texts, lambda _: facts.execution),
        steps=sum(step.kind not in (StepKind.START, StepKind.END) for step in workflow.steps),
        depth=place.depth,
        children=place.children,
        load=LoadWire.of(facts.load),
        contracts=_contracts(facts),
        costs=tuple(
            StepCostWire(step=name, cost=CostWire.of(cost)) for name, cost in sorted(facts.execution.costs.items())
        ),
        edges=tuple(_figures(facts, sheet.recording)),
        findings=tuple(finding.fingerprint for finding in findings),
        lines=tuple(_lines(workflow, sheet.texts)),
    )


def _lines(workflow: Workflow, texts: Texts) -> Iterator[LineWire]:
    """The lines that the steps and edges of a workflow come from, each once, in order."""
    spans = [edge.span for edge in workflow.edges]
    spans += [span for step in workflow.steps for span in (step.span, step.definition) if span is not None]
    wanted: dict[str, set[int]] = {}
    for span in spans:
        wanted.setdefault(span.path, set()).add(span.line)
    for path, numbers in sorted(wanted.items()):
        source = texts(path)
        lines = source.module.splitlines()
        for line in sorted(number for number in numbers if 0 < number <= len(lines)):
            cell = source.cell(line)
            number, counted = (cell.number, line - cell.first + 1) if cell is not None else (None, line)
            yield LineWire(path=path, cell=number, line=counted, text=lines[line - 1].strip()[:LONGEST_LINE])


def _figures(facts: Facts, recording: Recording | None) -> Iterator[EdgeFiguresWire]:
    recorded = _recorded(facts.workflow, recording)
    plans = plans_of(facts, facts.labelling)
    for plan in sorted(plans, key=lambda plan: edge_order(plan.edge)):
        p, ran = plan.label.p_mismatch, recorded.get((plan.edge.source, plan.edge.target))
        yield EdgeFiguresWire(
            target=CostWire.of(facts.execution.costs.get(plan.edge.target, FREE)),
            loss=round(p * plan.costs.loss, 1),
            saves=round(plan.costs.static(p) - plan.costs.dynamic(p), 1),
            advice=_advice(plan),
            checkable=plan.checkable,
            executions=ran.executions if ran is not None else None,
            mismatches=ran.mismatches if ran is not None else None,
            et=ran.et if ran is not None else None,
        )


def _recorded(workflow: Workflow, recording: Recording | None) -> Mapping[tuple[str, str], RecordedEdge]:
    edges = recording.edges if recording is not None else ()
    return {(edge.source, edge.target): edge for edge in edges if edge.workflow == workflow.id}


def _advice(plan: EdgePlan) -> str:
    """What to do about an edge, in a sentence."""
    response = plan.response
    if isinstance(response, Instruction):
        return f"Write down once: {response.text}" if response.text else f"Nothing to do: {response.why}."
    first = f"First: {response.first}. " if response.first else ""
    if not response.budget:
        return f"{first}{response.condition[:1].upper()}{response.condition[1:]}."
    return f"{first}Watch that {response.condition}."


def _contracts(facts: Facts) -> ContractsWire:
    workflow = facts.workflow
    steps = [step for step in workflow.steps if step.kind not in _WITHOUT_CONTRACT]
    offers = [offer for step in steps for offer in step.offers]
    needs = [need for step in steps for need in step.needs]
    state = workflow.state
    typed = {field.name for field in state.fields if field.type is not None} if state is not None else set()
    arrivals = [supply.arrival for supply in supplies(facts).values()]
    return ContractsWire(
        offers=len(offers),
        offers_declared=sum(bool(offer.type or offer.description or offer.name in typed) for offer in offers),
        needs=len(needs),
        needs_declared=sum(bool(need.type or need.description or need.name in typed) for need in needs),
        consumers=len(arrivals),
        consumers_supplied=arrivals.count(Arrival.ALWAYS),
        consumers_missing=arrivals.count(Arrival.NEVER),
        offers_checked=sum(offer.check is not None for offer in offers),
        steps=len(steps),
        symmetric=sum(_says_both(step) for step in steps),
    )


def _says_both(step: Step) -> bool:
    """Whether a step says what it needs and what it offers."""
    return bool(step.needs and step.offers)
