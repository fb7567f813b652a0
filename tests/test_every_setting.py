"""Every key of the configuration has an effect that people see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.history.programs import DESK
from tests.meta.settings import TABLES, keys
from tests.traces.programs import LIBRARY
from tests.traces.test_library import run
from tests.traces.writing import line, write
from wflint import cli

TALK = """
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o")


class Talk(TypedDict):
    topic: str
    notes: str
    text: str


def find(state: Talk):
    return {"notes": llm.invoke(f"Find facts on {state['topic']}.").content}


def write(state: Talk):
    return {"text": llm.invoke(f"Write a page on these: {state['notes']}").content}


def cut(state: Talk):
    return {"text": state["text"].split("---")[1]}


talk = StateGraph(Talk)
talk.add_node("find", find)
talk.add_node("write", write)
talk.add_node("cut", cut)
talk.add_edge(START, "find")
talk.add_edge("find", "write")
talk.add_edge("write", "cut")
talk.add_edge("cut", END)
graph = talk.compile()
"""
LOST = "from langgraph.graph import StateGraph\n\nnet = StateGraph(dict)\n"
CHECK = ("check", "desk.py", "-q", "--output-format", "concise")
PLAN = ("plan", "desk.py", "library.py", "talk.py", "-q", "--format", "json")
COST = ("trace", "runs.jsonl", "--source", "library.py", "-q", "--format", "json")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a command says with a key that it does not say without it, or the other way round.

    `besides` is what else the configuration says both times; without `came` and `gone` the exit codes differ.
    """

    text: str
    came: str = ""
    gone: str = ""
    command: tuple[str, ...] = CHECK
    besides: str = ""


EFFECTS = {
    "select": Effect('select = ["WF3"]', gone="WF101"),
    "extend-select": Effect('extend-select = ["WF101"]', came="WF101", besides='select = ["WF3"]'),
    "ignore": Effect('ignore = ["WF101"]', gone="WF101"),
    "per-file-ignores": Effect('per-file-ignores = { "desk.*" = ["WF101"] }', gone="WF101"),
    "exclude": Effect('exclude = ["desk.py"]', gone="WF101", command=("check", "-q", "--output-format", "concise")),
    "severity": Effect('severity = { WF101 = "note" }', came="WF101 [read-never-written] note"),
    "persona": Effect('persona = "auditor"', came="WF110"),
    "fail-on": Effect('fail-on = "error"', besides='select = ["WF301"]'),
    "output-format": Effect('output-format = "jsonl"', came='"kind":"finding"', command=("check", "desk.py", "-q")),
    "min-coverage": Effect("min-coverage = 50", command=("check", "lost.py")),
    "labels": Effect("labels = { diagnosis = 0 }", command=PLAN),
    "cost": Effect("cost = { output = 5 }", gone='"et": 310.0', command=COST),
    "approval-gates": Effect('approval-gates = { idle = ["draft"] }', came="WF307"),
    "decisions": Effect('decisions = "kept.toml"', came="reviewed by", command=PLAN),
    "baseline": Effect('baseline = "known.json"', gone="WF101"),
    "encoder": Effect('encoder = "sentence-transformers:nowhere"', came="sentence-transformers", command=PLAN),
    "plugins": Effect('plugins = ["nobody-has-this"]', came="no package brings 'nobody-has-this'"),
    "versions": Effect('versions = { langgraph = "0.2" }', came="at most 25", command=("graph", "library.py")),
    "labels.runs": Effect("runs = 2"),
    "labels.planning": Effect("planning = 900_000"),
    "labels.setup": Effect("setup = 0"),
    "labels.plan-tokens": Effect("plan-tokens = 9_000"),
    "labels.adapting": Effect("adapting = 90_000"),
    "labels.diagnosis": Effect("diagnosis = 90"),
    "labels.verdict": Effect("verdict = 9_000"),
    "labels.judge-prompt": Effect("judge-prompt = 90_000"),
    "labels.handled-static": Effect("handled-static = 0.1"),
    "labels.handled-check": Effect("handled-check = 0.1"),
    "labels.handled-judge": Effect("handled-judge = 0.1"),
    "labels.prior-strength": Effect("prior-strength = 50"),
    "labels.prior-scale": Effect("prior-scale = 2"),
    "labels.prior-bias": Effect("prior-bias = 1"),
    "cost.cached": Effect("cached = 0.5", came='"et": 350.0', gone='"et": 310.0'),
    "cost.output": Effect("output = 5", came='"et": 360.0', gone='"et": 310.0'),
    "cost.models": Effect("models = { m-1 = { factor = 2 } }", came='"et": 620.0', gone='"et": 310.0'),
    "cost.models.NAME.factor": Effect("factor = 3", came='"et": 930.0', gone='"et": 310.0'),
    "cost.models.NAME.input": Effect("input = 10", came='"money": 0.0', gone='"money": null', besides="output = 0"),
    "cost.models.NAME.cached": Effect("cached = 0", besides="input = 10\noutput = 0"),
    "cost.models.NAME.output": Effect("output = 10", came='"money": 0.0', gone='"money": null', besides="input = 0"),
}


def names() -> list[str]:
    return [f"{table}.{key}".removeprefix("tool.wflint.") for table, key in keys()]


def test_there_is_an_effect_for_every_key() -> None:
    assert list(EFFECTS) == names()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in {"desk.py": DESK, "library.py": LIBRARY, "talk.py": TALK, "lost.py": LOST}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write(tmp_path / "runs.jsonl", line(run("t1")))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", EFFECTS)
def test_it_is_seen(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    effect, table = EFFECTS[name], name.rpartition(".")[0]
    head = f"[{table.replace('NAME', 'm-1')}]\n" if table else ""
    command = effect.command if table == "" else PLAN if table == "labels" else COST

    def said(*lines: str) -> tuple[int, str]:
        (folder / "wflint.toml").write_text("\n".join([head, *lines]), encoding="utf-8")
        code = cli.run((*command, "--no-cache"))
        out, err = capsys.readouterr()
        return code, out + err

    if name == "decisions":
        (folder / "wflint.toml").write_text(effect.text, encoding="utf-8")
        assert cli.run(("plan", "desk.py", "--decide", "builder::research->draft=dynamic", "--reason", "x", "-q")) == 0
        assert (folder / "kept.toml").is_file()
    if name == "baseline":
        assert cli.run(("baseline", "-o", "known.json", "-q", "--no-cache")) == 0
    capsys.readouterr()
    without, with_it = said(effect.besides), said(effect.besides, effect.text)
    assert without != with_it
    assert effect.came in with_it[1]
    assert not effect.came or effect.came not in without[1]
    assert effect.gone in without[1]
    assert not effect.gone or effect.gone not in with_it[1]


def test_the_page_has_every_key() -> None:
    assert len(TABLES) == len({table for table, _ in keys()})
