"""Model steps that probably do the same work on the same input, in workflows that belong together or in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from wflint.analyses.data.impact import Impact
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.repetition.comparing import CONVERSATION, Placed, is_same_work, text_of
from wflint.analyses.repetition.intentional_repeats import is_intentional, speaks_of_several
from wflint.analyses.repetition.kept_duplicates import remembered
from wflint.analyses.repetition.related_workflows import RelatedWorkflows, related_workflows
from wflint.analyses.repetition.same_input import are_siblings, find_the_same
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.model.program import Program
from wflint.model.workflow import EdgeKind, Exchange, Workflow

if TYPE_CHECKING:
    from wflint.matching.clusters import Cluster
    from wflint.matching.matcher import Matcher
    from wflint.matching.scorer import Match
    from wflint.matching.subjects import StepText

_VARIANT: Final = 0.5
"""Workflows that share so many of their steps' names are variants of one."""
_MOST_VIEWS: Final = 8
"""So many steps of a cluster are compared with all others of it."""
_SAME_INPUT: Final = 0.7
"""From this likeness on, inputs under other names count as the same."""


class Situation(Struct, frozen=True):
    """What is known of a workflow's shape."""

    reachability: Reachability
    impact: Impact


def duplicates(
    program: Program, shared: SharedMatcher, situation: Callable[[Workflow], Situation]
) -> tuple[Duplicate, ...]:
    """Near duplicates within the workflows of a program and across them, in order of place."""
    known = related_workflows(program)
    across = chain.from_iterable(
        remembered(shared, group, known.rings(group), partial(_across, group, known, shared))
        for group in known.gathered(program.workflows)
    )
    within = chain.from_iterable(
        remembered(shared, (workflow,), (), partial(_within, workflow, shared, situation))
        for workflow in program.workflows
    )
    return tuple(sorted((*across, *within), key=lambda duplicate: duplicate.first.step.span))


def _telling(workflow: Workflow) -> list[Placed]:
    placed = (Placed(workflow, step) for step in workflow.steps)
    return [one for one in placed if one.is_telling]


def _clusters(placed: list[Placed], shared: SharedMatcher) -> tuple[Cluster, ...]:
    from wflint.matching.clusters import clusters

    def take_the_same(one: StepText, other: StepText) -> bool:
        names = [{given.name for given in step.inputs} - CONVERSATION for step in (one, other)]
        return names[0] == names[1] or shared.matcher.inputs_alike(one, other) >= _SAME_INPUT

    return clusters([text_of(one) for one in placed], shared.matcher, worth=take_the_same)


# --------------------------------------------------------------------------------------------- across workflows


def _across(group: Iterable[Workflow], known: RelatedWorkflows, shared: SharedMatcher) -> Iterator[Duplicate]:
    placed = [one for workflow in group for one in _telling(workflow) if one.inputs]
    if len({one.workflow.id for one in placed}) < len(("one", "another")):
        return
    for cluster in _clusters(placed, shared):
        first = placed[cluster.members[0].step]
        others = ((placed[member.step], member.match) for member in cluster.members[1:])
        twins = [
            Twin(other, match, _agree(first, other), known.are_linked(first.workflow, other.workflow))
            for other, match in others
            if match is not None and _is_apart(first, other) and _is_likely(first, other, match, shared.matcher)
        ]
        if twins:
            yield Duplicate(first, tuple(_one_a_workflow(twins)))


def _one_a_workflow(twins: Iterable[Twin]) -> Iterator[Twin]:
    seen: set[str] = set()
    for twin in twins:
        if twin.placed.workflow.id not in seen:
            seen.add(twin.placed.workflow.id)
            yield twin


def _is_apart(one: Placed, other: Placed) -> bool:
    """Whether the two are code of their own, in workflows that are not variants of each other.

    A workflow that has the code of both has them for different things.
    """
    same = one.workflow.id == other.workflow.id or one.is_code_of(other)
    both = _has(one.workflow, other) or _has(other.workflow, one)
    return not same and not both and not _are_variants(one.workflow, other.workflow)


def _has(workflow: Workflow, placed: Placed) -> bool:
    return any(placed.is_code_of(Placed(workflow, step)) for step in workflow.steps)


