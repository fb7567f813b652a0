"""Steps of one workflow that do the same work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from wflint.analyses.data.impact import Impact
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.repetition.across import agree
from wflint.analyses.repetition.clustering import comparable_steps, copies, similar
from wflint.analyses.repetition.comparing import Placed, said
from wflint.analyses.repetition.intentional_repeats import is_intentional
from wflint.analyses.repetition.likeness import Comparison, Likeness
from wflint.analyses.repetition.same_input import are_siblings, find_the_same
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.model.patterns import pattern
from wflint.model.workflow import EdgeKind, Exchange, Workflow

_MOST_VIEWS: Final = 8
"""So many steps of a cluster are compared with all others of it."""
_ON_RESULTS: Final = pattern(
    r"""\b(review|check|evaluat|critiqu|critici[sz]|improv|edit|proofread|test|validat|verif|scor|grad|judg|refin|revis
    |rewrit|continu|polish|correct|fix|approv|assess|updat|again\b|previous|above|draft|so\ far|feedback)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of work on what steps before have made."""


class Situation(Struct, frozen=True):
    """What is known of a workflow's shape."""

    reachability: Reachability
    impact: Impact


def within(workflow: Workflow, shared: SharedMatcher, shape: Situation) -> Iterator[Duplicate]:
    """Each step with those of its workflow that do its work again."""
    placed = comparable_steps((workflow,))
    if len(placed) < len(("one", "another")):
        return
    comparison = Comparison.of(shared.matcher, placed)
    groups = copies(placed)
    rest: list[Placed] = []
    for group in groups:
        found = _first_repeated(group, comparison, shape)
        if found is not None:
            yield found
        else:
            rest.append(group[0])
    for cluster in similar(rest, comparison):
        found = _first_repeated([rest[member.step] for member in cluster.members], comparison, shape)
        if found is not None:
            yield found


def _first_repeated(members: Sequence[Placed], comparison: Comparison, shape: Situation) -> Duplicate | None:
    """The first step of a cluster that others do again: the first of all is not always what joins the others."""
    views = (
        _repeated(first, members[number + 1 :], comparison, shape) for number, first in enumerate(members[:_MOST_VIEWS])
    )
    return next((found for found in views if found is not None), None)


def _repeated(first: Placed, others: Iterable[Placed], comparison: Comparison, shape: Situation) -> Duplicate | None:
    """A step with those of its own workflow that do its work again; None where there are none."""
    twins = tuple(
        Twin(other, verdict, _agree(first, other), is_near=not _only_one_runs(first, other))
        for other in others
        if (verdict := comparison.compare(first, other))
        and not (verdict.likeness is Likeness.ALIKE and _are_told_apart(first, other, comparison))
        and _is_repeated(first, other, verdict.likeness, shape)
    )
    return Duplicate(first, twins) if twins else None


def _agree(one: Placed, other: Placed) -> bool:
    return agree(one, other) and one.step.worker == other.step.worker


def _only_one_runs(one: Placed, other: Placed) -> bool:
    """Whether a conversation is handed over to either of them, which leaves the other out."""
    edges = (*one.workflow.index.edges_into(one.step.id), *one.workflow.index.edges_into(other.step.id))
    return any(edge.kind is EdgeKind.HANDOFF for edge in edges)


def _are_told_apart(one: Placed, other: Placed, comparison: Comparison) -> bool:
    """Whether near texts are of two jobs: somebody picks between them, or each is called after what is its own."""
    picked = _only_one_runs(one, other) or _are_alternatives(one, other)
    return picked or (one.step.id != other.step.id and comparison.are_named_apart(one, other))


def _are_alternatives(one: Placed, other: Placed) -> bool:
    """Whether somebody chooses between them by what each is for, so that they had better be told apart."""
    into = [one.workflow.index.edges_into(placed.step.id) for placed in (one, other)]
    chosen = [{edge.choice for edge in edges if edge.choice is not None} for edges in into]
    return any(one.workflow.choices[number].exclusive for number in chosen[0] & chosen[1])


def _is_repeated(one: Placed, other: Placed, found: Likeness, shape: Situation) -> bool:
    """Whether two steps of a workflow do their work on one input, without anybody meaning them to."""
    names = (one.step.id, other.step.id)
    linked = shape.impact.depends(names[1], names[0]) or shape.impact.depends(names[0], names[1])
    tools = [set(placed.step.tools) for placed in (one, other)]
    if linked or one.is_code_of(other) or (tools[0] != tools[1] and tools[0].isdisjoint(tools[1])):
        return False
    if one.inputs != other.inputs or is_intentional(one.workflow, one.step, other.step, shape.impact):
        return False
    return _begin_alike(one, other, shape.reachability) or (found is Likeness.COPY and _are_told_all(one, other))


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


def _are_told_all(one: Placed, other: Placed) -> bool:
    """Whether the texts of both say all that there is to do: no result goes into them, and they ask for none."""
    told = one.workflow.inputs_fill_prompts and not one.inputs and not other.inputs
    return told and not _ON_RESULTS.search(said(one.step))
