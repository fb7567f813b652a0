"""A run's workflows together, and what came up on the way."""

from __future__ import annotations

from dataclasses import dataclass

from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.workflow import Unresolved, Workflow


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about an input that the user should know although the run went on."""

    message: str
    span: Span


class _Indexed:
    """Room for an index that is no part of the value."""

    __slots__ = ("_by_id",)
    _by_id: dict[str, Workflow]


@dataclass(frozen=True, slots=True)
class Program(_Indexed):
    """All workflows of a run, in order of place, with the notices that came up.

    `imports` are pairs of files, importer first, as far as they were read. `sites` are the construction sites of the
    audited files, `unresolved` is about those that no workflow shows.
    """

    workflows: tuple[Workflow, ...]
    notices: tuple[Notice, ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    sites: tuple[Site, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()

    def workflow(self, identity: str) -> Workflow | None:
        """The workflow whose id is `identity`, or None."""
        try:
            known = self._by_id
        except AttributeError:
            known = {workflow.id: workflow for workflow in reversed(self.workflows)}
            object.__setattr__(self, "_by_id", known)
        return known.get(identity)
