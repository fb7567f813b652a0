"""Fields of a state that are None by default and that nobody sets: WF101, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from tests.rules.twins import Twin, found
from wflint.model.finding import Level

NODES = """
    from __future__ import annotations

    from dataclasses import dataclass

    from pydantic_graph import BaseNode, End, Graph, GraphRunContext


    @dataclass
    class Map:
        paths: list[str]


    @dataclass
    class Hike:
        start: str
        map: Map | None = None

        def look_up(self):
            self.map = Map([self.start])

        {method}

    @dataclass
    class Pack(BaseNode[Hike, None, str]):
        async def run(self, ctx: GraphRunContext[Hike]) -> Walk:
            {pack}
            return Walk()


    @dataclass
    class Walk(BaseNode[Hike, None, str]):
        async def run(self, ctx: GraphRunContext[Hike]) -> End[str]:
            {walk}
            return End(path)


    graph = Graph(nodes=[Pack, Walk])


    async def main():
        {run}
"""
RUN = 'await graph.run(Pack(), state=Hike("home"))'
READ = "path = ctx.state.map.paths[0]"
WRONG = f"{READ}  # <- WF101"


def nodes(pack: str = "pass", walk: str = READ, run: str = RUN, method: str = "") -> str:
    return NODES.format(pack=pack, walk=walk, run=run, method=method)


GRAPH = """
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel


    class Map(BaseModel):
        paths: list[str]


    class Hike(BaseModel):
        start: str
        map: Map | None = None
        path: str = ""


    def pack(hike: Hike):
        return {packed}


    def walk(hike: Hike):
        return {{"path": hike.map.paths[0]}}{mark}


    builder = StateGraph(Hike)
    builder.add_node("pack", pack)
    builder.add_node("walk", walk)
    builder.add_edge(START, "pack")
    builder.add_edge("pack", "walk")
    builder.add_edge("walk", END)
    graph = builder.compile()
    print(graph.invoke({given})["path"])
"""
SEEN = '{"start": "home"}'


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(nodes(walk=WRONG), id="nobody-sets-it"),
        pytest.param(nodes(pack='ctx.state.map = Map(["north"])'), id="a-step-sets-it"),
        pytest.param(nodes(pack="ctx.state.look_up()"), id="a-method-sets-it"),
        pytest.param(nodes(pack="fill(ctx)"), id="other-code-is-handed-the-context"),
        pytest.param(nodes(pack="fill(ctx.state)"), id="other-code-may-set-it"),
        pytest.param(
            nodes(walk=f"path = 'home'\n            if ctx.state.map is not None:\n                {READ}"), id="asked"
        ),
        pytest.param(nodes(walk="path = ctx.state.map.paths[0] if ctx.state.map else 'home'"), id="asked-at-once"),
        pytest.param(nodes(run='await graph.run(Pack(), state=Hike("home", Map(["north"])))'), id="the-caller-sets-it"),
        pytest.param(
            nodes(run='hike = Hike("home"); hike.map = Map(["north"]); await graph.run(Pack(), state=hike)'),
            id="the-caller-sets-it-later",
        ),
        pytest.param(nodes(run="await graph.run(Pack(), state=load())"), id="a-state-that-is-not-known"),
        pytest.param(nodes(run="pass"), id="no-run-is-seen"),
        pytest.param(nodes(method="def __post_init__(self):\n            self.look_up()\n"), id="made-with-the-state"),
        pytest.param(GRAPH.format(packed="{}", given=SEEN, mark="  # <- WF101"), id="model"),
        pytest.param(GRAPH.format(packed='{"map": Map(paths=[hike.start])}', given=SEEN, mark=""), id="model-written"),
        pytest.param(
            GRAPH.format(packed="{}", given='{"start": "home", "map": Map(paths=[])}', mark=""), id="model-passed"
        ),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


RENAMED = """
    import json
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        _path: str
        text: str

    SET = json.loads(open("settings.json").read())

    def where(state: State) -> str:
        return state.get("path") or state.get("_path")

    def write(state: State):
        return {"text": <0>}

    g = StateGraph(State)
    g.add_node("write", write)
    g.add_edge(START, "write")
    g.add_edge("write", END)
    graph = g.compile()
"""


@pytest.mark.parametrize(
    ("read", "levels"),
    [
        pytest.param('state.get("path") or state.get("_path")', {Level.NOTE}, id="one-for-the-other"),
        pytest.param('state.get("path") or state.get("old_path")', {Level.WARNING}, id="neither-is-there"),
        pytest.param('state.get("path") and state.get("_path")', {Level.WARNING}, id="both-are-asked-for"),
        pytest.param('state.get("path") == 1 or state.get("_path") == 2', {Level.WARNING}, id="tests-of-each"),
        pytest.param('state["path"] or state.get("_path")', {Level.ERROR}, id="it-has-to-be-there"),
        pytest.param('state.get("path", state.get("_path"))', {Level.NOTE}, id="one-as-the-default-of-the-other"),
        pytest.param('state.get("_path", state.get("path", ""))', {Level.NOTE}, id="the-other-way-round"),
        pytest.param('state.get("path", state.get("old_path"))', {Level.WARNING}, id="neither-as-the-default"),
        pytest.param('state.get("path", "") + state.get("_path")', {Level.WARNING}, id="a-plain-default"),
        pytest.param('state.get("path", SET.get("path"))', {Level.NOTE}, id="the-same-name-elsewhere"),
        pytest.param('SET.get("path") or state.get("path")', {Level.NOTE}, id="elsewhere-first"),
        pytest.param('state.get("path", SET.get("place"))', {Level.WARNING}, id="another-name-elsewhere"),
        pytest.param('print(state.get("path") or state.get("_path"))', {Level.NOTE}, id="handed-on"),
        pytest.param("where(state)", {Level.NOTE}, id="in-a-helper"),
        pytest.param('where(state) + state.get("path")', {Level.WARNING}, id="read-by-itself-as-well"),
    ],
)
def test_a_field_that_another_one_stands_in_for(read: str, levels: set[Level], tmp_path: Path) -> None:
    said = found(Twin("", RENAMED, ((read, ""),), "").bad, tmp_path, "read-never-written")
    assert {level for _, level in said} == levels
