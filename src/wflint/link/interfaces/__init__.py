"""How a repository and the world outside get at each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wflint.link.summarizing import Interfaces
from wflint.model.program import Program


def interfaces_of(root: Path, exclude: Sequence[str], program: Program) -> Interfaces:
    """What others may call of a repository, and what it calls of others."""
    del root, exclude, program
    return Interfaces()
