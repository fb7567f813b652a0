from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meta.refresh import ROOT
from wflint import cli
from wflint.source.yaml_comments import yaml_ignores

DOCUMENT = """\
# wflint: ignore[WF1] the whole file
desk:
  goal: >
    a text # wflint: ignore[WF2]
    that goes on
  # wflint: ignore[WF3] the next line
  mood: "calm # wflint: ignore[WF4]"  # wflint: ignore[WF5, dead-route]
  url: a#b # wflint: ignore
  last: |
    end

# wflint: ignore[WF6]
list: [1, 2]
"""


def test_comments_and_nothing_else() -> None:
    found = [(each.line, each.codes, each.alone, each.file_wide) for each in yaml_ignores(DOCUMENT)]
    assert found == [
        (1, ("WF1",), True, True),
        (6, ("WF3",), True, False),
        (7, ("WF5", "dead-route"), False, False),
        (8, (), False, False),
        (12, ("WF6",), True, False),
    ]
    starts = [DOCUMENT[each.at[0] : each.at[1]] for each in yaml_ignores(DOCUMENT)]
    assert starts[1] == "# wflint: ignore[WF3] the next line"


@pytest.mark.parametrize(
    "text", ["", "a: [wflint:", "# wflint: ignore[WF1", "# wflint: be kind\na: 1\n", "\t# wflint: x"]
)
def test_what_asks_for_nothing(text: str) -> None:
    assert yaml_ignores(text) == ()


@given(st.text(st.sampled_from("#:a \n\t-[]{}'\"|>&*!%@\\wflint: ignore"), max_size=60))
def test_any_text(text: str) -> None:
    for each in yaml_ignores(f"{text}\n# wflint: ignore\n"):
        assert each.line >= 1


PROJECT = ROOT / "fixtures/projects/tutor_configured"


def test_a_finding_in_a_document_is_silenced_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROJECT, tmp_path / "project")
    document = tmp_path / "project/newsroom/root_agent.yaml"

    def found() -> list[tuple[str, int]]:
        options = ("--no-cache", "--persona", "auditor", "--select", "WF101,WF990", "--output-format", "json")
        cli.run(["check", str(tmp_path / "project"), *options])
        findings = json.loads(capsys.readouterr().out)["findings"]
        return [(each["code"], each["location"]["line"]) for each in findings]

    ((code, line),) = found()
    lines = document.read_text(encoding="utf-8").splitlines()
    ignored = [*lines[: line - 1], "    # wflint: ignore[WF101] the caller does", *lines[line - 1 :]]
    document.write_text("\n".join(ignored) + "\n", encoding="utf-8")
    assert (code, found()) == ("WF101", [])
    idle = ["# wflint: ignore[WF501]", *lines]
    document.write_text("\n".join(idle) + "\n", encoding="utf-8")
    assert found() == [("WF101", line + 1)]
