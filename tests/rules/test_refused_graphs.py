"""Sequences and runs that LangGraph refuses, through sources, and those that it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

HEAD = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph


    class Bread(TypedDict):
        dough: str


    def knead(bread: Bread):
        return {"dough": bread["dough"]}


    def bake(bread: Bread):
        return {"dough": bread["dough"]}


    graph = StateGraph(Bread)
"""


def _sequence(steps: str, mark: str = "") -> str:
    ends = "    graph.add_edge(START, 'knead')\n    oven = graph.compile()\n"
    return f"{HEAD}    graph.add_sequence({steps}){mark}\n{ends}"


def _run(config: str, mark: str = "") -> str:
    return f'{_sequence("[knead, bake]")}    oven.invoke({{"dough": "rye"}}, {config}){mark}\n'


CASES = [
    pytest.param(_sequence('[("knead", knead), ("knead", bake)]', "  # <- WF304"), id="two steps of one name"),
    pytest.param(_sequence('[("knead", knead), ("bake", knead)]'), id="one function under two names"),
    pytest.param(_run('{"recursion_limit": 0}', "  # <- WF304"), id="a run of no step"),
    pytest.param(_run('{"recursion_limit": 5}'), id="a run of some steps"),
]


@pytest.mark.parametrize("source", CASES)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
