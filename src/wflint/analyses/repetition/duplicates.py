"""Model steps that probably do the same work, in one workflow or in several, and versions of one workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.repetition.across import Repository, across
from wflint.analyses.repetition.kept_duplicates import remembered
from wflint.analyses.repetition.related_workflows import related_workflows
from wflint.analyses.repetition.twins import Duplicate
from wflint.analyses.repetition.versions import VersionClusters
from wflint.analyses.repetition.within import Situation, within
from wflint.model.program import Program
from wflint.model.workflow import Workflow


def duplicates(
    program: Program, versions: VersionClusters, shared: SharedMatcher, situation: Callable[[Workflow], Situation]
) -> tuple[Duplicate, ...]:
    """Near duplicates within the workflows of a program and across them, in order of place."""
    known = related_workflows(program)
    repository = Repository(program.workflows, known, versions)
    between = remembered(
        shared, program.workflows, known.used_together(program.workflows), partial(across, repository, shared)
    )
    inside = chain.from_iterable(
        remembered(shared, (workflow,), (), partial(_within, workflow, shared, situation))
        for workflow in program.workflows
    )
    return tuple(sorted((*between, *inside), key=lambda duplicate: duplicate.first.step.span))


def _within(
    workflow: Workflow, shared: SharedMatcher, situation: Callable[[Workflow], Situation]
) -> Iterator[Duplicate]:
    return within(workflow, shared, situation(workflow))
