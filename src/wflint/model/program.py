"""A run's workflows together, and what came up on the way."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct

from wflint.model.fault import Fault
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.stray_argument import StrayArgument
from wflint.model.test_paths import is_test_path
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
    take them, `refusals` are values that parts refuse, whatever they become part of. `projects` are the folders that
    say of themselves which packages they need.
    """

    workflows: tuple[Workflow, ...]
    notices: tuple[Notice, ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    sites: tuple[Site, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    stray_arguments: tuple[StrayArgument, ...] = ()
    refusals: tuple[Fault, ...] = ()
    projects: tuple[str, ...] = ()

    def workflow(self, identity: str) -> Workflow | None:
        """The workflow whose id is `identity`, or None."""
        return self._by_id.get(identity)

    def is_test(self, path: str) -> bool:
        """Whether a file is a test in a program that is not all tests: people break workflows there on purpose."""
        return self._has_product and is_test_path(path)

    @cached_property
    def _has_product(self) -> bool:
        return any(not is_test_path(flow.span.path) for flow in self.workflows)

    def project_of(self, path: str) -> str:
        """The innermost of the projects that a file is in; "." for the whole repository."""
        return next((str(folder) for folder in PurePosixPath(path).parents if str(folder) in self._projects), ".")

    @cached_property
    def _projects(self) -> frozenset[str]:
        return frozenset(self.projects)

    @cached_property
    def _by_id(self) -> dict[str, Workflow]:
        return {workflow.id: workflow for workflow in reversed(self.workflows)}
