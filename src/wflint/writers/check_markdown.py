"""Findings as Markdown: for the summary of a step, or a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from wflint.model.finding import Coordination, Finding, Level
from wflint.model.program import Program
from wflint.model.text import Texts
from wflint.model.workflow import END, START, Workflow
from wflint.writers.escape import code_span, markdown
from wflint.writers.links import rule_page
from wflint.writers.ranking import listed
from wflint.writers.summary import count
from wflint.writers.text import place
from wflint.writers.wire import Labels

MOST_FINDINGS = 50
"""Rows of the first table; GitHub cuts comments off at 65,536 characters."""
MOST_WORKFLOWS = 30
"""Rows of the second table."""
MARKS = {Level.ERROR: ":x:", Level.WARNING: ":warning:", Level.NOTE: ":information_source:"}


def write(
    findings: Iterable[Finding],
    program: Program,
    labels: Labels,
    texts: Texts,
    below: str,
    counted: str = "findings",
) -> str:
    """The findings, worst first, and the workflows that they are in, those with most to say first.

    `below` is the summary that stands below findings elsewhere, and above them here; `counted` is what the findings
    are called that a workflow has.
    """
    found = listed(findings)
    return "".join(
        f"{line}\n"
        for line in (
            "## wflint",
            "",
            *(f"{markdown(line)}  " for line in below.splitlines()),
            *_findings(found, texts),
            *_workflows(found, program, labels, counted),
        )
    )


def _findings(found: tuple[Finding, ...], texts: Texts) -> Iterator[str]:
    if not found:
        return
    yield from ("", "| | rule | where | finding |", "|---|---|---|---|")
    for finding in found[:MOST_FINDINGS]:
        rule = f"[{finding.code}]({rule_page(finding.code, finding.name)})"
        where = code_span(place(finding.span, texts, str))
        yield f"| {MARKS[finding.level]} | {rule} | {where} | {markdown(finding.message)} |"
    if len(found) > MOST_FINDINGS:
        yield from ("", f"{count(len(found) - MOST_FINDINGS, 'more finding')} not shown.")


def _workflows(found: tuple[Finding, ...], program: Program, labels: Labels, counted: str) -> Iterator[str]:
    if not program.workflows:
        return
    spoken = Counter(finding.workflow for finding in found)
    ordered = sorted(program.workflows, key=lambda workflow: (-spoken[workflow.id], workflow.id))
    yield from ("", "<details><summary>Workflows</summary>", "")
    yield from (f"| workflow | framework | steps | edges | needs-dynamic | {counted} |", "|---|---|---|---|---|---|")
    for workflow in ordered[:MOST_WORKFLOWS]:
        yield _row(workflow, labels, spoken[workflow.id])
    if len(ordered) > MOST_WORKFLOWS:
        yield from ("", f"{count(len(ordered) - MOST_WORKFLOWS, 'more workflow')} not shown.")
    yield from ("", "</details>")


def _row(workflow: Workflow, labels: Labels, findings: int) -> str:
    steps = sum(step.id not in (START, END) for step in workflow.steps)
    dynamic = sum(label.label is Coordination.DYNAMIC for label in labels(workflow).values())
    name = code_span(workflow.id)
    return f"| {name} | {workflow.framework} | {steps} | {len(workflow.edges)} | {dynamic} | {findings} |"
