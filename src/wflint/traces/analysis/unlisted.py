"""What runs show and the source graph lacks: findings against the graph, from evidence and never from guesses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from msgspec import Struct, field

from wflint.model.recorded import Unlisted
from wflint.model.workflow import START, Workflow
from wflint.traces.analysis.executions import Execution, Executions
from wflint.traces.analysis.join import Join
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.spans import Spans
from wflint.traces.draft import Kind


class Succession(Struct):
    """Counts ways that the order of supersteps proves: what runs right after a step that ran alone came of it.

    A step that is deferred comes of everything before it. Where the source knows a step that may have run at the same
    time and come before it, too, the span of that one may be lost, and nothing is proved.
    """

    refs: list[StepRef]
    index: SourceIndex
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add_run(self, executions: list[Execution]) -> None:
        """Look at the executions of one run."""
        supersteps: dict[tuple[int, int], list[StepRef]] = defaultdict(list)
        for one in executions:
            if one.iteration >= 0:
                supersteps[one.around, one.iteration].append(self.refs[one.ref])
        for (around, number), refs in supersteps.items():
            before = supersteps.get((around, number - 1), [])
            if len(before) == 1:
                earlier = {one.step for one in supersteps.get((around, number - 2), ())} or {START}
                for ref in refs:
                    self._note(before[0], ref, earlier)

    def _note(self, source: StepRef, target: StepRef, earlier: set[str]) -> None:
        workflow = self.index.workflows.get(source.workflow)
        if workflow is None or source.workflow != target.workflow or source == target:
            return
        step = workflow.step(target.step)
        if step is None or step.deferred or _has(workflow, source.step, target.step):
            return
        beside = {edge.target for edge in workflow.edges if edge.source in earlier}
        if beside.isdisjoint(edge.source for edge in workflow.edges if edge.target == target.step):
            self.seen[source.workflow, source.step, target.step] += 1

    def __iter__(self) -> Iterator[Unlisted]:
        """The ways that the source graph lacks."""
        for (workflow, source, target), times in sorted(self.seen.items()):
            yield Unlisted(workflow, source, target, "it ran right after the other, which ran alone", times)


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
