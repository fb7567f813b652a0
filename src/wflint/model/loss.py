"""What a framework does not run, or does not let finish, although the source has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wflint.model.contract import Certainty
from wflint.model.span import Span


class LossKind(StrEnum):
    """What a framework leaves out although the source has it."""

    ROUTE = "route"
    """A router or listener that another one hides."""
    BRANCH = "branch"
    """Work that is cancelled once another branch is done."""
    GUARD = "guard"
    """A check that is not made where it stands."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the framework does not run, or does not let finish, and tells nobody.

    `subject` says what in words, `reason` why, `advice` what to do; `other` is the place that is to blame, `step` the
    step that it is about.
    """

    kind: LossKind
    subject: str
    span: Span
    reason: str
    advice: str
    other: Span | None = None
    step: str | None = None
    certainty: Certainty = Certainty.CERTAIN
