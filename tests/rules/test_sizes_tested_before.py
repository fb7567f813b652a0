"""What tests of a number leave for those after them: a stronger one that comes too late never holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from wflint.evaluate.ranges import Sized
from wflint.evaluate.values import InputSource, TrackedValue

GRAPH = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph
from shelf import look_up

class State(TypedDict, total=False):
    score: float
    outcome: str

def assess(state: State):
    return {"score": float(input())}

def by_score(state: State) -> str:
    score = state["score"]
    TESTS
    return "release"

def leave(state: State):
    return {"outcome": str(state["score"])}

builder = StateGraph(State)
builder.add_node("assess", assess)
for name in ("block", "review", "release"):
    builder.add_node(name, leave)
    builder.add_edge(name, END)
builder.add_edge(START, "assess")
builder.add_conditional_edges("assess", by_score, {"block": "block", "review": "review", "release": "release"})MARK
app = builder.compile()
app.invoke({})
"""


def told(folder: Path, tests: str, mark: str) -> bool:
    source = GRAPH.replace("TESTS", tests.replace("\n", "\n    ")).replace("MARK", mark)
    found = [one for one in loud(folder, source) if one[1] == "WF404"]
    assert found == marked(source)
    return bool(found)


@pytest.mark.parametrize(
    "tests",
    [
        'if score > 0.5:\n    return "review"\nif score > 0.9:\n    return "block"',
        'if score >= 0.5:\n    return "review"\nelif 0.5 <= score:\n    return "block"',
        'if not score <= 0.5:\n    return "review"\nif state["score"] > 0.5:\n    return "block"',
        'if score < 0.5:\n    return "release"\nif score >= 0.2:\n    return "review"\nreturn "block"',
        'if score > 0.5 or score > 0.7:\n    return "review"\nif score > 0.9:\n    return "block"',
    ],
)
def test_a_route_behind_a_weaker_test_is_dead(tmp_path: Path, tests: str) -> None:
    assert told(tmp_path, tests, "  # <- WF404")


@pytest.mark.parametrize(
    "tests",
    [
        'if score > 0.9:\n    return "block"\nif score > 0.5:\n    return "review"',
        'if score > 0.5:\n    return "review"\nif score >= 0.5:\n    return "block"',
        'if score > 0.9 and state.get("outcome"):\n    return "block"\nif score > 0.9:\n    return "review"',
        'if score > 0.5:\n    return "review"\nscore = 1 - score\nif score > 0.9:\n    return "block"',
        'if score > 0.5:\n    if state.get("outcome"):\n        return "review"\nif score > 0.9:\n    return "block"',
        'while score < 0.5:\n    score += 1\nif score > 0.9:\n    return "block"\nif score > 0.7:\n    return "review"',
        *(
            f'if score > 0.5:\n    return "review"\n{change}\nif state["score"] > 0.9:\n    return "block"'
            for change in ('state["score"] = 1 - score', "state.update(look_up(state))", "look_up(state)")
        ),
        'last = state["outcome"]\nif len(last) > 3:\n    return "review"\nif len(last) > 1:\n    return "block"',
    ],
)
def test_a_route_that_a_number_may_still_take_is_not(tmp_path: Path, tests: str) -> None:
    assert not told(tmp_path, tests, "")


FLOW = """
from crewai import LLM
from crewai.flow.flow import Flow, listen, router, start
from pydantic import BaseModel

class Claim(BaseModel):
    amount: int = 0

class Claims(Flow[Claim]):
    @start()
    def read(self):
        return LLM(model="gpt-4o").call("Read")

    @router(read)
    def by_amount(self):
        if self.state.amount < FIRST:
            return "clerk"
        if self.state.amount < SECOND:
            return "at_once"
        return "board"

    @listen("at_once")MARK
    def pay(self):
        return "paid"

    @listen("clerk")
    def ask_clerk(self):
        return "asked"

    @listen("board")
    def ask_board(self):
        return "asked"

Claims().kickoff(inputs={"amount": 3})
"""


@pytest.mark.parametrize(("first", "second", "mark"), [("900", "50", "  # <- WF303"), ("50", "900", "")])
def test_a_label_behind_a_weaker_test_comes_never(tmp_path: Path, first: str, second: str, mark: str) -> None:
    source = FLOW.replace("FIRST", first).replace("SECOND", second).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    ("known", "asked", "outcome"),
    [
        (("<", 5), ("<", 5), True),
        (("<", 5), ("<=", 5), True),
        (("<=", 5), ("<", 5), None),
        (("<=", 5), (">", 5), False),
        (("<", 5), (">=", 5), False),
        (("<=", 5), (">=", 5), None),
        ((">", 5), (">", 4), True),
        ((">", 5), (">", 6), None),
        ((">", 5), ("<", 6), None),
        ((">=", 5), ("<", 4), False),
    ],
)
def test_sizes_imply_sizes(known: tuple[str, int], asked: tuple[str, int], outcome: object) -> None:
    number = TrackedValue(InputSource("state", None, None, None), ("score",))
    assert Sized(number, *known).implies(*asked) is outcome


def test_a_part_of_what_was_replaced_is_of_any_size(tmp_path: Path) -> None:
    nested = GRAPH.replace("score: float", "claim: dict").replace('{"score": float(input())}', '{"claim": {}}')
    nested = nested.replace('state["score"]', 'state["claim"]["score"]')
    tests = 'if score > 0.5:\n    return "review"\nCHANGEif state["claim"]["score"] > 0.9:\n    return "block"'
    for change, is_dead in (("", True), ('state["claim"] = look_up(state)\n', False)):
        body = tests.replace("CHANGE", change).replace("\n", "\n    ")
        source = nested.replace("TESTS", body).replace("MARK", "")
        found = [code for _, code in loud(tmp_path, source) if code == "WF404"]
        assert bool(found) is is_dead
