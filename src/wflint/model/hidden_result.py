"""What keeps the result of one step from another."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from wflint.model.span import Span


class HiddenReason(StrEnum):
    """What keeps a step's result from another step."""

    LEFT_OUT = "left-out"
    """The other step says whose results it is shown, and this step is not among them."""
    FORGOTTEN = "forgotten"
    """The other step is shown nothing but its prompt and the answer just before it."""
    CONCURRENT = "concurrent"
    """Both run at the same time."""


class HiddenResult(Struct, frozen=True):
    """A step that is not run later and whose result certainly does not get to this one; `span` says so."""

    step: str
    reason: HiddenReason
    span: Span
