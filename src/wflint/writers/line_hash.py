"""GitHub's fingerprint of a line: what code scanning matches alerts by from one upload to the next.

GitHub computes it itself for SARIF that lacks it, and warns where the two differ; so it is their algorithm, to the
bit. A line's hash is a polynomial over the 100 UTF-16 units that follow its first visible character (tabs and spaces
left out, all line endings as one LF, one unit of all ones for the end of the file, then zeros), modulo 2**64. Equal
hashes are numbered in the order of their lines.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from operator import mul

WINDOW = 100
BASE = 37
END_OF_FILE = 0xFFFF
MODULUS = 1 << 64

POWERS = tuple(pow(BASE, WINDOW - 1 - place, MODULUS) for place in range(WINDOW))
"""The weight of each place in the window."""


def line_hashes(text: str) -> tuple[str, ...]:
    """The hash of every line of `text`, the first line's first."""
    visible = re.sub(r"[ \t]", "", re.sub(r"\r\n?", "\n", text))
    seen: Counter[int] = Counter()
    hashes: list[str] = []
    for start in _line_starts(visible):
        value = sum(map(mul, _units(visible, start), POWERS)) % MODULUS
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return tuple(hashes)


def _units(visible: str, start: int) -> tuple[int, ...]:
    """The window at a line's start; only its own characters are encoded, since files may hold whole pictures."""
    data = visible[start : start + WINDOW].encode("utf-16-le", "surrogatepass")
    units = struct.unpack(f"<{len(data) // 2}H", data)
    return units if start + WINDOW <= len(visible) else (*units, END_OF_FILE)


def _line_starts(visible: str) -> Iterator[int]:
    start = 0
    while start >= 0:
        yield start
        start = visible.find("\n", start) + 1 or -1
