"""An edit has those units evaluated again that have read the file, and the outcome is that of a whole run."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.recovery.edited import Repo
from wflint.recovery import recovering
from wflint.recovery.records import Record
from wflint.recovery.units import Unit, merged

FIXTURES = Path(__file__).parents[2] / "fixtures"

FLOW = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph
from {helper} import tidy

class State(TypedDict):
    topic: str
    text: str

def write(state: State):
    return {{"text": tidy(state["topic"])}}

builder = StateGraph(State)
builder.add_node("{step}", write)
builder.add_edge(START, "{step}")
builder.add_edge("{step}", END)
graph = builder.compile()
"""

TEAMS = {
    "north/flow.py": FLOW.format(helper="north.words", step="write"),
    "north/words.py": "def tidy(text):\n    return text.strip()\n",
    "north/main.py": "from north.flow import graph\n\nprint(graph.invoke({'topic': 'x'})['text'])\n",
    "south/flow.py": FLOW.format(helper="shared.words", step="draft"),
    "south/more.py": FLOW.format(helper="south.flow", step="more"),
    "west/flow.py": FLOW.format(helper="shared.words", step="note"),
    "shared/words.py": "def tidy(text):\n    return text.lower()\n",
    "notes.py": "import json\n",
}


NORTH = ("north/flow.py", "north/main.py")
SOUTH = ("south/flow.py", "south/more.py")
WEST = ("west/flow.py",)


def test_files_that_import_each_other_are_a_unit(repo: Repo) -> None:
    repo.write(TEAMS)
    repo.check()
    assert repo.evaluated == [NORTH, SOUTH, WEST]
    repo.check()
    assert repo.evaluated == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("north/flow.py", [NORTH]),
        ("north/words.py", [NORTH]),
        ("north/main.py", [NORTH]),
        ("south/more.py", [SOUTH]),
        ("shared/words.py", [SOUTH, WEST]),
        ("notes.py", []),
    ],
)
def test_an_edit_concerns_the_units_that_have_read_the_file(
    repo: Repo, path: str, expected: list[tuple[str, ...]]
) -> None:
    repo.write(TEAMS)
    before = repo.check()
    repo.write({path: "EDITED = 1\n" + TEAMS[path]})
    edited = repo.check()
    assert repo.evaluated == expected
    assert edited == repo.check(fresh=True)
    repo.write(TEAMS)
    assert repo.check() == before


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("east.py", "import json\n", [], id="nobody asks for it"),
        pytest.param("tests/test_east.py", "from east import x\n", [], id="in a folder of its own"),
        pytest.param("shared/words/__init__.py", "", [], id="another one goes before it"),
        pytest.param("south/shared/words.py", TEAMS["north/words.py"], [NORTH, SOUTH, WEST], id="it may be meant"),
        pytest.param("east.py", "from west.flow import graph\ngraph.invoke({})\n", [(*WEST, "east.py")], id="a caller"),
    ],
)
def test_a_new_file_concerns_the_units_that_may_mean_it(
    repo: Repo, path: str, text: str, expected: list[tuple[str, ...]]
) -> None:
    repo.write(TEAMS)
    before = repo.check()
    repo.write({path: text})
    added = repo.check()
    assert sorted(map(sorted, repo.evaluated)) == sorted(map(sorted, expected))
    assert added == repo.check(fresh=True)
    (repo.root / path).unlink()
    assert repo.check() == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("north/main.py", "import json\n"),
        ("notes.py", "from north.flow import graph\nfrom west.flow import graph as other\n"),
        ("notes.py", FLOW.format(helper="north.words", step="new")),
        ("west/flow.py", "x = 1\n"),
        ("west/flow.py", "x = = 1\nfrom langgraph.graph import StateGraph\n"),
        ("shared/words.py", "from langgraph.graph import StateGraph\ndef tidy(text):\n    return text\n"),
    ],
)
def test_an_edit_may_change_what_belongs_together(repo: Repo, path: str, text: str) -> None:
    repo.write(TEAMS)
    before = repo.check()
    repo.write({path: text})
    assert repo.check() == repo.check(fresh=True)
    repo.write(TEAMS)
    assert repo.check() == before
    repo.write({"east.py": text})
    assert repo.check() == repo.check(fresh=True)
    (repo.root / "east.py").unlink()
    assert repo.check() == before


