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
LINE_FEED = ord("\n")
MODULUS = 1 << 64

POWERS = tuple(pow(BASE, WINDOW - 1 - place, MODULUS) for place in range(WINDOW))
"""The weight of each place in the window."""


def line_hashes(text: str) -> tuple[str, ...]:
    """The hash of every line of `text`, the first line's first."""
    units = _units(text)
    seen: Counter[int] = Counter()
    hashes: list[str] = []
    for start in _line_starts(units):
        value = sum(map(mul, units[start : start + WINDOW], POWERS)) % MODULUS
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return tuple(hashes)


def _units(text: str) -> tuple[int, ...]:
    visible = re.sub(r"[ \t]", "", re.sub(r"\r\n?", "\n", text))
    data = visible.encode("utf-16-le", "surrogatepass")
    return (*struct.unpack(f"<{len(data) // 2}H", data), END_OF_FILE)


def _line_starts(units: tuple[int, ...]) -> Iterator[int]:
    yield 0
    for place, unit in enumerate(units, start=1):
        if unit == LINE_FEED:
            yield place
