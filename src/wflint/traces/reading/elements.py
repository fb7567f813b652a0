"""Records of a JSON array out of a text that is too long to decode at once.

The first objects that stand directly in an array are taken for the records, whatever is around the array. What lies
between quotes is told from structure by columns of bytes, not by a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

_FIRST = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|(\[\s*\{)', re.DOTALL)
"""What is between quotes, so that it is passed over, or the beginning of a list of objects."""
_QUOTE, _OPEN, _CLOSE, _IN, _OUT = b'"{}[]'
_LONGEST = 1 << 26
_Places = npt.NDArray[np.int64]


class Elements:
    """Takes a text in chunks and gives the records that are complete; `found` counts them."""

    def __init__(self) -> None:
        self._rest = b""
        self._begun = False
        self._ended = False
        self.found = 0
        self.lost = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The records that are complete after another chunk."""
        text = self._rest + chunk
        if self._ended:
            return
        if not self._begun:
            first = next((found for found in _FIRST.finditer(text) if found.group(1)), None)
            if first is None:
                self._rest = text[-_LONGEST:]
                return
            self._begun = True
            text = text[first.end() - 1 :]
        at = 0
        found, self._ended = _objects(text)
        for start, end in found:
            self.found += 1
            yield text[start:end]
            at = end
        self._rest = text[at:]
        if len(self._rest) > _LONGEST:
            self.lost += 1
            self._ended, self._rest = True, b""

    def close(self) -> bool:
        """Whether the text ended inside of a record."""
        broken = self._begun and not self._ended
        self._rest = b""
        return broken


def _objects(text: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Beginnings and ends of the objects that stand side by side at the start of a text; whether their list ends."""
    hidden = text.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    places, steps = _structure(np.frombuffer(hidden, np.uint8))
    depth = np.cumsum(steps)
    below = np.flatnonzero(depth < 0)
    if len(below):
        places, steps, depth = places[: below[0]], steps[: below[0]], depth[: below[0]]
    starts = places[(depth == 1) & (steps == 1)]
    ends = places[(depth == 0) & (steps == -1)] + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=False)), bool(len(below))


def _structure(data: npt.NDArray[np.uint8]) -> tuple[_Places, _Places]:
    """The brackets outside of quotes, and by how much each one goes in or out."""
    marks = np.flatnonzero((data == _QUOTE) | (data == _OPEN) | (data == _CLOSE) | (data == _IN) | (data == _OUT))
    kinds = data[marks]
    outside = (kinds != _QUOTE) & (np.cumsum(kinds == _QUOTE) % 2 == 0)
    kinds = kinds[outside]
    return marks[outside], np.where((kinds == _OPEN) | (kinds == _IN), 1, -1)
