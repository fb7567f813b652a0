"""The forms that Python comes in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import Final


class Form(StrEnum):
    """How a file holds Python."""

    MODULE = "module"
    """It is nothing else."""
    NOTEBOOK = "notebook"
    """In the code cells of a Jupyter notebook, which is JSON."""


NOTEBOOK_SUFFIX: Final = ".ipynb"
SUFFIXES: Final = frozenset({".py", NOTEBOOK_SUFFIX})
"""What a source is called."""


def form_of(path: str | PurePath) -> Form:
    """The form of a source, told from its name."""
    return Form.NOTEBOOK if PurePath(path).suffix == NOTEBOOK_SUFFIX else Form.MODULE
