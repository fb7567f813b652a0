"""The report for a pull request: Markdown as GitHub reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.analyses.execution.executions import Bound
from wflint.model.finding import Standing
from wflint.writers.escape import code_span, html, markdown
from wflint.writers.execution_wire import ExecutionsWire, ExecutionWire
from wflint.writers.report.actions import headed
from wflint.writers.report.diagram import flowchart, left_out
from wflint.writers.report.document import (
    ActionWire,
    ComparisonWire,
    Health,
    ReportDocument,
    ReportWorkflowWire,
    TracesWire,
)
from wflint.writers.report.words import covered, cut, spent, words
from wflint.writers.summary import count
from wflint.writers.wire import AnyLocation, CellLocation

MOST_WORKFLOWS = 12
"""So many workflows have a section; the others have a row."""
MOST_ROWS = 40
MOST_NAMES = 12
MOST_BYTES = 60_000
"""GitHub cuts comments off at 65,536 characters."""
LONGEST = 300
"""So many characters of a text from outside are shown."""
MARKS = {
    Health.EMPTY: ":white_circle:",
    Health.UNKNOWN: ":grey_question:",
    Health.BROKEN: ":x:",
    Health.ATTENTION: ":warning:",
    Health.HEALTHY: ":white_check_mark:",
}


def write(document: ReportDocument) -> str:
    """The report; sections that would make it too long are left out, and said to be."""
    found = ""
    left = 0
    for section in _sections(document):
        text = "".join(f"{line}\n" for line in section)
        if len((found + text).encode()) > MOST_BYTES:
            left += 1
        else:
            found += text
    return found + (f"\n{count(left, 'section')} left out here; the JSON has everything.\n" if left else "")


def _sections(document: ReportDocument) -> Iterator[Iterable[str]]:
    yield _first(document)
    if document.comparison is not None:
        yield _compared(document.comparison, document)
    if document.workflows:
        yield _risks(document)
        yield _table(document)
    if document.duplicates:
        yield ("", "### Duplicated work", "", *(f"- {_text(one.message)}" for one in document.duplicates[:MOST_ROWS]))
    if document.traces is not None:
        yield _traces(document.traces)
    yield _coverage(document)
    by_weight = sorted(document.workflows, key=lambda one: (-len(one.findings), -one.load.dynamic_edges))
    yield from (_workflow(one) for one in by_weight[:MOST_WORKFLOWS])


def _first(document: ReportDocument) -> Iterator[str]:
    verdict = document.verdict
    yield "## Health of the agent workflows"
    yield ""
    more = markdown(" ".join(verdict.sentences[1:]))
    yield f"{MARKS[verdict.health]} **{markdown(verdict.sentences[0])}** {more}".rstrip()
    if document.actions:
        yield ""
        yield "### To do first"
        yield ""
    for number, action in enumerate(document.actions, start=1):
        yield from _action(number, action)


def _action(number: int, action: ActionWire) -> Iterator[str]:
    where = f" ({_place(action.location)})" if action.location is not None else ""
    title, label, more = headed(action)
    yield f"{number}. **{_text(title)}**{where}  "
    yield f"   {label}: {_text(more)}  "
    if action.saves:
        yield f"   At stake: {_text(action.saves)}"


def _compared(found: ComparisonWire, document: ReportDocument) -> Iterator[str]:
    yield ""
    yield "### Since the earlier report"
    yield ""
    yield (
        f"{found.introduced} introduced, {len(found.fixed)} fixed, {found.existing} still there; edges to watch "
        f"{found.before.dynamic_edges} → {document.totals.dynamic_edges}."
    )
    yield ""
    fresh = [finding for finding in document.findings if finding.standing is Standing.INTRODUCED]
    yield from (f"- new: {_text(one.message)} ({_place(one.location)})" for one in fresh[:MOST_ROWS])
    yield from (f"- fixed: {_text(one.message)}" for one in found.fixed[:MOST_ROWS])


def _risks(document: ReportDocument) -> Iterator[str]:
    found = [risk for risk in document.risks if document.workflows[risk.workflow].edges[risk.edge].says_what_to_do]
    totals = document.totals
    left = totals.dynamic_edges - totals.checkable_edges - totals.mismatched_edges
    if not document.risks:
        return
    yield ""
    yield "### Edges to watch"
    if left:
        yield ""
        yield f"{count(left, 'edge')} may not fit, with nothing to check in the source: recorded runs would settle it."
    if not found:
        return
    yield ""
    yield "| edge | workflow | p | loss a run (ET) | what to check | where |"
    yield "|---|---|--:|--:|---|---|"
    for risk in found[:10]:
        one = document.workflows[risk.workflow]
        edge, figures = one.graph.edges[risk.edge], one.edges[risk.edge]
        yield (
            f"| {_code(edge.source)} → {_code(edge.target)} | {_code(one.title)} | {risk.p:.2f} "
            f"| {risk.loss:,.0f} | {_text(figures.advice)} | {_place(edge.location)} |"
        )


def _table(document: ReportDocument) -> Iterator[str]:
    yield ""
    yield "### Workflows"
    yield ""
    yield "| workflow | steps | edges | to watch | findings | whole contracts | critical path (ET) | tokens held |"
    yield "|---|--:|--:|--:|--:|--:|---|--:|"
    for one in document.workflows[:MOST_ROWS]:
        contracts, plan = one.contracts, one.graph.execution
        indent = "&nbsp;" * 4 * min(one.depth, 8)
        cost = spent(plan.cost) if plan is not None else ""
        yield (
            f"| {indent}{_code(one.title)} | {one.steps} | {one.load.edges} | {one.load.dynamic_edges} "
            f"| {len(one.findings)} | {contracts.symmetric} of {contracts.steps} | {cost} | {one.load.tokens:,} |"
        )
    if len(document.workflows) > MOST_ROWS:
        yield ""
        yield f"{len(document.workflows) - MOST_ROWS} more workflows are in the JSON."
    yield ""
    yield markdown(" ".join(words(document.weights)))


def _traces(found: TracesWire) -> Iterator[str]:
    yield ""
    yield "### Recorded runs"
    yield ""
    spent = f", {found.et:,.0f} effective tokens" if found.et is not None else ""
    yield f"{count(found.runs, 'run')}, {count(found.calls, 'model call')}{spent}."
    yield ""
    yield "| part of a complete trace | missing |"
    yield "|---|--:|"
    yield from (f"| {part.part} | {part.missing or 'complete'} |" for part in found.parts)
    if found.anomalies:
        yield ""
    yield from (f"- {_code(one.step)}: {_text(one.frame)}" for one in found.anomalies[:MOST_ROWS])


def _coverage(document: ReportDocument) -> Iterator[str]:
    yield ""
    yield "### What is not known"
    yield ""
    yield covered(document)
    lost = [*document.unresolved, *(item for one in document.workflows for item in one.graph.unresolved)]
    if lost or document.notices:
        yield ""
    yield from (f"- {_place(item.location)}: {_text(item.reason)}" for item in lost[:MOST_ROWS])
    yield from (f"- {_place(notice.location)}: {_text(notice.message)}" for notice in document.notices[:MOST_ROWS])


def _workflow(one: ReportWorkflowWire) -> Iterator[str]:
    yield ""
    yield f"<details><summary>{html(cut(one.title, LONGEST))}</summary>"
    yield ""
    yield f"{_code(one.graph.id)} ({markdown(one.graph.framework)}, {_place(one.graph.location)})"
    yield ""
    yield "```mermaid"
    yield from flowchart(one)
    yield "```"
    yield ""
    steps, edges = left_out(one)
    if steps or edges:
        yield f"{count(steps, 'step')} and {count(edges, 'edge')} of less weight are not drawn."
        yield ""
    if one.graph.execution is not None:
        yield from _execution(one.graph.execution)
    split = one.load.split
    if split is not None:
        yield f"- split before {_names(split.later)}: {count(split.crossing, 'edge')} would lead across"
    yield ""
    yield "</details>"


def _execution(plan: ExecutionWire) -> Iterator[str]:
    path = _names(plan.critical_path, " → ")
    yield f"- {count(len(plan.stages), 'stage')}; critical path: {path} ({spent(plan.cost)})"
    if plan.worst is not None and plan.worst:
        yield f"- at most {plan.worst:,.0f} effective tokens a run"
    for pair in plan.independent:
        yield f"- {_code(pair.first)} and {_code(pair.second)} could run at the same time ({spent(pair.saved)})"
    for wait in plan.waits:
        yield f"- {_code(wait.target)} waits for {_names(wait.sources)}; {_code(wait.last)} comes last"
    for bound in Bound:
        names = tuple(one.step for one in plan.executions if one.bound is bound)
        if names and bound is not Bound.ONCE:
            yield f"- {bound}{_most(plan.executions, bound)}: {_names(names)}"


def _most(executions: tuple[ExecutionsWire, ...], bound: Bound) -> str:
    most = max((one.most for one in executions if one.bound is bound and one.most is not None), default=None)
    return f", at most {most} times" if most is not None else ""


def _names(names: tuple[str, ...], between: str = ", ") -> str:
    shown = between.join(_code(name) for name in names[:MOST_NAMES])
    return shown + (f"{between}{len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else "")


def _place(place: AnyLocation) -> str:
    cell = f":cell {place.cell}" if isinstance(place, CellLocation) else ""
    return _code(f"{place.path}{cell}:{place.line}")


def _text(text: str) -> str:
    return markdown(cut(text, LONGEST))


def _code(text: str) -> str:
    return code_span(cut(text, 120))
