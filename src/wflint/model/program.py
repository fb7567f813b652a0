"""A run's workflows together, and what came up on the way."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from wflint.model.fault import Fault
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.stray_argument import StrayArgument
from wflint.model.workflow import Unresolved, Workflow


class Notice(Struct, frozen=True):
    """Something about an input that the user should know although the run went on.

    `kind` says in the plural what there may be so many of that a terminal shows a few: "functions cut short".
    """

    message: str
    span: Span
    kind: str = ""


class Program(Struct, frozen=True, dict=True):
    """All workflows of a run, in order of place, with the notices that came up.

    `imports` are pairs of files, importer first, as far as they were read. `sites` are the construction sites of the
    audited files, `unresolved` is about those that no workflow shows. `stray_arguments` are given to parts that do not
    take them, `refusals` are values that parts refuse, whatever they become part of.
    """

    workflows: tuple[Workflow, ...]
    notices: tuple[Notice, ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    sites: tuple[Site, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    stray_arguments: tuple[StrayArgument, ...] = ()
    refusals: tuple[Fault, ...] = ()

    def workflow(self, identity: str) -> Workflow | None:
        """The workflow whose id is `identity`, or None."""
        return self._by_id.get(identity)

    @cached_property
    def _by_id(self) -> dict[str, Workflow]:
        return {workflow.id: workflow for workflow in reversed(self.workflows)}
