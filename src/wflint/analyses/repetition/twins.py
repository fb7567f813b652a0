"""Steps that probably do the same work, as they are told."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.repetition.comparing import Placed
from wflint.matching.scorer import Match


class Twin(Struct, frozen=True):
    """A step that probably does the work of another one.

    `agrees` where inputs and tools are the same too; `is_near` where one run may need both: in one workflow that does
    not hand over to either of them, or in workflows that some code uses together.
    """

    placed: Placed
    match: Match
    agrees: bool
    is_near: bool


class Duplicate(Struct, frozen=True):
    """A step and others that do its work."""

    first: Placed
    twins: tuple[Twin, ...]

    @property
    def is_within(self) -> bool:
        """Whether all of them are in one workflow."""
        return all(twin.placed.workflow.id == self.first.workflow.id for twin in self.twins)
