"""Summaries as columns: a row for each step that is told something, numbers only, so that a million of them fit.

A file is packed by itself, wherever that is done; packed files are put together in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.link import sketch
from wflint.link.names import says_something
from wflint.link.reading import Unusable, decode, digest_of, read_bytes
from wflint.link.records import (
    CoverageSummary,
    FieldSummary,
    OutsideCall,
    Provided,
    RepositorySummary,
    StepSummary,
    Told,
    WorkflowSummary,
)
from wflint.model.workflow import END, START

UNTOLD: Final = -1
"""Stands for the row of a step that is told nothing."""
_KEY: Final = 16
"""Hex digits of a digest that make a number."""

Words = NDArray[np.uint64]
Rows = NDArray[np.int64]


class Face(Struct, frozen=True, array_like=True):
    """What names say about a step: its own, those of what it takes, gives and uses, with types; how much it is told."""

    name: str
    needs: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, str], ...]
    tools: tuple[str, ...]
    words: int


class RepositoryHead(Struct, frozen=True):
    """What is kept in words of a repository: how it is called, how much was seen, and how others get at it."""

    name: str
    file: str
    coverage: CoverageSummary
    steps: int
    workflows: int
    address: str | None = None
    revision: str | None = None
    packages: tuple[str, ...] = ()
    provides: tuple[Provided, ...] = ()
    calls: tuple[OutsideCall, ...] = ()


class ToldColumns(Struct, frozen=True):
    """A row for each step that is told something.

    `keys` are equal where what is told counts as the same text; `opens` marks the rows of texts that are known in
    part. `faces` are encoded.
    """

    keys: Words
    singles: NDArray[np.uint8]
    doubles: NDArray[np.uint16]
    vectors: NDArray[np.int8]
    opens: NDArray[np.bool_]
    faces: tuple[bytes, ...]


class ShapeColumns(Struct, frozen=True):
    """Workflows: the steps and edges of each begin at `starts` and `edge_starts`.

    `names`, `rows` and `own` have an entry a step: a number for its name, its row among those that are told something,
    and whether it is of somebody's own making: a library gives the steps of what it puts together their names.
    `edges` are numbers for the names of both ends.
    """

    starts: Rows
    names: Words
    rows: Rows
    own: NDArray[np.bool_]
    edge_starts: Rows
    edges: Words


class Packed(Struct, frozen=True):
    """A summary as columns; `digest` is that of its file."""

    digest: str
    head: RepositoryHead
    told: ToldColumns
    shape: ShapeColumns


def pack(path: str) -> Packed | Unusable:
    """The file at `path` as columns, or why it cannot be used."""
    data = read_bytes(Path(path))
    if isinstance(data, Unusable):
        return data
    found = decode(data, path)
    return found if isinstance(found, Unusable) else packed(found, path, digest_of(data))


def packed(summary: RepositorySummary, path: str, digest: str) -> Packed:
    """A summary as columns."""
    flows = compared_flows(summary)
    told = [(step, step.told) for flow in flows for step in inner_steps(flow) if step.told is not None]
    return Packed(digest, _head(summary, path), _told(told), _shape(flows))


def compared_flows(summary: RepositorySummary) -> tuple[WorkflowSummary, ...]:
    """The workflows that are compared: nobody shares those that tests make up."""
    return tuple(flow for flow in summary.workflows if not flow.test)


def inner_steps(workflow: WorkflowSummary) -> Iterator[StepSummary]:
    """The steps that do work, in order."""
    return (step for step in workflow.steps if step.id not in (START, END))


def face_of(step: StepSummary) -> Face:
    """A step by its names."""
    words = step.told.words if step.told is not None else 0
    return Face(step.id, _typed(step.needs), _typed(step.offers), step.tools, words)


def _typed(fields: Sequence[FieldSummary]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.type or "") for field in fields)


def _head(summary: RepositorySummary, path: str) -> RepositoryHead:
    return RepositoryHead(
        name=summary.repository,
        file=path,
        coverage=summary.coverage,
        steps=sum(1 for flow in summary.workflows for _ in inner_steps(flow)),
        workflows=len(summary.workflows),
        address=summary.address,
        revision=summary.revision,
        packages=summary.packages,
        provides=summary.provides,
        calls=summary.calls,
    )


def _told(told: Sequence[tuple[StepSummary, Told]]) -> ToldColumns:
    sketches = _bytes([one.sketch for _, one in told], sketch.LENGTH)
    vectors = _bytes([one.vector for _, one in told], sketch.DIMENSIONS)
    return ToldColumns(
        keys=np.array([_key(step, one) for step, one in told], np.uint64),
        singles=np.ascontiguousarray(sketches[:, : sketch.SLOTS]),
        doubles=np.ascontiguousarray(sketches[:, sketch.SLOTS :]).view("<u2"),
        vectors=vectors.view(np.int8),
        opens=np.array([not one.complete for _, one in told], np.bool_),
        faces=tuple(msgspec.json.encode(face_of(step)) for step, _ in told),
    )


def _key(step: StepSummary, told: Told) -> int:
    """Equal for the same text; a text that is known in part, or that people only are told, needs the same name, too."""
    own = "" if told.complete and told.asked else plain_name(step.id)
    return number_of(f"{told.digest}\0{own}\0{told.complete}")


def _bytes(texts: Sequence[str], length: int) -> NDArray[np.uint8]:
    rows = b"".join(sketch.decoded(text, length).tobytes() for text in texts)
    return np.frombuffer(rows, np.uint8).reshape(len(texts), length)


def _shape(workflows: Sequence[WorkflowSummary]) -> ShapeColumns:
    names: list[int] = []
    rows: list[int] = []
    own: list[bool] = []
    edges: list[int] = []
    starts, edge_starts, told = [0], [0], 0
    for workflow in workflows:
        for step in inner_steps(workflow):
            names.append(number_of(plain_name(step.id)))
            rows.append(told if step.told is not None else UNTOLD)
            told += step.told is not None
            own.append(step.location != workflow.location and says_something(step.id))
        edges += sorted({number_of(f"{plain_name(one.source)}\0{plain_name(one.target)}") for one in workflow.edges})
        starts.append(len(names))
        edge_starts.append(len(edges))
    return ShapeColumns(
        np.array(starts, np.int64),
        np.array(names, np.uint64),
        np.array(rows, np.int64),
        np.array(own, np.bool_),
        np.array(edge_starts, np.int64),
        np.array(edges, np.uint64),
    )


def number_of(text: str) -> int:
    """A number that stands for a text."""
    return int(sketch.digest_of(text)[:_KEY], 16)


def plain_name(name: str) -> str:
    """A name, spelling aside."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
