"""Versions: workflows of one program that are copies of one, each changed a little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from wflint.analyses.repetition.comparing import Placed, is_open, wording
from wflint.model.patterns import pattern
from wflint.model.workflow import END, START, StepKind, Workflow

_SHARED: Final = 0.5
"""Workflows that share so many of their steps' names may be versions."""
_ALIKE: Final = 0.7
"""Texts that share so much in order are the same, changed a little."""
_SAME_WAYS: Final = 0.8
"""Where no prompts are known, so much of the graph is the same."""
_COMMON: Final = 8
"""Names that more workflows have tell nothing: `agent`, `tools`."""
_CANDIDATES: Final = 50
"""A workflow is compared with so many that share its rarest names."""
_LONGEST: Final = 200
"""So many words of a text are compared."""
_PUNCTUATION: Final = pattern(r"[\W_]+")

Steps = Mapping[str, Placed]
"""The steps of a workflow by their names, spelling aside."""


class Versions(Struct, frozen=True):
    """Workflows that are versions of the first, with the names of the steps that all of them have."""

    workflows: tuple[Workflow, ...]
    shared: tuple[str, ...]


class VersionClusters(Struct, frozen=True):
    """The clusters of a program, and for each workflow in one the number of its cluster."""

    found: tuple[Versions, ...]
    numbers: Mapping[str, int]

    def are_versions(self, one: Workflow, other: Workflow) -> bool:
        """Whether both are versions of one workflow."""
        number = self.numbers.get(one.id)
        return number is not None and number == self.numbers.get(other.id)


def version_clusters(workflows: Sequence[Workflow]) -> VersionClusters:
    """The workflows that are versions of each other, directly or through others, in order of place."""
    steps = [_steps(workflow) for workflow in workflows]
    parts = _connected(len(workflows), _pairs(steps))
    found = [_versions([workflows[place] for place in part], [steps[place] for place in part]) for part in parts]
    numbers = {flow.id: number for number, versions in enumerate(found) for flow in versions.workflows}
    return VersionClusters(tuple(found), numbers)


def _versions(workflows: Sequence[Workflow], steps: Sequence[Steps]) -> Versions:
    common = [name for name in steps[0] if all(name in others for others in steps)]
    return Versions(tuple(workflows), tuple(steps[0][name].step.id for name in common))


def _steps(workflow: Workflow) -> dict[str, Placed]:
    inner = (step for step in workflow.steps if step.id not in (START, END))
    return {_PUNCTUATION.sub("", step.id).casefold(): Placed(workflow, step) for step in inner}


def _pairs(steps: Sequence[Steps]) -> Iterator[tuple[int, int]]:
    """Pairs of places whose workflows are versions, each found through names that few workflows have."""
    often = Counter(name for named in steps for name in named)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, named in enumerate(steps):
        if len(named) < len(("one", "another")):
            continue
        rare = sorted(named, key=lambda name: (often[name], name))
        # Two sets that share half of their names have one of the rarer half in common.
        telling = rare[: len(rare) - int(_SHARED * len(rare)) + 1]
        candidates = dict.fromkeys(other for name in telling for other in reversed(holders[name][-_CANDIDATES:]))
        yield from ((other, place) for other in candidates if _are_versions(steps[other], named, often))
        for name in telling:
            holders[name].append(place)


def _are_versions(one: Steps, other: Steps, often: Mapping[str, int]) -> bool:
    """Whether the steps of two workflows, of the same names, are told the same for the most part.

    Steps that are the same code are shared, and not copied. Where no prompts are known, the graphs have to be the same,
    of steps that have code of their own: the parts of a library have the same names everywhere.
    """
    common = [name for name in one if name in other]
    own = [name for name in common if not one[name].is_code_of(other[name])]
    if len(own) < len(("one", "another")) or len(common) < _SHARED * max(len(one), len(other)):
        return False
    told = [pair for name in own if all(pair := (_told(one[name]), _told(other[name])))]
    if not told:
        telling = (name for name in own if often[name] <= _COMMON)
        coded = sum(1 for name in telling if one[name].step.definition and other[name].step.definition)
        same = set(one) == set(other) and _share_ways(one, other) >= _SAME_WAYS
        return same and coded >= len(("one", "another"))
    return sum(_are_alike(*pair) for pair in told) > len(told) / 2


def _told(placed: Placed) -> str:
    """What a model is asked to do, as far as it is known."""
    return wording(placed.step) if placed.step.kind is StepKind.AGENT and not is_open(placed.step) else ""


def _share_ways(one: Steps, other: Steps) -> float:
    """How many of the ways between steps of the same names are the same."""
    ways = [
        {(edge.source, edge.target) for edge in placed.workflow.edges}
        for placed in (next(iter(steps.values())) for steps in (one, other))
    ]
    return len(ways[0] & ways[1]) / max(len(ways[0]), len(ways[1]), 1)


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one.split()[:_LONGEST], other.split()[:_LONGEST], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of more than one place, each in order."""
    import rustworkx

    graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * count)
    graph.add_edges_from_no_data(list(pairs))
    return sorted(sorted(part) for part in rustworkx.connected_components(graph) if len(part) > 1)
