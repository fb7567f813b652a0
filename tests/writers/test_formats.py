"""The formats of other tools, each read by a consumer of it, with harmless findings and with hostile ones."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from tests import consumers
from tests.meta.refresh import DERIVED, ROOT
from tests.samples import FINDINGS, LABEL_DYNAMIC, NOTHING_COVERED, OVERWRITE, PROGRAM, SOURCE, labels, texts
from tests.waiting import PATIENCE
from tests.writers.hostile import HOSTILE, MESSAGE, PATH, many
from wflint.model.finding import Level
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.text import PlainText
from wflint.writers import check_markdown, github, gitlab, jsonl, junit, rdjson
from wflint.writers.escape import xml

ALL = (*FINDINGS, HOSTILE)
BELOW = "Found 2 findings (1 error, 1 warning).\n"
ORDER = ["WF501", "WF501", "WF301"]
"""Codes of what people are shown of them, worst first."""


@dataclass(frozen=True, slots=True)
class Command:
    """A workflow command as the runner reads it."""

    name: str
    properties: dict[str, str]
    data: str


def run_by_the_runner(log: str) -> list[Command]:
    """The commands in a log, by the runner's rules: `::name key=value,key=value::data`, at the start of a line."""
    commands: list[Command] = []
    for line in log.split("\n"):
        trimmed = line.lstrip()
        if not trimmed.startswith("::") or (end := trimmed.find("::", 2)) < 0:
            assert "##[" not in line, "the older form counts anywhere in a line"
            continue
        head, _, rest = trimmed[2:end].partition(" ")
        pairs = (pair.partition("=") for pair in rest.split(",") if pair)
        values = {key: _unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
        commands.append(Command(head, values, _unescaped(trimmed[end + 2 :], {})))
    return commands


def _unescaped(text: str, more: dict[str, str]) -> str:
    for code, sign in ({"%0D": "\r", "%0A": "\n"} | more).items():
        text = text.replace(code, sign)
    return text.replace("%25", "%")


def test_annotations_are_commands() -> None:
    assert run_by_the_runner(github.write(FINDINGS, texts)) == [
        Command(
            "error",
            {
                "file": "app/my graph.py",
                "line": "7",
                "endLine": "7",
                "title": "WF501 concurrent-write",
                "col": "1",
                "endColumn": "38",
            },
            'steps "research" and "draft" both write "notes"',
        ),
        Command(
            "warning",
            {
                "file": "app/my graph.py",
                "line": "5",
                "endLine": "5",
                "title": "WF301 unreachable-step",
                "col": "1",
                "endColumn": "11",
            },
            "never reached",
        ),
    ]


def test_an_annotation_cannot_start_another_command() -> None:
    (command,) = run_by_the_runner(github.write((HOSTILE,), texts))
    assert (command.name, command.properties["file"], command.data) == ("error", PATH, MESSAGE)


def test_annotations_beyond_what_github_shows_are_counted() -> None:
    found = (*many(12, Level.NOTE), *many(9, Level.WARNING), *many(13, Level.ERROR))
    commands = run_by_the_runner(github.write(found, texts))
    assert [command.name for command in commands] == ["error"] * 10 + ["warning"] * 9 + ["notice"] * 10
    assert commands[-1].data == "3 more errors, 3 more notes; the log and the summary of the step have them all"
    exactly = run_by_the_runner(github.write(many(10, Level.NOTE), texts))
    assert [command.data for command in exactly] == [OVERWRITE.message] * 10


def test_gitlab_gets_what_its_documentation_asks_for() -> None:
    """There is no published schema of the part of the format that GitLab reads: these are its required members."""
    issues = json.loads(gitlab.write(ALL, texts))
    assert [issue["check_name"] for issue in issues] == ["concurrent-write", "concurrent-write", "unreachable-step"]
    for issue in issues:
        assert {type(issue[key]) for key in ("description", "check_name", "fingerprint")} == {str}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(issue["location"]["path"], str)
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert isinstance(issue["location"]["lines"]["begin"], int)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert issues[0]["location"] == {"path": "app/my graph.py", "lines": {"begin": 7, "end": 7}}
    assert issues[0]["severity"] == "critical"


def test_junit_is_read_by_junitparser(tmp_path: Path) -> None:
    junitparser = consumers.package("junitparser")
    report = tmp_path / "report.xml"
    report.write_text(junit.write((*ALL, *many(1, Level.NOTE)), PROGRAM, texts), encoding="utf-8")
    suites = junitparser.JUnitXml.fromfile(str(report))
    assert (suites.tests, suites.failures, suites.errors) == (4, 3, 0)
    read = {suite.name: [(case.name, [result.message for result in case.result]) for case in suite] for suite in suites}
    assert read == {
        "app/my graph.py": [
            ("WF301 unreachable-step 5:1", ["never reached"]),
            ("WF501 concurrent-write 7:1", [OVERWRITE.message]),
            ("WF501 concurrent-write 7:1", []),
        ],
        xml(PATH): [("WF501 concurrent-write 1:2", [xml(MESSAGE)])],
    }


def test_a_workflow_without_findings_is_a_passed_test() -> None:
    written = junit.write((LABEL_DYNAMIC,), PROGRAM, texts)
    assert '<testcase classname="app/my graph.py" name="workflow builder" time="0" />' in written
    assert '<testsuites name="wflint" tests="1" failures="0"' in written


def test_nothing_is_a_report_too() -> None:
    assert json.loads(gitlab.write((), texts)) == []
    assert json.loads(rdjson.write((), texts))["diagnostics"] == []
    assert github.write((), texts) == ""
    assert 'tests="0"' in junit.write((), Program(()), texts)


def test_rdjson_has_the_form_of_its_protobuf_message() -> None:
    report = json.loads(rdjson.write(ALL, texts))
    assert report["source"] == {"name": "wflint", "url": "https://github.com/wflint/wflint"}
    assert [diagnostic["code"]["value"] for diagnostic in report["diagnostics"]] == ORDER
    assert report["diagnostics"][0] == {
        "message": OVERWRITE.message,
        "location": {
            "path": "app/my graph.py",
            "range": {"start": {"line": 7, "column": 1}, "end": {"line": 7, "column": 38}},
        },
        "severity": "ERROR",
        "code": {
            "value": "WF501",
            "url": "https://github.com/wflint/wflint/blob/main/rules/concurrent-write.md",
        },
    }


def test_rdjson_counts_bytes() -> None:
    line = 'x = "größe 𐐀"; y = 1\n'
    observation = replace(OVERWRITE.observation, span=Span("a.py", 1, 12, 1, 13))
    report = json.loads(rdjson.write((replace(OVERWRITE, observation=observation),), lambda _: PlainText(lambda: line)))
    (found,) = report["diagnostics"]
    start = found["location"]["range"]["start"]["column"]
    end = found["location"]["range"]["end"]["column"]
    assert line.encode()[start - 1 : end - 1].decode() == "𐐀"


def test_rdjson_is_accepted_by_a_validator(tmp_path: Path) -> None:
    validator = consumers.program("rdformat-validator")
    report = tmp_path / "report.json"
    report.write_text(rdjson.write(ALL, texts), encoding="utf-8", errors="backslashreplace")
    done = subprocess.run([validator, str(report)], capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_json_line_has_the_published_form() -> None:
    schema = json.loads((ROOT / "docs/schemas/check-line-v1.json").read_text(encoding="utf-8"))
    assert ROOT / "docs/schemas/check-line-v1.json" in DERIVED
    lines = [json.loads(line) for line in jsonl.write(FINDINGS, PROGRAM, texts).splitlines()]
    for line in lines:
        jsonschema.validate(line, schema)
    assert [line["kind"] for line in lines] == ["finding"] * 4 + ["notice", "end"]
    assert lines[-1] == {"kind": "end", "version": 1, "findings": 4, "coverage": NOTHING_COVERED | {"steps_known": 1.0}}


def table_rows(text: str) -> list[list[str]]:
    """The cells of all rows of all tables, as a reader of GitHub's flavour sees them."""
    rows: list[list[str]] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level > 2:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows


def test_markdown_is_a_table_for_findings_and_one_for_workflows() -> None:
    text = check_markdown.write(FINDINGS, PROGRAM, labels, texts, BELOW)
    assert table_rows(text) == [
        ["", "rule", "where", "finding"],
        [":x:", "WF501", "app/my graph.py:7:1", 'steps "research" and "draft" both write "notes"'],
        [":warning:", "WF301", "app/my graph.py:5:1", "never reached"],
        ["workflow", "framework", "steps", "edges", "needs-dynamic", "findings"],
        ["app/my graph.py::builder", "langgraph", "2", "4", "1", "2"],
    ]
    assert "Found 2 findings \\(1 error, 1 warning\\)\\." in text


def test_markdown_cannot_be_broken_out_of() -> None:
    text = check_markdown.write((HOSTILE,), PROGRAM, labels, texts, BELOW)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    children = [child for token in tokens for child in token.children or ()]
    assert [child.attrGet("href") for child in children if child.type == "link_open"] == [
        "https://github.com/wflint/wflint/blob/main/rules/concurrent-write.md"
    ]
    assert {child.type for child in children} <= {
        *("text", "text_special", "softbreak", "hardbreak", "code_inline", "link_open", "link_close"),
    }
    assert [token.content.strip() for token in tokens if token.type == "html_block"] == [
        "<details><summary>Workflows</summary>",
        "</details>",
    ]
    assert [len(row) for row in table_rows(text)] == [4, 4, 6, 6]


def test_markdown_is_bounded() -> None:
    text = check_markdown.write(many(80, Level.ERROR), PROGRAM, labels, texts, BELOW)
    assert len([row for row in table_rows(text) if row[0] == ":x:"]) == check_markdown.MOST_FINDINGS
    assert "30 more findings not shown." in text


def test_no_format_has_a_raw_control_character() -> None:
    written = [
        github.write(ALL, texts),
        gitlab.write(ALL, texts),
        rdjson.write(ALL, texts),
        junit.write(ALL, PROGRAM, texts),
        check_markdown.write(ALL, PROGRAM, labels, texts, BELOW),
    ]
    for text in written[1:]:
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text) is None
    assert SOURCE not in "".join(written)


ANY = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\r\n\t|`<>&%:,@#[]()\ud800\u2028")), min_size=1)


@given(ANY, ANY)
@settings(max_examples=60)
def test_any_names_can_be_written_and_read_again(message: str, path: str) -> None:
    seen = replace(OVERWRITE.observation, message=message, span=Span(path, 1, 1, 1, 2), related=())
    found = (replace(OVERWRITE, observation=seen),)
    (command,) = run_by_the_runner(github.write(found, texts))
    assert (command.properties["file"], command.data) == (path, message)
    (issue,) = json.loads(gitlab.write(found, texts))
    assert issue["location"]["path"] == path
    (diagnostic,) = json.loads(rdjson.write(found, texts))["diagnostics"]
    assert diagnostic["message"] == message
    assert ET.fromstring(junit.write(found, PROGRAM, texts)).get("failures") == "1"  # noqa: S314 (our own)
    assert [len(row) for row in table_rows(check_markdown.write(found, PROGRAM, labels, texts, BELOW))] == [4, 4, 6, 6]
    first, *_ = jsonl.write(found, PROGRAM, texts).encode("utf-8", "backslashreplace").splitlines()
    assert json.loads(first)["finding"]["code"] == "WF501"
