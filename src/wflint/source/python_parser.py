"""Python's own parser, for texts that lie in no file."""

from __future__ import annotations

import ast
import os
import warnings
from typing import Final

NO_FILE: Final = os.devnull
"""What a text is said to lie in: of a file called so, the parser reads the line that it complains about."""


def module_in(text: str | bytes) -> ast.Module:
    """The tree of a module; raises `SyntaxError`, `ValueError`, `RecursionError` or `MemoryError` where it is none.

    What the parser warns of concerns whoever has written it, and nobody here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, NO_FILE)


def expression_in(text: str) -> ast.expr:
    """The tree of an expression; raises the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, NO_FILE, mode="eval").body
