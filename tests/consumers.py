"""Other people's programs and packages that read what wflint writes."""

from __future__ import annotations

import shutil
from types import ModuleType

import pytest

MISSING = "no consumer"
"""How the reason of a skipped test begins; `.ci/run` does not accept any."""


def package(name: str) -> ModuleType:
    """A package that reads a format; the test is skipped where it is not installed."""
    found = pytest.importorskip(name, reason=f"{MISSING}: the package {name} is not installed")
    assert isinstance(found, ModuleType)
    return found


def program(name: str) -> str:
    """A program that reads a format; the test is skipped where it is not on the path."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{MISSING}: {name} is not on the path")
    return found
