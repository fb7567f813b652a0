"""WF504 on a step that changes its input and returns it: what is left of the old list decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

CODE = """\
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Notes(BaseModel):
    topic: str = ""
    rough: bool = False
    ideas: Annotated[list[str], operator.add] = []


def think(state: Notes) -> Notes:
    {body}
    return state


graph = StateGraph(Notes)
graph.add_node("think", think)
graph.add_edge(START, "think")
graph.add_edge("think", END)
graph.compile().invoke({{"topic": "rain", "ideas": ["wind"]}})
"""


def told(folder: Path, body: str) -> list[str]:
    (folder / "app.py").write_text(CODE.format(body=body), encoding="utf-8")
    made = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    return [f"{each.code} {each.span.line}" for each in made.findings if each.code == "WF504"]


@pytest.mark.parametrize(
    "body",
    [
        "state.ideas = [word.strip() for word in state.topic.split()]",
        "state.ideas = []",
        "found = [state.topic]; found.append('snow'); state.ideas = found",
    ],
)
def test_a_list_of_new_entries_only_doubles_nothing(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "state.ideas = state.ideas + ['snow']",
        "state.ideas.append('snow')",
        "state.ideas = ['snow'] if state.rough else state.ideas",
        "if state.rough: state.ideas = ['snow']",
    ],
)
def test_what_holds_the_old_entries_doubles_them(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == ["WF504 15"]
