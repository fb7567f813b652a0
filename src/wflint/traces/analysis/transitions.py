"""The ways that a run took between executions, told by evidence in the trace or by the edges of the source."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.model.workflow import END, START, Edge, Workflow
from wflint.traces.analysis.executions import Execution
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.draft import UNKNOWN
from wflint.traces.table import LONGEST_TEXT

_NEARBY = 256
"""Followers are looked for among so many executions."""
_SLACK = 1_000_000
"""Nanoseconds by which a follower may seem to start too early."""


class Transition(Struct, frozen=True):
    """A way that was taken; an end is None where it is the start or the end of the run."""

    source: Execution | None
    target: Execution | None
    edge: Edge


class _Context(Struct):
    """Executions of one workflow within one run of it, in order of their start."""

    workflow: Workflow
    inside: list[Execution]

    def of(self, step: str, refs: list[StepRef]) -> list[Execution]:
        return [one for one in self.inside if refs[one.ref].step == step]

    def goes_on(self, source: Execution) -> bool:
        """Whether the same step is what begins next: an agent that has used a tool and is still at work."""
        at = bisect_left(self.inside, source.end - _SLACK, key=lambda one: one.start)
        after = (one for one in self.inside[at : at + 2] if one is not source)
        following = next(after, None)
        return following is not None and following.ref == source.ref


def transitions_of(
    executions: list[Execution],
    refs: list[StepRef],
    index: SourceIndex,
    failed: bool,  # noqa: FBT001 (of a run)
) -> Iterator[Transition]:
    """All ways of a run that can be told."""
    for context in _contexts(executions, refs, index):
        entered: set[int] = set()
        left: set[int] = set()
        for transition in _inner(context, refs):
            assert transition.source is not None
            assert transition.target is not None
            entered.add(transition.target.number)
            left.add(transition.source.number)
            yield transition
        yield from _ends(context, refs, entered, left, failed=failed)


def _contexts(executions: list[Execution], refs: list[StepRef], index: SourceIndex) -> Iterator[_Context]:
    grouped: dict[tuple[str, int], list[Execution]] = defaultdict(list)
    for one in executions:
        workflow = refs[one.ref].workflow
        if workflow not in index.workflows or not one.finished:
            continue
        around = one.around
        while around >= 0 and refs[executions[around].ref].workflow == workflow:
            around = executions[around].around
        grouped[workflow, around].append(one)
    for (workflow, _), inside in grouped.items():
        yield _Context(index.workflows[workflow], inside)


def _inner(context: _Context, refs: list[StepRef]) -> Iterator[Transition]:
    by_source: dict[str, list[Edge]] = defaultdict(list)
    for edge in context.workflow.edges:
        if START not in (edge.source, edge.target) and END not in (edge.source, edge.target):
            by_source[edge.source].append(edge)
    followers = {edge.target: context.of(edge.target, refs) for edge in context.workflow.edges}
    for source in context.inside:
        out = by_source.get(refs[source.ref].step, [])
        edges = [edge for edge in out if carried(source, edge) is not False] or out
        found = {edge: list(_followers(source, edge, followers[edge.target])) for edge in edges}
        goes_on = context.goes_on(source)
        for edge in _taken(source, edges, found, context.workflow, goes_on=goes_on):
            for target in found[edge]:
                yield Transition(source, target, edge)


def carried(source: Execution, edge: Edge) -> bool | None:
    """Whether what a step gave back has a part that an edge hands on; None where the edge or the trace names none."""
    if not source.keys or len(source.keys) >= LONGEST_TEXT or not edge.field_map:
        return None
    given = set(source.keys.split(","))
    return any(one.offer in given for one in edge.field_map)


def _followers(source: Execution, edge: Edge, targets: list[Execution]) -> Iterator[Execution]:
    """The executions of an edge's target that may have come of one of its source: the first, or all at once."""
    begin = bisect_left(targets, source.start, key=lambda one: one.start)
    nearby = targets[begin : begin + _NEARBY]
    later = [one for one in nearby if one is not source and _follows(source, one, edge)]
    if not later:
        return
    first = later[0]
    yield first
    if edge.fan_out:
        yield from (one for one in later[1:] if beside(first, one))


def beside(first: Execution, other: Execution) -> bool:
    """Whether two executions of one step were started together."""
    return other.iteration == first.iteration and (other.iteration >= 0 or other.start < first.end)


def _follows(source: Execution, target: Execution, edge: Edge) -> bool:
    if target.around == source.number:
        return True
    if target.start < source.end - _SLACK and source.end:
        return False
    stepped = UNKNOWN not in (source.iteration, target.iteration)
    return not stepped or edge.join is not None or target.iteration == source.iteration + 1


def _taken(
    source: Execution, edges: list[Edge], found: dict[Edge, list[Execution]], workflow: Workflow, *, goes_on: bool
) -> Iterator[Edge]:
    """The edges that were taken: all that hang on no choice, and of each choice those that the trace speaks for.

    Where it speaks for none and the step itself goes on, none was, unless one leads from the step to itself.
    """
    choices: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if not found[edge]:
            continue
        if edge.choice is None or workflow.choices[edge.choice].on_error:
            yield edge
        else:
            choices[edge.choice].append(edge)
    for choice, candidates in choices.items():
        told = [edge for edge in candidates if edge.target in source.targets or edge.label in source.targets]
        if told:
            yield from told
        elif goes_on and all(edge.target != edge.source for edge in candidates):
            continue
        elif workflow.choices[choice].exclusive:
            yield min(candidates, key=lambda edge: found[edge][0].start)
        else:
            yield from candidates


def _ends(
    context: _Context, refs: list[StepRef], entered: set[int], left: set[int], *, failed: bool
) -> Iterator[Transition]:
    first = {edge.target: edge for edge in context.workflow.edges if edge.source == START}
    last = {edge.source: edge for edge in context.workflow.edges if edge.target == END}
    for one in context.inside:
        step = refs[one.ref].step
        if one.number not in entered and step in first:
            yield Transition(None, one, first[step])
        if one.number not in left and step in last and not failed and not one.failed:
            yield Transition(one, None, last[step])


def ways_out(workflow: Workflow, step: str) -> tuple[Edge, ...]:
    """The edges from a step to other steps."""
    return tuple(edge for edge in workflow.edges if edge.source == step and edge.target != END)


def ways_in(workflow: Workflow, step: str) -> tuple[Edge, ...]:
    """The edges from other steps to a step."""
    return tuple(edge for edge in workflow.edges if edge.target == step and edge.source != START)


def names(executions: Iterable[Execution], refs: list[StepRef]) -> frozenset[StepRef]:
    """The steps that were executed."""
    return frozenset(refs[one.ref] for one in executions)
