"""Model steps of different workflows that probably do the same work on the same input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wflint.analyses.soft_matches import SharedMatcher
from wflint.model.workflow import Program, Step, StepKind, Workflow

if TYPE_CHECKING:
    from wflint.matching.clusters import Cluster
    from wflint.matching.scorer import Match
    from wflint.matching.subjects import StepText

_TELLING = 20
"""A description with so many characters says something."""
_CONVERSATION = frozenset({"messages"})
"""Fields that nearly every agent reads: they say nothing about what it works on."""
_VARIANT = 0.5
"""Workflows that share so many of their steps' names are variants of one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with its workflow."""

    workflow: Workflow
    step: Step

    @property
    def inputs(self) -> frozenset[str]:
        """What it works on, the conversation aside."""
        return frozenset(need.name for need in self.step.needs) - _CONVERSATION


@dataclass(frozen=True, slots=True)
class Twin:
    """A step that probably does the work of another one; `agrees` where inputs and tools are the same too."""

    placed: Placed
    match: Match
    agrees: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A step and those of other workflows that do its work."""

    first: Placed
    twins: tuple[Twin, ...]


def duplicates(program: Program, shared: SharedMatcher) -> tuple[Duplicate, ...]:
    """Near duplicates across the workflows of a program, in order of place."""
    placed = [Placed(workflow, step) for workflow in program.workflows for step in workflow.steps if _is_telling(step)]
    if len({one.workflow.id for one in placed}) < len(("one", "another")):
        return ()
    from wflint.matching.clusters import clusters

    found = clusters([_text(one.step) for one in placed], shared.matcher)
    return tuple(duplicate for cluster in found for duplicate in _duplicate(placed, cluster))


def _is_telling(step: Step) -> bool:
    """Whether the step asks a model, and says enough about its work to be compared."""
    described = len(step.description) >= _TELLING
    fields = {need.name for need in step.needs} - _CONVERSATION and {
        offer.name for offer in step.offers
    } - _CONVERSATION
    return step.kind is StepKind.AGENT and (described or bool(fields))


def _text(step: Step) -> StepText:
    from wflint.matching.subjects import FieldText, StepText

    inputs = tuple(FieldText(need.name, need.type or "", need.description) for need in step.needs)
    outputs = tuple(FieldText(offer.name, offer.type or "", offer.description) for offer in step.offers)
    return StepText(step.id, step.description, step.tools, inputs, outputs)


def _duplicate(placed: list[Placed], cluster: Cluster) -> Iterator[Duplicate]:
    first = placed[cluster.members[0].step]
    others = ((placed[member.step], member.match) for member in cluster.members[1:])
    twins = [Twin(other, match, _agree(first, other)) for other, match in others if match is not None]
    apart = tuple(_one_a_workflow(twin for twin in twins if _is_apart(first, twin.placed)))
    if apart:
        yield Duplicate(first, apart)


def _one_a_workflow(twins: Iterable[Twin]) -> Iterator[Twin]:
    seen: set[str] = set()
    for twin in twins:
        if twin.placed.workflow.id not in seen:
            seen.add(twin.placed.workflow.id)
            yield twin


def _is_apart(one: Placed, other: Placed) -> bool:
    """Whether the two are code of their own, in workflows that are not variants of each other, on a common input."""
    shared_code = one.step.definition is not None and one.step.definition == other.step.definition
    if one.workflow.id == other.workflow.id or one.step.span == other.step.span or shared_code:
        return False
    return bool(one.inputs & other.inputs) and not _are_variants(one.workflow, other.workflow)


def _agree(one: Placed, other: Placed) -> bool:
    return one.inputs == other.inputs and one.step.tools == other.step.tools


def _are_variants(one: Workflow, other: Workflow) -> bool:
    """Whether the two workflows have most of their steps in common, as copies of a tutorial have."""
    names, others = ({step.id for step in flow.steps if not step.id.startswith("__")} for flow in (one, other))
    return len(names & others) >= _VARIANT * max(len(names), len(others)) and len(names & others) > 1
