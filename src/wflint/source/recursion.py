"""How deep Python may recurse while a file is lowered."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def recursion_limit(frames: int) -> Iterator[None]:
    """Allows so many frames and stops the garbage collector.

    The collector would walk the half-made tree again and again, which doubles the time, and find nothing: the tree
    has no cycles.
    """
    collecting, limit = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()


def depth() -> int:
    """How many frames there are."""
    frame, count = sys._getframe(), 0  # noqa: SLF001 - the way to count them that costs nothing
    while frame is not None:
        frame, count = frame.f_back, count + 1  # type: ignore[assignment]
    return count