def test_one_file_is_evaluated_with_its_unit_only(repo: Repo) -> None:
    repo.write(TEAMS)
    repo.check()
    repo.write({"south/flow.py": "EDITED = 1\n" + TEAMS["south/flow.py"]})
    alone = repo.check("south/flow.py")
    assert repo.evaluated == [SOUTH]
    assert '"draft"' in alone
    assert alone == repo.check("south/flow.py", fresh=True)


LOADING = """
import importlib
from langgraph.graph import END, START, StateGraph

found = importlib.import_module("north.flow")
builder = StateGraph(found.State)
builder.add_node("again", found.write)
builder.add_edge(START, "again")
builder.add_edge("again", END)
graph = builder.compile()
"""


def test_units_that_read_each_other_become_one(repo: Repo) -> None:
    repo.write({**TEAMS, "east/flow.py": LOADING})
    first = repo.check()
    assert repo.evaluated == [("east/flow.py",), NORTH, SOUTH, WEST, ("east/flow.py", *NORTH)]
    assert '"again"' in first
    assert repo.check() == first
    assert repo.evaluated == []
    repo.write({"north/words.py": "EDITED = 1\n" + TEAMS["north/words.py"]})
    again = repo.check()
    assert again == repo.check(fresh=True)


MAKING = """
def make(kind):
    builder = kind(dict)
    builder.add_node("work", print)
    builder.set_entry_point("work")
    return builder.compile()
"""
USING = "from langgraph.graph import StateGraph\nfrom shared.making import make\n\ngraph = make(StateGraph)\n"


def test_units_with_a_workflow_at_the_same_place_become_one(repo: Repo) -> None:
    repo.write({"a/flow.py": USING, "b/flow.py": USING, "shared/making.py": MAKING})
    first = repo.check()
    assert repo.evaluated == [("a/flow.py",), ("b/flow.py",), ("a/flow.py", "b/flow.py")]
    assert repo.check() == first
    assert repo.evaluated == []


def as_one(whole: Unit, imports: Mapping[str, tuple[str, ...]]) -> tuple[Unit, ...]:
    del imports
    return (whole,)


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder",
    ["rosetta", "projects", "notebooks", "tour", "crewai", "google-adk", "haystack", "llamaindex", "langgraph"],
)
def test_many_units_come_to_what_one_comes_to(repo: Repo, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / folder, repo.root)
    cold = repo.check()
    assert repo.check() == cold
    monkeypatch.setattr(recovering, "merged", in_reverse(merged))
    assert repo.check() == cold
    monkeypatch.setattr(recovering, "merged", lambda _, records: tuple(records))
    monkeypatch.setattr(recovering, "partition", as_one)
    assert repo.check(fresh=True) == cold


Merging = Callable[[Unit, Mapping[Unit, Record]], tuple[Unit, ...]]


def in_reverse(merging: Merging) -> Merging:
    return lambda whole, records: merging(whole, records)[::-1]


def test_flipped_bits_are_never_believed(repo: Repo) -> None:
    repo.write(TEAMS)
    expected = repo.check()
    database = next(repo.cache.glob("*.sqlite"))
    chance = random.Random(7)  # noqa: S311 - any will do
    for _ in range(12):
        connection = sqlite3.connect(database)
        for key, value in connection.execute("SELECT key, value FROM entries").fetchall():
            damaged = bytearray(value)
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", (bytes(damaged), key))
        connection.commit()
        connection.close()
        assert repo.check() == expected
        assert repo.evaluated == [NORTH, SOUTH, WEST]
