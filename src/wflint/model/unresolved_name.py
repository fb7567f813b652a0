"""Names that stand for steps, and that no step has."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.contract import Certainty
from wflint.model.span import Span


class UnresolvedName(Struct, frozen=True):
    """A name that is used as a step's but that no step has; `role` says how (`edge target`, `route`, `goto`).

    The other end of the way is `source`, the step that leads to it, or `target`, the step that waits for it.
    `is_accepted` is true where the framework takes any name, and nothing ever comes of this one.
    """

    name: str
    role: str
    span: Span
    source: str | None = None
    certainty: Certainty = Certainty.CERTAIN
    target: str | None = None
    is_accepted: bool = False
