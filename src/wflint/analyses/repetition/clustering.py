"""Steps that are told the same, word for word, and clusters of those that are told it in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from wflint.analyses.repetition.comparing import CONVERSATION, Placed, text_of, wording
from wflint.analyses.repetition.likeness import Comparison
from wflint.model.workflow import Workflow

if TYPE_CHECKING:
    from wflint.matching.clusters import Cluster
    from wflint.matching.subjects import StepText

_SAME_INPUT: Final = 0.7
"""From this likeness on, inputs under other names count as the same."""
_TALK: Final = frozenset({"message"})


def comparable_steps(workflows: Iterable[Workflow]) -> list[Placed]:
    """The steps that can be compared, in order."""
    placed = (Placed(workflow, step) for workflow in workflows for step in workflow.steps)
    return [one for one in placed if one.is_telling]


def copies(placed: Iterable[Placed]) -> list[list[Placed]]:
    """The steps by what they are told; each is in one list, alone or with its copies."""
    found: dict[str, list[Placed]] = {}
    for one in placed:
        found.setdefault(wording(one.step), []).append(one)
    return list(found.values())


def similar(placed: Sequence[Placed], comparison: Comparison) -> tuple[Cluster, ...]:
    """Clusters of steps that may do the same work, on inputs that may be the same."""
    from wflint.matching.clusters import clusters

    def take_the_same(one: StepText, other: StepText) -> bool:
        names = [_fields(step) for step in (one, other)]
        return not all(names) or names[0] == names[1] or comparison.matcher.inputs_alike(one, other) >= _SAME_INPUT

    return clusters([text_of(one) for one in placed], comparison.matcher, comparison.judge, take_the_same)


def _fields(step: StepText) -> frozenset[str]:
    """The fields that a step takes; results of other steps, which are named after these, aside."""
    return frozenset(given.name for given in step.inputs if "." not in given.name) - CONVERSATION - _TALK
