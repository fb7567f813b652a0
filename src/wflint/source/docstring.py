"""The docstring of a body."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import cleandoc

from wflint.source.code import Constant, ExprStmt, StmtT


def docstring(body: Sequence[StmtT]) -> str | None:
    """The docstring at the head of a body, its indentation taken off."""
    match body:
        case [ExprStmt(value=Constant(value=str() as text)), *_]:
            return cleandoc(text)
        case _:
            return None
