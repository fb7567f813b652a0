"""WF109 at callers of graphs with an output of their own, WF504 at counts, and WF403 at routers of flows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found
from wflint.model.finding import Level

SCORES = """
    from typing import TypedDict
    from langgraph.graph import START, StateGraph

    class Given(TypedDict):
        letter: str

    class Out(TypedDict):
        accepted: bool

    class Whole(Given, Out):
        score: int

    def mark(state: Whole):
        return {"score": len(state["letter"])}

    def decide(state: Whole):
        return {"accepted": state["score"] > 3}

    builder = StateGraph(Whole, {schemas})
    graph = builder.add_sequence([mark, decide]).add_edge(START, "mark").compile()

    def rank(letter):
        result = graph.invoke({"letter": letter}{more})
        return result["accepted"], {taken}
"""
COUNTS = """
    import operator
    from typing import Annotated, TypedDict
    from langgraph.graph import START, StateGraph

    class State(TypedDict):
        tries: {type}
        spent: Annotated[float, operator.add]

    def fetch(state: State):
        print("try", state["tries"] + 1)
        return {given}

    graph = StateGraph(State).add_node("fetch", fetch).add_edge(START, "fetch").compile()
    graph.invoke({"tries": 0, "spent": 0.0})
"""
FLOW = """
    from crewai.flow.flow import Flow, listen, router, start

    class Shop(Flow):
        @start()
        def read(self):
            self.state["stock"] = len(input("what? "))

        @router(read)
        def look(self):
            if self.state["stock"] > 9:
                return "send"
            {rest}

        @listen("send")
        def send(self):
            print("sent")

        @listen("part")
        def part(self):
            print("a part of it")

    Shop().kickoff()
"""
SUM = "Annotated[int, operator.add]"


def _said(program: str, parts: dict[str, str], folder: Path, rule: str) -> list[tuple[str, Level]]:
    program = "\n".join(line.removeprefix("    ") for line in program.splitlines())
    for name, text in parts.items():
        program = program.replace("{" + name + "}", text)
    return found(program, folder, rule)


@pytest.mark.parametrize(
    ("schemas", "taken", "more", "levels"),
    [
        pytest.param("output_schema=Out", 'result["score"]', "", [Level.WARNING], id="kept-back"),
        pytest.param("output_schema=Out", 'result.get("__interrupt__")', "", [], id="of-the-framework"),
        pytest.param("output_schema=Out", '"fine"', "", [], id="left-alone"),
        pytest.param("input_schema=Given", 'result["score"]', "", [], id="all-of-it"),
        pytest.param("output_schema=Whole", 'result["score"]', "", [], id="declared"),
        pytest.param("output_schema=Out", 'result["score"]', ', output_keys=["score"]', [], id="asked-for"),
    ],
)
def test_what_a_caller_takes(schemas: str, taken: str, more: str, levels: list[Level], tmp_path: Path) -> None:
    parts = {"schemas": schemas, "taken": taken, "more": more}
    assert [level for _, level in _said(SCORES, parts, tmp_path, "type-mismatch")] == levels


@pytest.mark.parametrize(
    ("type_", "given", "count"),
    [
        pytest.param(SUM, '{"tries": state["tries"] + 1}', 1, id="the-sum-itself"),
        pytest.param(SUM, '{"tries": 1}', 0, id="one"),
        pytest.param("int", '{"tries": state["tries"] + 1}', 0, id="no-reducer"),
        pytest.param(SUM, '{"spent": 2.5 - state["spent"]}', 0, id="the-difference"),
    ],
)
def test_counts_that_are_added_to_themselves(type_: str, given: str, count: int, tmp_path: Path) -> None:
    assert len(_said(COUNTS, {"type": type_, "given": given}, tmp_path, "append-reducer-misuse")) == count


IF = 'if self.state["stock"] > 0:\n                return "part"'


@pytest.mark.parametrize(
    ("rest", "levels"),
    [
        pytest.param(IF, [Level.NOTE], id="it-just-ends"),
        pytest.param('return "part"', [], id="always-a-label"),
        pytest.param(f"{IF}\n            return None", [], id="nothing-is-said"),
        pytest.param("pass", [], id="only-something-to-do"),
    ],
)
def test_routers_of_flows(rest: str, levels: list[Level], tmp_path: Path) -> None:
    assert [level for _, level in _said(FLOW, {"rest": rest}, tmp_path, "router-may-return-none")] == levels
