"""Pairs of texts that may be told the same, without comparing every text with every other.

A table sorts all texts by a few slots of their sketches. Two texts that share those slots come to lie side by side,
and each is compared with the next few. Texts that share much share the slots of some table, nearly for certain; texts
that share little hardly ever do. So the work grows with the number of texts, and not with that of their pairs.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.link import sketch
from wflint.link.columns import Rows
from wflint.link.corpus import SEVERAL, ToldTexts

SINGLE_TABLES: Final = 32
DOUBLE_TABLES: Final = 12
TABLES: Final = SINGLE_TABLES + DOUBLE_TABLES
_SINGLE_SLOTS: Final = 3
_DOUBLE_SLOTS: Final = 2
_BEHIND: Final = 2
"""So many further slots sort those that share the slots of a table: who has more in common lies nearer."""
_NEXT: Final = 8
"""Each text is compared with so many that follow."""
_BLOCK: Final = 1 << 16
"""So many pairs are compared at a time, which bounds the memory."""
LEAST_SINGLE: Final = 27
"""Slots of the first half in which two texts agree at least, of 64."""
LEAST_PRODUCT: Final = round(0.84 * sketch.SCALE**2)
"""The product of two vectors at least."""


class Pairs(Struct, frozen=True):
    """Pairs of texts, the smaller number first, with the slots that agree and the product of the vectors."""

    one: Rows
    other: Rows
    single: Rows
    double: Rows
    product: Rows


def none() -> Pairs:
    """No pairs."""
    empty = np.zeros(0, np.int64)
    return Pairs(empty, empty, empty, empty, empty)


def pairs_in(texts: ToldTexts, table: int) -> Pairs:
    """The likely pairs that a table brings together, in order."""
    if len(texts.owners) < len(("one", "another")):
        return none()
    keys, behind = _keys(texts, table)
    order = np.lexsort((np.arange(len(keys)), behind, keys))
    found: list[Pairs] = []
    for step in range(1, min(_NEXT, len(order) - 1) + 1):
        same = np.flatnonzero(keys[order[:-step]] == keys[order[step:]])
        ones, others = order[same], order[same + step]
        owners, theirs = texts.owners[ones], texts.owners[others]
        apart = (owners != theirs) | (owners == SEVERAL)
        found.extend(_compared(texts, ones[apart], others[apart]))
    return unique(found)


def _compared(texts: ToldTexts, ones: Rows, others: Rows) -> list[Pairs]:
    blocks = range(0, len(ones), _BLOCK)
    return [compare(texts, ones[start : start + _BLOCK], others[start : start + _BLOCK]) for start in blocks]


def compare(texts: ToldTexts, ones: Rows, others: Rows) -> Pairs:
    """The pairs that are likely, by sketch and by vector."""
    low, high = np.minimum(ones, others), np.maximum(ones, others)
    single = (texts.singles[low] == texts.singles[high]).sum(axis=1)
    kept = single >= LEAST_SINGLE
    low, high, single = low[kept], high[kept], single[kept]
    product = np.einsum("ij,ij->i", texts.vectors[low], texts.vectors[high], dtype=np.int32)
    kept = product >= LEAST_PRODUCT
    low, high = low[kept], high[kept]
    double = (texts.doubles[low] == texts.doubles[high]).sum(axis=1)
    return Pairs(*(column.astype(np.int64) for column in (low, high, single[kept], double, product[kept])))


def unique(found: list[Pairs]) -> Pairs:
    """All pairs in order, each once."""
    if not found:
        return none()
    columns = [np.concatenate([getattr(each, name) for each in found]) for name in Pairs.__struct_fields__]
    order = np.lexsort((columns[1], columns[0]))
    columns = [column[order] for column in columns]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (columns[0][1:] != columns[0][:-1]) | (columns[1][1:] != columns[1][:-1])
    return Pairs(*(column[fresh] for column in columns))


def _keys(texts: ToldTexts, table: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """For each text what a table sorts it by, and what it sorts those by that share it."""
    slots = _slots()[table]
    if table < SINGLE_TABLES:
        return _number(texts.singles, slots[:_SINGLE_SLOTS], 8), _number(texts.singles, slots[_SINGLE_SLOTS:], 8)
    return _number(texts.doubles, slots[:_DOUBLE_SLOTS], 16), _number(texts.singles, slots[_DOUBLE_SLOTS:], 8)


def _number(sketches: NDArray[np.uint8] | NDArray[np.uint16], slots: tuple[int, ...], bits: int) -> NDArray[np.uint64]:
    found = np.zeros(len(sketches), np.uint64)
    for slot in slots:
        found = (found << np.uint64(bits)) | sketches[:, slot].astype(np.uint64)
    return found


@cache
def _slots() -> tuple[tuple[int, ...], ...]:
    """The slots of each table, the same for ever."""
    draw = random.Random(7)  # noqa: S311 (no secret)
    counts = [_SINGLE_SLOTS] * SINGLE_TABLES + [_DOUBLE_SLOTS] * DOUBLE_TABLES
    return tuple(tuple(draw.sample(range(sketch.SLOTS), count + _BEHIND)) for count in counts)
