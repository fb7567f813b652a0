"""Notebooks through the command line: what is said of them, where, and what of them is read."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Wflint
from tests.notebooks import code, markdown, notebook
from wflint.writers.line_hash import line_hashes

IMPORTS = "from typing import TypedDict\nfrom langgraph.graph import END, START, StateGraph"
STATE = f"{IMPORTS}\n\n\nclass S(TypedDict):\n    x: str"
STEPS = 'def a(state: S):\n    "Äh \\"a\\""; return {"x": "1", "lost": 2}'
BUILD = (
    "%time builder = StateGraph(S)\nbuilder.add_node(a)\nbuilder.add_edge(START, 'a')\nbuilder.add_edge('a', END)\n"
    "graph = builder.compile()\ngraph.invoke({'x': '0'})"
)
UNDECLARED = (
    'WF102 [undeclared-output] warning: step "a" writes "lost", which S does not declare, so it is dropped; '
    "declare it in S or drop it"
)
UNUSED = "WF990 [unused-ignore] warning: unused ignore WF301: no such finding here"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, as the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def write(path: Path, *cells: object, indent: int | None = 1) -> None:
    """Store a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook(*cells, indent=indent), encoding="utf-8")


def lost(steps: str = STEPS) -> tuple[object, ...]:
    """The cells of a notebook with one defect."""
    return code("!pip install langgraph"), markdown("# A"), code(STATE), code(steps), code(BUILD)


def test_text_names_cell_and_line(folder: Path, wflint: Wflint) -> None:
    write(folder / "a.ipynb", *lost())
    listed = wflint("check", "--no-cache", "--output-format", "concise", "-q")
    assert (listed.code, listed.out) == (1, f"a.ipynb:cell 4:2:35: {UNDECLARED}\n")


def test_frames_show_the_cell_as_it_is_written(folder: Path, wflint: Wflint) -> None:
    write(folder / "a.ipynb", code("# nothing"), code(f"%load_ext x\n{STATE}\n{STEPS}\n{BUILD}"))
    assert wflint("check", "--no-cache", "--output-format", "full", "-q").out.splitlines()[:6] == [
        UNDECLARED,
        "  --> a.ipynb:cell 2:9:35",
        "   |",
        " 7 |     x: str",
        " 8 | def a(state: S):",
        ' 9 |     "Äh \\"a\\""; return {"x": "1", "lost": 2}',
    ]


def test_json_counts_in_the_cell(folder: Path, wflint: Wflint) -> None:
    write(folder / "a.ipynb", *lost())
    (finding,) = (
        found
        for found in json.loads(wflint("check", "--no-cache", "--output-format", "json").out)["findings"]
        if found["code"] == "WF102"
    )
    place = {"path": "a.ipynb", "line": 2, "column": 35, "endLine": 2, "endColumn": 41, "cell": 4}
    assert finding["location"] == place
    (workflow,) = json.loads(wflint("graph", "--no-cache", "--format", "json").out)["workflows"]
    assert workflow["location"] == {**place, "line": 1, "column": 17, "endLine": 1, "endColumn": 30, "cell": 5}


