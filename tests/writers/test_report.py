"""The health report: its records, and Markdown made of them."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from tests.samples import FINDINGS, PROGRAM, texts
from tests.writers.hostile import MESSAGE
from tests.writers.reporting import KEPT, REPORTED, named, report_of, sample_report
from wflint.analyses.facts import ProgramFacts
from wflint.model.program import Program
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind
from wflint.writers.report import markdown
from wflint.writers.report.assembling import assemble
from wflint.writers.report.diagram import MOST_EDGES, MOST_STEPS, flowchart, left_out
from wflint.writers.report.document import EarlierReport, Health, schema, write
from wflint.writers.report.sheet import ReportSheet

HARD = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\x9b\r\n\t\u202e\u2028`*_[]()<>!#|\\&@:./-~'\"")))


@pytest.mark.parametrize("name", REPORTED)
def test_the_json_of_fixtures(name: str) -> None:
    written = json.loads(write(report_of(REPORTED[name])))
    assert written == json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(written, json.loads(schema()), cls=jsonschema.Draft202012Validator)
    assert len(written["actions"]) <= 5


@pytest.mark.parametrize(
    ("program", "health", "sentence"),
    [
        (Program(()), Health.EMPTY, "No agent workflow was found here."),
        (
            Program((), sites=(Site(Span("a.py", 1, 1, 1, 2), "none", "Graph"),)),
            Health.UNKNOWN,
            "Nothing was checked: no workflow was recovered from 1 construction site.",
        ),
        (PROGRAM, Health.HEALTHY, "No errors and no warnings."),
    ],
)
def test_the_verdict(program: Program, health: Health, sentence: str) -> None:
    found = assemble(ReportSheet((), program, ProgramFacts(program), texts)).verdict
    assert (found.health, found.sentences[0]) == (health, sentence)


def test_what_has_changed() -> None:
    before = EarlierReport.model_validate_json(write(sample_report()))
    left = FINDINGS[1:]
    now = assemble(ReportSheet(left, PROGRAM, ProgramFacts(PROGRAM), texts, earlier=before))
    assert now.comparison is not None
    assert [one.fingerprint for one in now.comparison.fixed] == [
        one.fingerprint for one in before.findings if one.fingerprint not in {each.fingerprint for each in left}
    ]
    assert "### Since the earlier report" in markdown.write(now)


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return [*parsed, *(child for token in parsed for child in token.children or ())]


SHAPE = {"link_open", "image", "html_inline", "code_block"}


@settings(deadline=None)
@given(HARD)
def test_markdown_shows_names_as_text(text: str) -> None:
    shown = markdown.write(sample_report(named(text)))
    found = tokens(shown)
    assert {token.type for token in found} & SHAPE == set()
    assert {token.info for token in found if token.type == "fence"} == {"mermaid"}
    assert json.loads(write(sample_report(named(text))))["workflows"][0]["graph"]["name"] == text
    html = [token.content.strip() for token in found if token.type == "html_block"]
    assert [part for part in html if not re.fullmatch(r"<details><summary>[^<>]*</summary>|</details>", part)] == []
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", shown) is None
    headings = [token for token in found if token.type == "heading_open"]
    assert len(headings) == len(
        [token for token in tokens(markdown.write(sample_report())) if token.type == "heading_open"]
    )


def test_markdown_of_a_known_attack() -> None:
    shown = markdown.write(sample_report(named(MESSAGE * 50)))
    assert len(shown.encode()) < 65_000
    assert [line for line in shown.splitlines() if line.startswith(("::", "##["))] == []


def test_a_workflow_of_two_thousand_steps_is_cut_by_weight() -> None:
    place = PROGRAM.workflows[0].span
    steps = tuple(Step(f"s{number}", StepKind.AGENT, place) for number in range(2000))
    edges = tuple(Edge(one.id, other.id, EdgeKind.DIRECT, place) for one, other in pairwise(steps))
    flow = replace(PROGRAM.workflows[0], steps=steps, edges=edges, unresolved=())
    (one,) = sample_report(Program((flow,))).workflows
    lines = list(flowchart(one))
    assert len(lines) <= 2 + MOST_STEPS + MOST_EDGES
    steps_out, edges_out = left_out(one)
    assert (steps_out, edges_out > 0) == (2000 - MOST_STEPS, True)
    assert one.load.split is not None
