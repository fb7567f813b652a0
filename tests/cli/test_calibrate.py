"""`wflint calibrate`, over a real fixture and whole outputs."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Wflint
from tests.meta.refresh import ROOT
from wflint.config import parse

FIXTURE = ROOT / "fixtures" / "langgraph" / "editor_interrupt.py"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one fixture in it, as the working folder."""
    (tmp_path / ".git").mkdir()
    shutil.copy(FIXTURE, tmp_path / "editor.py")
    monkeypatch.chdir(tmp_path)
    return tmp_path


EXPECTED = """\
# 4 labelled edges, 62 runs, 11 mismatches.
# ROC-AUC 0.805. The fit keeps the order of the edges, so nothing is held out for it.
# Brier score 0.194 (one edge left out at a time); 0.152 before fitting, 0.246 for the rate alone. Lower is better.
# Fitted: the bias only; the scale takes 10 edges, 5 mismatches and 5 good runs at least.
# Not fitted: the prior's strength; it takes 10 edges with several runs each.
# Edges left out are told worse than with the settings in force: keep those until there are more labels.
[tool.wflint.labels]
prior-strength = 3.0
prior-scale = 1.0
prior-bias = 1.075
"""


def row(source: str, target: str, mismatch: object, workflow: str = "editor.py::builder") -> str:
    return json.dumps({"workflow": workflow, "source": source, "target": target, "mismatch": mismatch}) + "\n"


GOOD = (
    row("write", "editor", {"n": 40, "k": 2})
    + row("editor", "write", {"n": 20, "k": 9}, workflow="builder")
    + "\n"
    + row("editor", "publish", mismatch=False)
    + row("__start__", "write", mismatch=False)
)


def calibrate(wflint: Wflint, *arguments: str) -> Result:
    return wflint("calibrate", "--no-cache", "--labels", "labels.jsonl", *arguments)


def test_what_is_fitted_and_how_good_it_is(wflint: Wflint, project: Path) -> None:
    (project / "labels.jsonl").write_text(GOOD, encoding="utf-8")
    assert calibrate(wflint) == Result(0, EXPECTED, "")


def test_the_configuration_can_be_pasted(wflint: Wflint, project: Path) -> None:
    (project / "labels.jsonl").write_text(GOOD, encoding="utf-8")
    (project / "wflint.toml").write_text("[labels]\nruns = 50\n", encoding="utf-8")
    table = tomllib.loads(calibrate(wflint).out)["tool"]["wflint"]
    settings = parse(table, "pasted").label_settings
    assert (settings.runs, settings.prior_strength) == (50.0, 3.0)
    assert settings.prior_bias != 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(GOOD + "{\n", "labels.jsonl:6: not JSON: ", id="no JSON"),
        pytest.param(GOOD + "[]\n", "labels.jsonl:6: a line is an object with the keys workflow, ", id="no object"),
        pytest.param(
            row("write", "editor", "yes"), "labels.jsonl:1: mismatch: Input should be a valid boolean", id="no answer"
        ),
        pytest.param(
            row("write", "editor", {"n": 1, "k": 2}),
            "labels.jsonl:1: mismatch: Value error, k is more than n",
            id="more bad runs than runs",
        ),
        pytest.param(row("write", "editor", {"n": 1}), "labels.jsonl:1: mismatch.k: Field required", id="half a count"),
        pytest.param(
            row("write", "nobody", mismatch=True),
            "labels.jsonl:1: editor.py::builder::write->nobody is not an edge of these workflows",
            id="no such edge",
        ),
        pytest.param("\n", "labels.jsonl: there is no labelled run to fit to", id="nothing"),
        pytest.param(row("write", "editor", {"n": 0, "k": 0}), "labels.jsonl: there is no labelled run", id="no runs"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_written(
    wflint: Wflint, project: Path, text: str, message: str
) -> None:
    (project / "labels.jsonl").write_text(text, encoding="utf-8")
    result = calibrate(wflint, "-o", "out.toml")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"wflint: error: {message}")
    assert not (project / "out.toml").exists()


@pytest.mark.parametrize(
    ("write", "editor", "remark"),
    [
        pytest.param(10, 10, "ROC-AUC 0.500 (little better than chance)", id="useless"),
        pytest.param(2, 18, "ROC-AUC 0.900. ", id="good"),
        pytest.param(18, 2, "(edges that failed score lower than those that worked: ", id="the other way round"),
    ],
)
def test_how_good_the_order_is(wflint: Wflint, project: Path, write: int, editor: int, remark: str) -> None:
    rows = row("write", "editor", {"n": 20, "k": write}) + row("editor", "write", {"n": 20, "k": editor})
    (project / "labels.jsonl").write_text(rows, encoding="utf-8")
    result = calibrate(wflint)
    assert result.code == 0
    assert remark in result.out


def test_a_file_that_cannot_be_written_is_a_mistake_of_the_command_line(wflint: Wflint, project: Path) -> None:
    (project / "labels.jsonl").write_text(GOOD, encoding="utf-8")
    result = calibrate(wflint, "-o", "nowhere/out.toml")
    assert result == Result(2, "", "wflint: error: nowhere/out.toml: cannot be written: No such file or directory\n")


@pytest.mark.usefixtures("project")
def test_a_file_that_there_is_not(wflint: Wflint) -> None:
    result = calibrate(wflint)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("wflint: error: labels.jsonl: cannot be read")
