"""What the report says of single steps and workflows: read again from the files, one at a time, where it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from wflint.link.columns import compared_flows, inner_steps
from wflint.link.corpus import Corpus
from wflint.link.reading import Unusable, decode, digest_of, read_bytes
from wflint.link.records import RepositorySummary, StepSummary, WorkflowSummary


class PlacedStep(Struct, frozen=True):
    """A step with its workflow."""

    workflow: WorkflowSummary
    step: StepSummary


class Details(Struct, frozen=True):
    """The steps that are told of, by row, and the workflows, by number; `lost` are files that have changed."""

    steps: Mapping[int, PlacedStep]
    flows: Mapping[int, WorkflowSummary]
    lost: tuple[Unusable, ...]


def details(corpus: Corpus, digests: Sequence[str], rows: Iterable[int], flows: Iterable[int]) -> Details:
    """Read what is wanted, file by file."""
    wanted_rows, wanted_flows = _by_file(rows, corpus.repository_of), _by_file(flows, corpus.flow_repository)
    steps: dict[int, PlacedStep] = {}
    workflows: dict[int, WorkflowSummary] = {}
    lost: list[Unusable] = []
    for place in sorted({*wanted_rows, *wanted_flows}):
        found = _read(corpus.heads[place].file, digests[place])
        if isinstance(found, Unusable):
            lost.append(found)
            continue
        first, start = int(corpus.row_starts[place]), int(corpus.flow_starts[place])
        told, flows_of = list(_told(found)), compared_flows(found)
        steps.update((row, told[row - first]) for row in wanted_rows.get(place, ()))
        workflows.update((flow, flows_of[flow - start]) for flow in wanted_flows.get(place, ()))
    return Details(steps, workflows, tuple(lost))


def _by_file(numbers: Iterable[int], file_of: Callable[[int], int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        found[file_of(number)].append(number)
    return found


def _read(file: str, digest: str) -> RepositorySummary | Unusable:
    data = read_bytes(Path(file))
    if isinstance(data, Unusable):
        return data
    if digest_of(data) != digest:
        return Unusable(file, "changed while it was read")
    return decode(data, file)


def _told(summary: RepositorySummary) -> Iterator[PlacedStep]:
    for workflow in compared_flows(summary):
        for step in inner_steps(workflow):
            if step.told is not None:
                yield PlacedStep(workflow, step)
