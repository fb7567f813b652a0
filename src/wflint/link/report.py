"""What a link came to, as plain records: the JSON format, version 1. Fields may be added, never changed within it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable
from typing import Final, Literal

import msgspec
from msgspec import Struct

from wflint.link.columns import RepositoryHead
from wflint.link.judging import ToldLikeness
from wflint.link.reading import Unusable
from wflint.link.records import Channel, CoverageSummary, Place, RepositorySummary

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class LinkedRepository(Struct, frozen=True):
    """A repository that takes part, with the file of its summary."""

    repository: str
    file: str
    address: str | None
    revision: str | None
    workflows: int
    steps: int
    coverage: CoverageSummary


class ClusterStep(Struct, frozen=True):
    """A step of a cluster: where it is, and how alike it and the first step are (1: told the same, word for word)."""

    repository: str
    workflow: str
    step: str
    location: Place
    likeness: ToldLikeness
    similarity: float


class Saving(Struct, frozen=True):
    """What one step in place of all would save.

    `definitions` are so many steps fewer to maintain. `et` is what the others cost in effective tokens in one execution
    each: the recorded mean where `recorded`, else an estimate from source, between `low` and `high`. `recorded_et` is
    what recorded runs of the others have cost altogether, null where there are none.
    """

    definitions: int
    et: float
    low: float
    high: float
    recorded: bool
    recorded_et: float | None


class DuplicateCluster(Struct, frozen=True):
    """Steps of several repositories that do the same work; the first is the one that all others are like."""

    steps: tuple[ClusterStep, ...]
    saving: Saving


def most_saved_first(clusters: Iterable[DuplicateCluster]) -> tuple[DuplicateCluster, ...]:
    """Clusters by what merging saves: in recorded runs, in an execution of each, in steps to maintain."""
    return tuple(
        sorted(clusters, key=lambda each: (-(each.saving.recorded_et or 0), -each.saving.et, -each.saving.definitions))
    )


class CopiedWorkflow(Struct, frozen=True):
    """One of the copies of a workflow."""

    repository: str
    workflow: str
    name: str
    location: Place
    steps: int


class Difference(Struct, frozen=True):
    """Something in which a copy is not as the first one is: `kind` is what, `step` where, empty for the whole."""

    kind: Literal["step-added", "step-removed", "text", "needs", "offers", "tools", "model", "edges"]
    repository: str
    workflow: str
    step: str
    detail: str
    location: Place


class Copies(Struct, frozen=True):
    """Workflows of several repositories that were one once; the first is the one that most of the others are copies of.

    Of each other repository the copy that is nearest to the first is compared with it: no differences where all of
    these still are as it is.
    """

    workflows: tuple[CopiedWorkflow, ...]
    differences: tuple[Difference, ...]


class LinkedCall(Struct, frozen=True):
    """A call from one repository into another; `missing` and `unknown` are what does not fit.

    `missing` are fields that the other needs and that are not handed over, `unknown` those that the caller uses and the
    other does not give. `why` says how it is known that this is what is called.
    """

    channel: Channel
    address: str
    caller: str
    location: Place
    provider: str
    provided_at: Place
    workflow: str | None
    why: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    method: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether something does not fit."""
        return bool(self.missing or self.unknown)


class LeftOut(Struct, frozen=True):
    """Something that is not in the result, and why."""

    name: str
    reason: str


class LinkReport(Struct, frozen=True):
    """Everything that a link came to: clusters by what merging saves, most first, all else in order."""

    version: Literal[1]
    repositories: tuple[LinkedRepository, ...]
    clusters: tuple[DuplicateCluster, ...]
    copies: tuple[Copies, ...]
    calls: tuple[LinkedCall, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def gaps(self) -> tuple[LinkedCall, ...]:
        """The calls that do not fit."""
        return tuple(call for call in self.calls if call.is_gap)


def linked_repository(head: RepositoryHead) -> LinkedRepository:
    """A repository as it stands in the report."""
    return LinkedRepository(
        head.name, head.file, head.address, head.revision, head.workflows, head.steps, head.coverage
    )


def left_out(items: list[Unusable]) -> tuple[LeftOut, ...]:
    """What was left out, in order."""
    return tuple(LeftOut(item.name, item.reason) for item in sorted(items, key=lambda item: (item.name, item.reason)))


def write(report: LinkReport) -> str:
    """The report as JSON."""
    return json.dumps(msgspec.to_builtins(report), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the report."""
    return _schema(LinkReport)


def summary_schema() -> str:
    """The JSON Schema of summaries."""
    return _schema(RepositorySummary)


def _schema(kind: type[Struct]) -> str:
    return json.dumps({"$schema": DIALECT, **_dedented(msgspec.json.schema(kind))}, indent=2) + "\n"


def _dedented(schema: dict[str, object]) -> dict[str, object]:
    """A schema whose descriptions are as they are read, not as they stand in the source."""
    return {
        key: inspect.cleandoc(value)
        if key == "description" and isinstance(value, str)
        else _dedented(value)
        if isinstance(value, dict)
        else value
        for key, value in schema.items()
    }
