"""Calls from one repository into another: what is called, how that is known, and whether both sides fit."""

from __future__ import annotations

from collections.abc import Sequence

from wflint.link.columns import RepositoryHead
from wflint.link.report import Call


def calls_between(heads: Sequence[RepositoryHead]) -> tuple[Call, ...]:
    """The calls that can be told, in order."""
    del heads
    return ()
