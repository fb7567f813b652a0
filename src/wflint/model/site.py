"""Construction sites: where the source constructs workflows, as its syntax tells."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class Site(Struct, frozen=True):
    """A place that constructs a workflow or a part of one.

    `constructor` is the name of what is called, derived from or used as a decorator. `recovered_in` are the ids of the
    workflows that the site is part of, `reported_in` of those that have something unresolved there.
    """

    span: Span
    framework: str
    constructor: str
    recovered_in: tuple[str, ...] = ()
    reported_in: tuple[str, ...] = ()

    @property
    def is_recovered(self) -> bool:
        """Whether some workflow shows what is constructed here."""
        return bool(self.recovered_in)
