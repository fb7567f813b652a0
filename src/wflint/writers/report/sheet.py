"""What the report is made of."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.facts import ProgramFacts
from wflint.model.finding import Finding
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.text import Texts
from wflint.writers.report.document import EarlierReport


class ReportSheet(Struct, frozen=True):
    """The findings that people are shown, the program they are about, and what is known about it."""

    findings: tuple[Finding, ...]
    program: Program
    facts: ProgramFacts
    texts: Texts
    recording: Recording | None = None
    earlier: EarlierReport | None = None
