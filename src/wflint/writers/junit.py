"""Findings as JUnit XML: a suite a file, a failed test a finding, a passed test a workflow that has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from wflint.model.finding import Finding, Level
from wflint.model.program import Program
from wflint.model.text import Texts
from wflint.writers.escape import xml
from wflint.writers.ranking import listed
from wflint.writers.text import place

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(findings: Iterable[Finding], program: Program, texts: Texts) -> str:
    """The report as text. A note is no failure: it is the output of a passed test."""
    cases: dict[str, list[ET.Element]] = defaultdict(list)
    found = listed(findings)
    for finding in sorted(found, key=lambda finding: finding.span):
        cases[finding.span.path].append(_case(finding, texts))
    spoken = {finding.workflow for finding in found}
    for workflow in program.workflows:
        if workflow.id not in spoken:
            cases[workflow.span.path].append(_named(workflow.span.path, f"workflow {workflow.name}"))
    suites = [_suite(path, group) for path, group in sorted(cases.items())]
    root = ET.Element("testsuites", {"name": "wflint", **_totals([case for group in cases.values() for case in group])})
    root.extend(suites)
    ET.indent(root)
    return _DECLARATION + ET.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, cases: list[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": xml(path), **_totals(cases)})
    suite.extend(cases)
    return suite


def _totals(cases: list[ET.Element]) -> dict[str, str]:
    failures = sum(case.find("failure") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": "0", "time": "0"}


def _named(path: str, name: str) -> ET.Element:
    return ET.Element("testcase", {"classname": xml(path), "name": xml(name), "time": "0"})


def _case(finding: Finding, texts: Texts) -> ET.Element:
    where = place(finding.span, texts, str)
    within = place(finding.span, texts, lambda _path: "").lstrip(":")
    case = _named(finding.span.path, f"{finding.code} {finding.name} {within}")
    text = xml(f"{where}: {finding.message}")
    if finding.level is Level.NOTE:
        ET.SubElement(case, "system-out").text = text
    else:
        kind = {"message": xml(finding.message), "type": finding.level.value}
        ET.SubElement(case, "failure", kind).text = text
    return case
