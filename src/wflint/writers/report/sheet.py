"""What the report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.coverage import Coverage, coverage_of
from wflint.analyses.facts import ProgramFacts
from wflint.config import CostSettings
from wflint.model.finding import Finding
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.text import Texts
from wflint.model.workflow import Workflow
from wflint.writers.report.document import EarlierReport
from wflint.writers.report.titles import titles


class ReportSheet(Struct, frozen=True, dict=True):
    """The findings that people are shown, the program they are about, and what is known about it.

    `files` were read; `weights` are those of recorded tokens.
    """

    findings: tuple[Finding, ...]
    program: Program
    facts: ProgramFacts
    texts: Texts
    recording: Recording | None = None
    earlier: EarlierReport | None = None
    weights: CostSettings = CostSettings()
    files: int = 0

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each workflow is called in the report, by its id."""
        return titles(self.program.workflows)

    @cached_property
    def own_workflows(self) -> tuple[Workflow, ...]:
        """The workflows that are not those of tests."""
        return tuple(flow for flow in self.program.workflows if not self.is_test(flow.span.path))

    @cached_property
    def own_coverage(self) -> Coverage:
        """How much is recovered of what is not made in tests."""
        sites = tuple(site for site in self.program.sites if not self.is_test(site.span.path))
        return coverage_of(replace(self.program, workflows=self.own_workflows, sites=sites))

    def is_test(self, path: str) -> bool:
        """Whether a file is a test in a program that is not all tests."""
        return self.program.is_test(path)
