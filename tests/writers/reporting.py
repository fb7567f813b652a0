"""Reports of fixtures and of the sample, for tests.

`python -m tests.writers.reporting` writes those of the fixtures as they are now, to be read before they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from tests.samples import FINDINGS, PROGRAM, WORKFLOW, texts
from wflint.analyses.facts import ProgramFacts
from wflint.audit import audit
from wflint.model.program import Program
from wflint.model.workflow import Step, Workflow
from wflint.request import CacheChoice, Request
from wflint.writers.ranking import listed
from wflint.writers.report.assembling import assemble
from wflint.writers.report.document import ReportDocument
from wflint.writers.report.sheet import ReportSheet

FIXTURES = Path(__file__).parents[2] / "fixtures"
KEPT = Path(__file__).parent / "reports"
REPORTED = {"tour": FIXTURES / "tour", "harbour_mixed": FIXTURES / "projects" / "harbour_mixed"}


def report_of(folder: Path) -> ReportDocument:
    """The report of a folder."""
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    survey = found.survey
    return assemble(ReportSheet(listed(found.findings), survey.program, survey.facts, survey.recovered.texts))


def reported(folder: Path, files: Mapping[str, str]) -> ReportDocument:
    """The report of a folder with these files in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return report_of(folder)


def sample_report(program: Program = PROGRAM) -> ReportDocument:
    """The report of the sample."""
    return assemble(ReportSheet(listed(FINDINGS), program, ProgramFacts(program), texts))


def named(text: str) -> Program:
    """The sample, every name and text in it replaced."""
    steps = tuple(_named(WORKFLOW, place, text) for place in range(len(WORKFLOW.steps)))
    ids = dict(zip((step.id for step in WORKFLOW.steps), (step.id for step in steps), strict=True))
    edges = tuple(
        replace(edge, source=ids[edge.source], target=ids[edge.target], label=text) for edge in WORKFLOW.edges
    )
    lost = tuple(replace(item, reason=text) for item in WORKFLOW.unresolved)
    flow = replace(WORKFLOW, id=text, name=text, framework=text, steps=steps, edges=edges, unresolved=lost)
    return replace(PROGRAM, workflows=(flow,), unresolved=lost)


def _named(workflow: Workflow, place: int, text: str) -> Step:
    step = workflow.steps[place]
    offers = tuple(replace(offer, name=text, description=text) for offer in step.offers)
    needs = tuple(replace(need, name=text) for need in step.needs)
    return replace(step, id=f"{text}{place}", offers=offers, needs=needs)


if __name__ == "__main__":
    for name, folder in REPORTED.items():
        (KEPT / f"{name}.json").write_text(report_of(folder).model_dump_json(indent=1) + "\n", encoding="utf-8")
