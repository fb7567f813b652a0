"""What runs show and the source graph lacks: findings against the graph, from evidence and never from guesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from wflint.model.recorded import Unlisted
from wflint.model.workflow import Workflow
from wflint.traces.analysis.executions import Executions
from wflint.traces.analysis.join import Join
from wflint.traces.analysis.source_index import SourceIndex
from wflint.traces.analysis.spans import Spans
from wflint.traces.draft import Kind


def unlisted_in(spans: Spans, join: Join, executions: Executions, index: SourceIndex) -> Iterator[Unlisted]:
    """Edges that links, hand-offs or written definitions show, and steps that a definition names."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for sender, receiver in executions.linked():
        _count(seen, join, index, int(join.own[sender]), int(join.own[receiver]), "a link between spans")
    for workflow, source, target in _handed_over(spans, join, executions, index):
        if not _has(index.workflows[workflow], source, target):
            seen[workflow, source, target, "a hand-off"] += 1
    for (workflow, source, target, evidence), times in sorted(seen.items()):
        yield Unlisted(workflow, source, target, evidence, times)
    yield from _defined(spans, index)


def _count(
    seen: Counter[tuple[str, str, str, str]], join: Join, index: SourceIndex, one: int, other: int, how: str
) -> None:
    source, target = join.refs[one], join.refs[other]
    workflow = index.workflows.get(source.workflow)
    if workflow is None or source.workflow != target.workflow or source == target:
        return
    if not _has(workflow, source.step, target.step):
        seen[source.workflow, source.step, target.step, how] += 1


def _handed_over(
    spans: Spans, join: Join, executions: Executions, index: SourceIndex
) -> Iterator[tuple[str, str, str]]:
    texts = spans.table.texts.texts
    owner = executions.owner
    for row in np.flatnonzero(spans.is_kind(Kind.DECISION) & (spans.rows["target"] != 0) & (owner >= 0)):
        ref = join.refs[join.own[owner[row]]]
        workflow = index.workflows.get(ref.workflow)
        target = texts[spans.rows["target"][row]]
        if workflow is not None and workflow.step(target) is not None:
            yield ref.workflow, ref.step, target


def _defined(spans: Spans, index: SourceIndex) -> Iterator[Unlisted]:
    """Workflows that a trace writes down whole, against the one of the source that shares most of their names."""
    for name, nodes, arrows in spans.table.definitions:
        fits = [(len(set(nodes) & {step.id for step in flow.steps}), flow.id) for flow in index.workflows.values()]
        shared, best = max(fits, default=(0, ""))
        if not shared:
            continue
        workflow = index.workflows[best]
        evidence = f'the definition of "{name}" in the trace'
        yield from (Unlisted(best, node, None, evidence, 1) for node in nodes if workflow.step(node) is None)
        for arrow in arrows:
            source, _, target = arrow.partition(" -> ")
            ends = workflow.step(source), workflow.step(target)
            if None not in ends and not _has(workflow, source, target):
                yield Unlisted(best, source, target, evidence, 1)


def _has(workflow: Workflow, source: str, target: str) -> bool:
    return any((edge.source, edge.target) == (source, target) for edge in workflow.edges)
