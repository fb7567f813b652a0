"""`wflint trace` and `--traces`, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.meta.refresh import ROOT
from tests.traces.programs import LIBRARY
from tests.traces.test_library import run
from tests.traces.writing import Span, line, model, node, write
from wflint import cli


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the program, and runs of it of which some complain."""
    (tmp_path / ".git").mkdir()
    write(tmp_path / "desk.py", LIBRARY)
    bad = "shelf: missing"
    runs = [run(f"t{at}", 2 if at % 2 else 1, complaints=bad, at=20 * at) for at in range(6)]
    write(tmp_path / "runs.jsonl", *map(line, runs))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wflint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run([*arguments, "--no-cache"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_fits_its_schema_and_has_the_counts(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    code, out, _ = wflint(capsys, "trace", "runs.jsonl", "--source", "desk.py", "--format", "json")
    found = json.loads(out)
    jsonschema.validate(found, json.loads((ROOT / "docs/schemas/trace-v1.json").read_text(encoding="utf-8")))
    assert code == 0
    (checked,) = [edge for edge in found["edges"] if (edge["source"], edge["target"]) == ("answer", "check")]
    assert (checked["executions"], checked["mismatches"]) == (9, 3)
    assert sum(step["et"] for step in found["steps"]) == found["et"]
    (anomaly,) = [one for one in found["anomalies"] if one["level"] == "warning"]
    assert (anomaly["kind"], anomaly["step"], anomaly["edges"]) == ("mismatch-premium", "check", [["answer", "check"]])


def test_a_sum_that_lacks_calls_is_a_least(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"openinference.span.kind": "LLM", "output.value": "an answer"}
    spans = [*run("u", 1, at=200), Span("ChatModel", "lost", "a0", 201.1, 201.2, "u", asked)]
    write(desk / "one.jsonl", line(spans))
    _, out, _ = wflint(capsys, "trace", "one.jsonl", "--source", "desk.py")
    _, whole, _ = wflint(capsys, "trace", "runs.jsonl", "--source", "desk.py")
    assert ": >=" in out.splitlines()[0]
    assert ">=" not in whole.splitlines()[0]


def test_evidence_reaches_labels_and_findings(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    _, out, _ = wflint(capsys, "graph", "desk.py", "--format", "json", "--traces", "runs.jsonl")
    (flow,) = json.loads(out)["workflows"]
    evidence = {(edge["source"], edge["target"]): edge["coordination"]["evidence"] for edge in flow["edges"]}
    assert evidence["answer", "check"] == {"executions": 9, "mismatches": 3}
    code, out, _ = wflint(capsys, "check", "desk.py", "--traces", "runs.jsonl", "--select", "WF8,WF9", "--quiet")
    assert code == 1
    assert 'WF801 [cost-outlier] warning: the edge from "answer" to "check"' in out


def test_the_report_puts_what_runs_show_before_what_they_lack(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = Span("answer", "l", "nobody", 0.1, 0.2, "t9", node("answer", 1))
    with (desk / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(line([beside]) + "\n")
    _, out, _ = wflint(capsys, "report", "desk.py", "--traces", "runs.jsonl", "--format", "json")
    found = json.loads(out)
    assert found["totals"]["dynamic_edges"] == found["totals"]["mismatched_edges"] == 1
    assert found["verdict"]["sentences"][-1].endswith(
        "1 of 5 edges should be watched at run time, because recorded executions did not fit."
    )
    told = [action["rule"] or action["kind"] for action in found["actions"]]
    assert told.index("WF801") < told.index("WF902") == len(told) - 1
    assert found["actions"][-1]["what"].startswith("Record that part, for nobody can tell without it what happened")
    _, out, _ = wflint(capsys, "report", "desk.py", "--traces", "runs.jsonl")
    (row,) = [line for line in out.splitlines() if line.startswith("| `answer` → `check` |")]
    assert "3 of 9 recorded executions did not fit\\: look at them" in row
    assert "recorded runs would settle it" not in out


def test_calibrate_counts_recorded_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    code, out, _ = wflint(capsys, "calibrate", "desk.py", "--traces", "runs.jsonl")
    assert code == 0
    assert out.startswith("# Each of 18 runs predicted from the others of its edge: Brier score ")
    assert "# 3 labelled edges, 18 runs, 3 mismatches." in out
    code, _, err = wflint(capsys, "calibrate", "desk.py")
    assert code == 2
    assert "give --labels FILE or --traces PATH" in err


def test_what_a_terminal_would_obey_is_escaped(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "draft\x1b[2J\u202e\n::error::x"
    spans = [Span(hostile, "x", attributes=node(hostile, 1)), Span("Chat", "y", "x", attributes=model(10, 1))]
    write(desk / "bad.jsonl", line(spans), '{"\x1b[31m": 1}\n'.replace("\x1b", "\\u001b"))
    code, out, err = wflint(capsys, "trace", "bad.jsonl", "--source", "desk.py")
    assert code == 0
    assert not any(sign in out + err for sign in ("\x1b", "\u202e"))
    assert "draft\u241b[2J\ufffd\u240a" in out


def test_a_path_that_is_not_there_is_a_mistake(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    code, _, err = wflint(capsys, "trace", "nowhere.jsonl")
    assert (code, "no such file or folder" in err) == (2, True)


@pytest.mark.parametrize("command", ["check", "graph", "plan", "report"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("hello\n", "runs.jsonl:1:1: notice: not JSON, or cut off", id="no JSON"),
        pytest.param('{"a": 1}\n', "runs.jsonl:1:1: notice: not a trace: an object with 'a'", id="no trace"),
        pytest.param("", "runs.jsonl:1:1: notice: no spans: the file is empty", id="nothing"),
    ],
)
def test_every_command_says_which_traces_it_could_not_read(
    desk: Path, capsys: pytest.CaptureFixture[str], command: str, text: str, said: str
) -> None:
    (desk / "runs.jsonl").write_text(text, encoding="utf-8")
    _, _, err = wflint(capsys, command, "--traces", "runs.jsonl", "desk.py")
    assert said in err


def test_a_trace_of_nothing_is_no_run_of_unknown_cost(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "runs.jsonl").write_text("{}\n", encoding="utf-8")
    code, out, _ = wflint(capsys, "trace", "runs.jsonl", "--source", "desk.py")
    assert (code, out.splitlines()[0]) == (0, "No recorded runs: nothing that was read is a trace.")


def test_a_folder_without_traces_is_told_of(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "runs").mkdir()
    _, _, err = wflint(capsys, "check", "--traces", "runs", "desk.py")
    assert "runs:1:1: notice: holds no recorded run" in err
