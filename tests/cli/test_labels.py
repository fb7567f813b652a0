"""One label everywhere: settings and a person's word reach every face that shows labels."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Wflint
from tests.meta.refresh import ROOT

FIXTURE = ROOT / "fixtures" / "langgraph" / "editor_interrupt.py"
ENDS = ("write", "editor")


@pytest.fixture
def decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wflint: Wflint) -> Path:
    """A repository where a person has decided about one edge."""
    (tmp_path / ".git").mkdir()
    shutil.copy(FIXTURE, tmp_path / "editor.py")
    monkeypatch.chdir(tmp_path)
    wflint("plan", "--no-cache", "--decide", "builder::write->editor=dynamic", "--reason", "it drifts", "--by", "Ada")
    return tmp_path


def of_graph(text: str) -> object:
    (workflow,) = json.loads(text)["workflows"]
    return next(edge["coordination"] for edge in workflow["edges"] if (edge["source"], edge["target"]) == ENDS)


def of_sarif(text: str) -> tuple[object, object]:
    (run,) = json.loads(text)["runs"]
    (graph,) = run["graphs"]
    edge = next(one for one in graph["edges"] if (one["sourceNodeId"], one["targetNodeId"]) == ENDS)
    result = next(one for one in run["results"] if one["properties"].get("edge") == list(ENDS))
    assert result["level"] == "note"
    return edge["properties"]["coordination"], result["properties"]["coordination"]


@pytest.mark.usefixtures("decided")
def test_the_same_label_everywhere(wflint: Wflint) -> None:
    label = of_graph(wflint("graph", "--no-cache", "--format", "json").out)
    assert isinstance(label, dict)
    assert (label["label"], label["confidence"]) == ("needs-dynamic", 1.0)
    assert of_sarif(wflint("check", "--no-cache", "--output-format", "sarif").out) == (label, label)
    assert of_graph(wflint("plan", "--no-cache", "--format", "json").out) == label
    assert "needs-dynamic (p = 0.06, threshold 0.10; reviewed by Ada: it drifts)" in wflint("graph", "--no-cache").out
    assert "color=red" in wflint("graph", "--no-cache", "--format", "dot").out
    assert "⚠" in wflint("graph", "--no-cache", "--format", "mermaid").out


def test_settings_reach_every_face(wflint: Wflint, decided: Path) -> None:
    (decided / "wflint.toml").write_text("[labels]\nprior-bias = 3\n", encoding="utf-8")
    label = of_graph(wflint("graph", "--no-cache", "--format", "json").out)
    assert isinstance(label, dict)
    assert label["p_mismatch"] > 0.4


def test_a_broken_file_of_decisions_stops_a_check(wflint: Wflint, decided: Path) -> None:
    path = decided / "wflint.decisions.toml"
    path.write_text("[[decision]]\nworkflow = 1\n", encoding="utf-8")
    result = wflint("check", "--no-cache")
    assert result.code == 2
    assert result.err.startswith(f"wflint: error: {path}: key 'decision.1.workflow': ")
