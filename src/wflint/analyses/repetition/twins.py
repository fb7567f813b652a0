"""Steps that probably do the same work, as they are told."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.repetition.comparing import Placed
from wflint.analyses.repetition.likeness import Verdict


class Twin(Struct, frozen=True):
    """A step that probably does the work of another one.

    `agrees` where inputs, tools and worker are the same too; `is_near` where one run may need both: in one workflow
    that does not hand over to either of them, or in workflows that some code uses together. `may_share` where one text
    of the source may serve both already.
    """

    placed: Placed
    verdict: Verdict
    agrees: bool
    is_near: bool
    may_share: bool = False


class Duplicate(Struct, frozen=True):
    """A step and others that do its work."""

    first: Placed
    twins: tuple[Twin, ...]

    @property
    def is_within(self) -> bool:
        """Whether all of them are in one workflow."""
        return all(twin.placed.workflow.id == self.first.workflow.id for twin in self.twins)
