"""Real files to try things on: some of the standard library and of the packages that are installed anyway."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import libcst

_LIBRARY = Path(os.__file__).parent
_NEW_GRAMMAR = Path(libcst.__file__).parent / "_nodes"


def texts() -> Iterator[tuple[str, str]]:
    """Names and texts of files, the same ones every time."""
    for path in (*sorted(_LIBRARY.glob("*.py"))[::8], *sorted(_NEW_GRAMMAR.glob("*.py"))[::3]):
        yield path.name, path.read_bytes().decode("utf-8")
