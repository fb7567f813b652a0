"""Drafts as rows of fixed width: many at a time, and column by column, because a row at a time costs twice as much."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from wflint.traces.draft import UNKNOWN, Draft, Flag

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Rows = npt.NDArray[np.void]
    Ids = npt.NDArray[np.uint64]

COLUMNS = (
    ("span", "<u8"),
    ("parent", "<u8"),
    ("start", "<i8"),
    ("end", "<i8"),
    ("task", "<u8"),
    ("trace", "<u4"),
    ("identity", "<u4"),
    ("iteration", "<i4"),
    ("input", "<i4"),
    ("output", "<i4"),
    ("cached", "<i4"),
    ("written", "<i4"),
    ("reasoning", "<i4"),
    ("total", "<i4"),
    ("target", "<u4"),
    ("origin", "<u4"),
    ("error", "<u4"),
    ("keys", "<u4"),
    ("session", "<u4"),
    ("flags", "<u2"),
    ("file", "<u2"),
    ("line", "<u4"),
)
"""The columns of a row, in their order."""
COUNTS = ("input", "output", "cached", "written", "reasoning", "total")
_HEX_SPAN = 16
_NO_ID = "0" * _HEX_SPAN
_LATEST = 2**63 - 1
_LAST_ROUND = 2**31 - 1
_LAST_LINE = 2**32 - 1


def empty_rows(number: int) -> Rows:
    """So many rows of zeros."""
    import numpy as np

    return np.zeros(number, np.dtype(list(COLUMNS)))


def rows_of(drafts: Sequence[Draft]) -> Rows:
    """What is a number in drafts already, or becomes one without a pool; the other columns are left zero."""
    import numpy as np

    rows = empty_rows(len(drafts))
    rows["span"] = hashes([one.span for one in drafts])
    rows["parent"] = hashes([one.parent or _NO_ID for one in drafts])
    rows["task"] = [told_apart(one.task) if one.task else 0 for one in drafts]
    starts, ends = _times([one.start for one in drafts]), _times([one.end for one in drafts])
    rows["start"], rows["end"] = starts, ends
    rows["iteration"] = [one.iteration if one.iteration <= _LAST_ROUND else UNKNOWN for one in drafts]
    counts = [
        (one.input, one.output, one.cached, one.written, one.reasoning, one.total, one.flags, one.line)
        for one in drafts
    ]
    columns = np.array(counts, np.int64).T
    for name, column in zip(COUNTS, columns, strict=False):
        rows[name] = column
    flags = columns[-2] | np.where(ends != 0, Flag.ENDED, 0)
    rows["flags"] = flags | np.where((ends != 0) & (ends < starts), Flag.SKEWED, 0)
    rows["line"] = np.minimum(columns[-1], _LAST_LINE)
    settle(rows)
    return rows


def settle(rows: Rows) -> None:
    """Make one sense of the counts: thoughts that only the total holds are output, parts are not more than wholes.

    No call reads nothing and writes nothing: who says so does not know (a stream of which nobody told the usage).
    """
    import numpy as np

    untold = (rows["input"] == 0) & (rows["output"] == 0)
    for name in COUNTS if untold.any() else ():
        rows[name] = np.where(untold, UNKNOWN, rows[name])
    known = (rows["input"] != UNKNOWN) & (rows["output"] != UNKNOWN)
    if not known.any():
        return
    beyond = rows["total"] - rows["input"] - rows["output"]
    untold = (rows["reasoning"] == UNKNOWN) | (rows["reasoning"] == beyond)
    hidden = known & (rows["total"] != UNKNOWN) & (beyond > 0) & untold
    rows["reasoning"] = np.where(hidden, beyond, rows["reasoning"])
    rows["output"] += np.where(hidden, beyond, 0).astype(np.int32)
    for part, whole in (("cached", "input"), ("reasoning", "output")):
        rows[part] = np.where(known, np.minimum(rows[part], rows[whole]), rows[part])


def hashes(ids: Sequence[str]) -> Ids:
    """A number of 64 bits for each id."""
    import numpy as np

    if set(map(len, ids)) == {_HEX_SPAN}:
        try:
            found = np.frombuffer(bytes.fromhex("".join(ids)), ">u8")
        except ValueError:
            found = np.zeros(0, np.uint64)
        if len(found) == len(ids):
            return found.astype(np.uint64)
    return np.array([hashed(one) for one in ids], np.uint64)


def hashed(text: str) -> int:
    """A number of 64 bits for an id; 0 for none."""
    try:
        if len(text) == _HEX_SPAN:
            number = int(text, 16)
            if number >= 0:
                return number
    except ValueError:
        pass
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little") if text else 0


def told_apart(text: str) -> int:
    """A number of 32 bits for what is only compared within one run of one step; never 0."""
    return crc32(text.encode("utf-8", "replace")) or 1


def _times(times: list[int]) -> npt.NDArray[np.int64]:
    """Times that the table can hold."""
    import numpy as np

    try:
        found = np.array(times, np.int64)
    except OverflowError:
        found = np.array([min(max(time, 0), _LATEST) for time in times], np.int64)
    return np.maximum(found, 0)