def _is_likely(one: Placed, other: Placed, match: Match, matcher: Matcher) -> bool:
    """Whether the two do the same, without anybody wanting it done several times."""
    return is_same_work(one, other, match, matcher) and not speaks_of_several((one.step, other.step))


def _agree(one: Placed, other: Placed) -> bool:
    return one.inputs == other.inputs and set(one.step.tools) == set(other.step.tools)


def _are_variants(one: Workflow, other: Workflow) -> bool:
    """Whether the two workflows have most of their steps in common, as copies of a tutorial have.

    Where the workflows have the same name, a step in common is enough.
    """
    names, others = ({step.id for step in flow.steps if not step.id.startswith("__")} for flow in (one, other))
    common = len(names & others)
    most = common > 1 and common >= _VARIANT * max(len(names), len(others))
    return most or (one.name == other.name and common > 0)


# ------------------------------------------------------------------------------------------- within a workflow


def _within(
    workflow: Workflow, shared: SharedMatcher, situation: Callable[[Workflow], Situation]
) -> Iterator[Duplicate]:
    placed = _telling(workflow)
    if len(placed) < len(("one", "another")):
        return
    for cluster in _clusters(placed, shared):
        found = (_repeated(first, others, shared, situation) for first, others in _views(cluster, placed, shared))
        yield from islice((duplicate for duplicate in found if duplicate is not None), 1)


def _views(
    cluster: Cluster, placed: list[Placed], shared: SharedMatcher
) -> Iterator[tuple[Placed, list[tuple[Placed, Match]]]]:
    """Each step of a cluster with those after it that are like it: the first is not always what joins the others."""
    members = [placed[member.step] for member in cluster.members]
    matches = [(placed[member.step], member.match) for member in cluster.members[1:]]
    yield members[0], [(other, match) for other, match in matches if match is not None]
    for number, first in enumerate(members[1:_MOST_VIEWS], 1):
        others = members[number + 1 :]
        found = shared.matcher.compare_steps([(text_of(first), text_of(other)) for other in others])
        yield first, [(other, match) for other, match in zip(others, found, strict=True) if match.is_match]


def _repeated(
    first: Placed,
    others: Iterable[tuple[Placed, Match]],
    shared: SharedMatcher,
    situation: Callable[[Workflow], Situation],
) -> Duplicate | None:
    """A step with those of its own workflow that do its work again; None where there are none."""
    likely = [(other, match) for other, match in others if is_same_work(first, other, match, shared.matcher)]
    shape = situation(first.workflow) if likely else None
    twins = tuple(
        Twin(other, match, _agree(first, other), is_near=not _only_one_runs(first, other))
        for other, match in likely
        if shape is not None and _is_repeated(first, other, shape)
    )
    return Duplicate(first, twins) if twins else None


def _only_one_runs(one: Placed, other: Placed) -> bool:
    """Whether a conversation is handed over to either of them, which leaves the other out."""
    edges = (*one.workflow.index.edges_into(one.step.id), *one.workflow.index.edges_into(other.step.id))
    return any(edge.kind is EdgeKind.HANDOFF for edge in edges)


def _is_repeated(one: Placed, other: Placed, shape: Situation) -> bool:
    """Whether two steps of a workflow do their work on one input, without anybody meaning them to."""
    names = (one.step.id, other.step.id)
    linked = shape.impact.depends(names[1], names[0]) or shape.impact.depends(names[0], names[1])
    tools = [set(placed.step.tools) for placed in (one, other)]
    if linked or one.is_code_of(other) or (tools[0] != tools[1] and tools[0].isdisjoint(tools[1])):
        return False
    if one.inputs != other.inputs or is_intentional(one.workflow, one.step, other.step, shape.impact):
        return False
    return _begin_alike(one, other, shape.reachability)


def _begin_alike(one: Placed, other: Placed, reachability: Reachability) -> bool:
    """Whether both see the same: they begin at one point, or what they read does not change in between.

    Where steps hand messages on, who comes later gets more than who comes first.
    """
    names = (one.step.id, other.step.id)
    handed = one.workflow.exchange is Exchange.MESSAGES
    talks = handed or one.step.needs_open or other.step.needs_open or not one.inputs
    if are_siblings(one.workflow, reachability, *names):
        return True
    return not talks and find_the_same(one.workflow, reachability, *names, one.inputs)
