"""WF404 in code: labels that an answer, or the step before a router, never gives; WF403 where all are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

DESK = """
    from typing import Literal

    from agents import Agent, Runner
    from pydantic import BaseModel

    class Sorted(BaseModel):
        topic: Literal["refund", "parcel"]
        words: str

    sorter = Agent(name="sorter", instructions="Sort the mail.", output_type=Sorted)
    refunds = Agent(name="refunds", instructions="Pay back.")
    parcels = Agent(name="parcels", instructions="Find the parcel.")

    async def answer(mail):
        mail_sorted = (await Runner.run(sorter, mail)).final_output
        desk = parcels
        <0>
        return (await Runner.run(desk, mail)).final_output
"""
GRAPH = """
    from typing import Literal, TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel

    class Kind(BaseModel):
        kind: Literal["order", "complaint"]

    class Mail(TypedDict, total=False):
        text: str
        kind: str

    llm = ChatOpenAI(model="gpt-4o-mini", timeout=30)

    def sort(state: Mail):
        <1>

    def order(state: Mail):
        return {"text": "ordered"}

    def soothe(state: Mail):
        return {"text": "sorry"}

    def route(state: Mail):
        <0>

    graph = StateGraph(Mail)
    graph.add_node("sort", sort)
    graph.add_node("order", order)
    graph.add_node("soothe", soothe)
    graph.add_edge(START, "sort")
    graph.add_conditional_edges("sort", route, ["order", "soothe"])
    graph.add_edge("order", END)
    graph.add_edge("soothe", END)
    app = graph.compile()
"""
ANSWERED = 'return {"kind": llm.with_structured_output(Kind).invoke(state["text"]).kind}'
EVERY = (
    'if state["kind"] == "order":\n        return "order"\n'
    '    if state["kind"] == "complaint":\n        return "soothe"'
)
MATCHED = (
    'match state["kind"]:\n        case "order":\n            return "order"\n'
    '        case "complaint":\n            return "soothe"'
)


def said(program: str, places: tuple[str, ...], folder: Path, rule: str) -> list[tuple[str, Level]]:
    return found(Twin("", program, tuple((place, "") for place in places), "").bad, folder, rule)


@pytest.mark.parametrize(
    "test",
    [
        pytest.param('if mail_sorted.topic == "refunds":\n        desk = refunds', id="equal"),
        pytest.param('if "refunds" == mail_sorted.topic:\n        desk = refunds', id="turned-round"),
        pytest.param('if mail_sorted.topic != "refunds":\n        desk = parcels', id="not-equal"),
        pytest.param('match mail_sorted.topic:\n        case "refunds":\n            desk = refunds', id="a-case"),
    ],
)
def test_an_answer_that_never_comes(test: str, tmp_path: Path) -> None:
    ((line, level),) = said(DESK, (test,), tmp_path, "dead-route")
    assert '"refunds"' in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    "test",
    [
        pytest.param('if mail_sorted.topic == "refund":\n        desk = refunds', id="listed"),
        pytest.param('if mail_sorted.words == "refunds":\n        desk = refunds', id="any-text"),
        pytest.param('if mail_sorted.topic == "":\n        desk = refunds', id="nothing-at-all"),
        pytest.param("if mail_sorted.topic == mail:\n        desk = refunds", id="something-unknown"),
    ],
)
def test_answers_that_may_come(test: str, tmp_path: Path) -> None:
    assert said(DESK, (test,), tmp_path, "dead-route") == []


TWO = """
    from typing import Literal

    from agents import Agent, Runner
    from pydantic import BaseModel

    class First(BaseModel):
        state: Literal["open", "closed"]

    class Second(BaseModel):
        state: Literal["open", "<0>"]

    opener = Agent(name="opener", instructions="Open it.", output_type=First)
    closer = Agent(name="closer", instructions="Close it.", output_type=Second)

    def is_lost(found):
        return found.state == "lost"

    async def answer(mail):
        first = (await Runner.run(opener, mail)).final_output
        if is_lost(first):
            return None
        second = (await Runner.run(closer, first.state)).final_output
        return None if is_lost(second) else second
"""


def test_one_place_compares_the_answers_of_two(tmp_path: Path) -> None:
    assert said(TWO, ("lost",), tmp_path, "dead-route") == []
    assert {line for line, _ in said(TWO, ("shut",), tmp_path, "dead-route")} == {'return found.state == "lost"'}


def test_a_router_looks_for_what_no_step_hands_on(tmp_path: Path) -> None:
    ((line, level),) = said(GRAPH, (MATCHED.replace("complaint", "complain"), ANSWERED), tmp_path, "dead-route")
    assert line == 'case "complain":'
    assert level is Level.WARNING


@pytest.mark.parametrize(
    "writes",
    [
        pytest.param('return {"kind": "order" if "buy" in state["text"] else "complaint"}', id="written-out"),
        pytest.param(ANSWERED, id="answered"),
    ],
)
@pytest.mark.parametrize("route", [pytest.param(EVERY, id="tests"), pytest.param(MATCHED, id="cases")])
def test_a_router_that_looks_for_all_that_comes(route: str, writes: str, tmp_path: Path) -> None:
    assert said(GRAPH, (route, writes), tmp_path, "router-may-return-none") == []
    assert said(GRAPH, (route, writes), tmp_path, "dead-route") == []


def test_a_label_may_come_that_nobody_lists(tmp_path: Path) -> None:
    free = 'return {"kind": llm.invoke(state["text"]).content}'
    assert len(said(GRAPH, (EVERY, free), tmp_path, "router-may-return-none")) == 1
    assert said(GRAPH, (MATCHED.replace("complaint", "complain"), free), tmp_path, "dead-route") == []


SHARED = """
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph

    class Work(TypedDict, total=False):
        action: str

    def draft(state: Work):
        return {"action": "check"}

    def check(state: Work):
        return {"action": "<1>"}

    def send(state: Work):
        return {"action": "done"}

    def route(state: Work):
        if state["action"] == "check":
            return "check"
        if state["action"] == "send":
            return "send"
        return END

    graph = StateGraph(Work)
    graph.add_node("draft", draft)
    graph.add_node("check", check)
    graph.add_node("send", send)
    graph.add_edge(START, "draft")
    for step in ("draft", "check", "send"):
        graph.add_conditional_edges(step, route, ["check", "send", END])
    app = graph.compile()
"""


def test_one_router_decides_after_several_steps(tmp_path: Path) -> None:
    assert said(SHARED, ("", "send"), tmp_path, "dead-route") == []
    ((line, _),) = said(SHARED, ("", "mail"), tmp_path, "dead-route")
    assert '"send"' in line