@pytest.mark.parametrize("indent", [1, None])
def test_sarif_points_into_the_file(folder: Path, wflint: Wflint, indent: int | None) -> None:
    write(folder / "a.ipynb", *lost(), indent=indent)
    file = (folder / "a.ipynb").read_text(encoding="utf-8")
    (run,) = json.loads(wflint("check", "--no-cache", "--output-format", "sarif").out)["runs"]
    (found,) = (result for result in run["results"] if result["ruleId"] == "WF102")
    region = found["locations"][0]["physicalLocation"]["region"]
    shown = file.splitlines()[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"]
    assert shown[region["startColumn"] - 1 : region["endColumn"] - 1] == r"\"lost\""
    assert found["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(file)[region["startLine"] - 1]
    node = next(node for node in run["graphs"][0]["nodes"] if node["id"] == "a")["location"]["physicalLocation"]
    line = file.splitlines()[node["region"]["startLine"] - 1]
    assert line[node["region"]["startColumn"] - 1 : node["region"]["endColumn"] - 1] == "builder.add_node(a)"


def test_ignores_in_cells(folder: Path, wflint: Wflint) -> None:
    above = code("# wflint: ignore[WF301]")
    write(folder / "a.ipynb", *lost(f"{STEPS}  # wflint: ignore[WF102] on purpose"))
    write(folder / "b.ipynb", code("# wflint: ignore[WF102] all of it"), *lost())
    write(folder / "c.ipynb", code("x = 1"), above, code(f"{STATE}\n{STEPS}  # wflint: ignore\n{BUILD}"))
    assert wflint("check", "--no-cache", "--output-format", "concise", "-q").out.splitlines() == [
        f"c.ipynb:cell 2:1:1: {UNUSED}",
    ]


def test_what_cannot_be_read_is_said_and_the_rest_is_read(folder: Path, wflint: Wflint) -> None:
    write(folder / "a.ipynb", code("from langgraph import graph"), code("x = = 1"), *lost())
    (folder / "b.ipynb").write_text('{"cells": [\n"import langgraph"', encoding="utf-8")
    result = wflint("check", "--no-cache", "--output-format", "concise")
    assert result.err.splitlines() == [
        "a.ipynb:cell 2:1:5: notice: invalid syntax",
        "b.ipynb:2:19: notice: not a notebook: Expecting ',' delimiter",
    ]
    assert result.out.startswith(f"a.ipynb:cell 6:2:35: {UNDECLARED}\n")
    (run,) = json.loads(wflint("check", "--no-cache", "--output-format", "sarif").out)["runs"]
    regions = [
        notice["locations"][0]["physicalLocation"]["region"]
        for notice in run["invocations"][0]["toolExecutionNotifications"]
    ]
    lines = (folder / "a.ipynb").read_text(encoding="utf-8").splitlines()
    assert lines[regions[0]["startLine"] - 1].strip() == '"x = = 1"'
    assert (regions[1]["startLine"], regions[1]["startColumn"]) == (2, 19)


def test_notebooks_import_modules_and_nobody_imports_notebooks(folder: Path, wflint: Wflint) -> None:
    (folder / "lab").mkdir()
    (folder / "lab/parts.py").write_text(f"{STATE}\n{STEPS}\n", encoding="utf-8")
    write(folder / "lab/a.ipynb", code(f"{IMPORTS}\nfrom parts import S, a"), code(BUILD))
    write(folder / "lab/helper.ipynb", code(f"{IMPORTS}\nmade = StateGraph(dict)\nmade.add_node('h', print)"))
    (folder / "lab/user.py").write_text("from helper import made\nfrom langgraph import x\nmade.add_node(f)\n")
    listed = wflint("graph", "lab", "--no-cache", "--format", "json").out
    steps = {flow["id"]: len(flow["steps"]) for flow in json.loads(listed)["workflows"]}
    assert steps == {"lab/a.ipynb::builder": 3, "lab/helper.ipynb::made": 1}


def test_which_notebooks_are_read(folder: Path, wflint: Wflint) -> None:
    for name in ("a.ipynb", "out/b.ipynb", "lab/.ipynb_checkpoints/a-checkpoint.ipynb"):
        write(folder / name, *lost())
    write(folder / "plain.ipynb", code("import numpy"))
    (folder / ".gitignore").write_text("out/\n", encoding="utf-8")
    assert wflint("check", "--show-files", "--no-cache").out == "a.ipynb\n"
    assert wflint("check", "out/b.ipynb", "--no-cache", "-q").out == f"out/b.ipynb:cell 4:2:35: {UNDECLARED}\n"


def test_a_notebook_through_standard_input(folder: Path, wflint: Wflint, monkeypatch: pytest.MonkeyPatch) -> None:
    text = notebook(*lost()).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    found = wflint("check", "-", "--stdin-filename", str(folder / "new.ipynb"), "--no-cache", "-q")
    assert found.out == f"new.ipynb:cell 4:2:35: {UNDECLARED}\n"


def test_the_cache_remembers_notebooks_and_their_notices(folder: Path, wflint: Wflint) -> None:
    write(folder / "a.ipynb", code("x = = 1"), *lost())
    first, second = (wflint("check", "--cache-dir", str(folder / "kept")) for _ in range(2))
    assert first == second
    assert first.err == "a.ipynb:cell 1:1:5: notice: invalid syntax\n"
