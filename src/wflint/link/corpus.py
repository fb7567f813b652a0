"""All repositories of a link put together: where the rows of each lie, and the texts that are told, each once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.link.columns import Packed, RepositoryHead, Rows, ShapeColumns, ToldColumns, Words

SEVERAL: Final = -1
"""Stands for the owner of a text that several repositories have."""
_PARTS: Final = ("owners", "singles", "doubles", "vectors")


class ToldTexts(Struct, frozen=True):
    """The texts that are told, each once: `owners` are the repositories that have them."""

    owners: Rows
    singles: NDArray[np.uint8]
    doubles: NDArray[np.uint16]
    vectors: NDArray[np.int8]

    def save(self, folder: Path) -> None:
        """Write the columns to a folder, for other processes to read."""
        for name in _PARTS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> ToldTexts:
        """The columns in a folder, read as far as they are looked at."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _PARTS))


class Corpus(Struct, frozen=True):
    """Every repository: rows of steps that are told something, and workflows.

    `row_starts` says where the rows of each repository begin, `flow_starts` where its workflows do. `text_of` gives the
    text of each row, `first_rows` the first row of each text. `shape` numbers rows and steps of all of them.
    """

    heads: tuple[RepositoryHead, ...]
    row_starts: Rows
    flow_starts: Rows
    keys: Words
    opens: NDArray[np.bool_]
    faces: tuple[bytes, ...]
    text_of: Rows
    first_rows: Rows
    texts: ToldTexts
    shape: ShapeColumns

    def repository_of(self, row: int) -> int:
        """The repository that a row is of."""
        return int(np.searchsorted(self.row_starts, row, side="right")) - 1

    def flow_repository(self, flow: int) -> int:
        """The repository that a workflow is of."""
        return int(np.searchsorted(self.flow_starts, flow, side="right")) - 1


def gather(files: Sequence[Packed]) -> Corpus:
    """Put files together, in the order given."""
    told = [each.told for each in files]
    keys = _joined([each.keys for each in told], np.uint64)
    row_starts = _starts([len(each.keys) for each in told])
    _, firsts, text_of = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(firsts, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    first_rows, text_of = firsts[order].astype(np.int64), rank[text_of]
    return Corpus(
        heads=tuple(each.head for each in files),
        row_starts=row_starts,
        flow_starts=_starts([len(each.shape.starts) - 1 for each in files]),
        keys=keys,
        opens=_joined([each.opens for each in told], np.bool_),
        faces=tuple(face for each in told for face in each.faces),
        text_of=text_of,
        first_rows=first_rows,
        texts=_texts(told, row_starts, text_of, first_rows),
        shape=_shape([each.shape for each in files], row_starts),
    )


def _texts(told: Sequence[ToldColumns], row_starts: Rows, text_of: Rows, first_rows: Rows) -> ToldTexts:
    owners = np.searchsorted(row_starts, first_rows, side="right") - 1
    of_rows = np.searchsorted(row_starts, np.arange(len(text_of)), side="right") - 1
    owners[np.unique(text_of[of_rows != owners[text_of]])] = SEVERAL
    picked = np.split(first_rows, np.searchsorted(first_rows, row_starts[1:-1]))
    within = [rows - start for rows, start in zip(picked, row_starts.tolist(), strict=False)]
    pairs = list(zip(told, within, strict=True))
    return ToldTexts(
        owners=owners,
        singles=np.concatenate([each.singles[rows] for each, rows in pairs]),
        doubles=np.concatenate([each.doubles[rows] for each, rows in pairs]),
        vectors=np.concatenate([each.vectors[rows] for each, rows in pairs]),
    )


def _shape(shapes: Sequence[ShapeColumns], row_starts: Rows) -> ShapeColumns:
    rows = [
        np.where(each.rows >= 0, each.rows + start, each.rows)
        for each, start in zip(shapes, row_starts.tolist(), strict=False)
    ]
    return ShapeColumns(
        _offsets([each.starts for each in shapes]),
        _joined([each.names for each in shapes], np.uint64),
        _joined(rows, np.int64),
        _joined([each.own for each in shapes], np.bool_),
        _offsets([each.edge_starts for each in shapes]),
        _joined([each.edges for each in shapes], np.uint64),
    )


def _starts(counts: Sequence[int]) -> Rows:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.array(counts, np.int64))])


def _offsets(starts: Sequence[Rows]) -> Rows:
    """Beginnings within each file as beginnings within all of them, with the end of the last."""
    sizes = _starts([int(each[-1]) for each in starts])
    parts = [each[:-1] + size for each, size in zip(starts, sizes.tolist(), strict=False)]
    return np.concatenate([*parts, sizes[-1:]])


def _joined(parts: Sequence[NDArray[np.generic]], kind: type[np.generic]) -> NDArray:  # type: ignore[type-arg]
    return np.concatenate(parts) if parts else np.zeros(0, kind)
