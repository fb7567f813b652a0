"""Steps of different workflows that do the same work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.repetition.clustering import comparable_steps, copies, similar
from wflint.analyses.repetition.comparing import Placed
from wflint.analyses.repetition.likeness import Comparison
from wflint.analyses.repetition.related_workflows import RelatedWorkflows
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.analyses.repetition.versions import VersionClusters
from wflint.model.workflow import Workflow


class Repository(Struct, frozen=True):
    """The workflows of a program and how they go together."""

    workflows: Sequence[Workflow]
    related: RelatedWorkflows
    versions: VersionClusters


def across(repository: Repository, shared: SharedMatcher) -> Iterator[Duplicate]:
    """Each step with those of other workflows that do its work, one of each workflow."""
    placed = comparable_steps(repository.workflows)
    if len({one.workflow.id for one in placed}) < len(("one", "another")):
        return
    groups = copies(placed)
    firsts = [group[0] for group in groups]
    comparison = Comparison.of(shared.matcher, firsts)
    told: set[int] = set()
    for cluster in similar(firsts, comparison):
        members = [member.step for member in cluster.members]
        found = _duplicate([groups[number] for number in members], repository, comparison)
        if found is not None:
            told.update(members)
            yield found
    for number, group in enumerate(groups):
        found = _duplicate([group], repository, comparison) if number not in told and len(group) > 1 else None
        if found is not None:
            yield found


def _duplicate(groups: Sequence[Sequence[Placed]], repository: Repository, comparison: Comparison) -> Duplicate | None:
    """The first step of the first group with all that go with it; None where none does."""
    first = groups[0][0]
    others = (other for group in groups for other in group if _is_apart(first, other, repository.versions))
    found = (
        Twin(other, verdict, agree(first, other), *_ties(first, other, repository.related))
        for other in others
        if (verdict := comparison.compare(first, other)) is not None
    )
    kept = tuple(_one_a_workflow(found, repository.versions))
    return Duplicate(first, kept) if kept else None


def _ties(one: Placed, other: Placed, related: RelatedWorkflows) -> tuple[bool, bool]:
    """Whether some code uses the workflows of both, and whether one text may already serve both."""
    return related.are_linked(one.workflow, other.workflow), related.may_share(one.workflow, other.workflow)


def _one_a_workflow(twins: Iterable[Twin], versions: VersionClusters) -> Iterator[Twin]:
    """The nearest twin of each workflow, and of all versions of one."""
    seen: set[str | int] = set()
    for twin in twins:
        workflow = twin.placed.workflow.id
        key = versions.numbers.get(workflow, workflow)
        if key not in seen:
            seen.add(key)
            yield twin


def agree(one: Placed, other: Placed) -> bool:
    """Whether two steps take the same, have the same tools, and hand over to the same agents."""
    same = one.inputs == other.inputs and set(one.step.tools) == set(other.step.tools)
    return same and one.successors_by_handoff == other.successors_by_handoff


def _is_apart(one: Placed, other: Placed, versions: VersionClusters) -> bool:
    """Whether the two are code of their own, in workflows that are not versions of each other.

    A workflow that has the code of both has them for different things.
    """
    same = one.workflow.id == other.workflow.id or one.is_code_of(other)
    if same or versions.are_versions(one.workflow, other.workflow):
        return False
    return not _has(one.workflow, other) and not _has(other.workflow, one)


def _has(workflow: Workflow, placed: Placed) -> bool:
    return any(placed.is_code_of(Placed(workflow, step)) for step in workflow.steps)
