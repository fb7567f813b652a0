"""What the report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from wflint.analyses.facts import ProgramFacts
from wflint.model.finding import Finding
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.text import Texts
from wflint.writers.report.document import EarlierReport
from wflint.writers.report.titles import titles


class ReportSheet(Struct, frozen=True, dict=True):
    """The findings that people are shown, the program they are about, and what is known about it."""

    findings: tuple[Finding, ...]
    program: Program
    facts: ProgramFacts
    texts: Texts
    recording: Recording | None = None
    earlier: EarlierReport | None = None

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each workflow is called in the report, by its id."""
        return titles(self.program.workflows)
