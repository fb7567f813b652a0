"""Correct programs of the kinds that people write, each beside the slip next to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

LITERAL_GOTO = """
from typing import Literal, TypedDict
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command
from pydantic import BaseModel

class Verdict(BaseModel):
    following: Literal["bake", "cool", "stop", "again"]

class State(TypedDict):
    cake: str

def decide(state: State):
    verdict = Verdict(**ask())
    if verdict.following == "stop":
        return Command(goto=END)
    elif verdict.following == "cool":
        print("cooling")
    elif verdict.following == "again":
        {again}
    elif verdict.following == "bake":
        print("baking")
    else:
        raise ValueError
    return Command(goto=verdict.following)

def work(state: State):
    return {{"cake": state["cake"] + "!"}}

graph = StateGraph(State)
graph.add_node("decide", decide)
graph.add_node("bake", work)
graph.add_node("cool", work)
graph.add_edge(START, "decide")
graph.add_edge("bake", "decide")
graph.add_edge("cool", END)
app = graph.compile()
app.invoke({{"cake": "lemon"}})
"""

WHOLE_STATE = """
from operator import add
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    garden: str
    beds: Annotated[list[str], add]

def visit(state: State):
    state["garden"] = state["garden"].strip()
    return state

def plan(state: State):
    return {{"beds": [state["garden"] + " north"]}}

graph = StateGraph(State)
graph.add_node("visit", visit)
graph.add_node("plan", plan)
graph.add_edge(START, "{first}")
graph.add_edge("{first}", "{second}")
graph.add_edge("{second}", END)
app = graph.compile()
print(app.invoke({{"garden": "rose"}})["beds"])
"""


QUIZ = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph, GraphRunContext

@dataclass
class Round:
    riddle: str | None = None

@dataclass
class Pose(BaseNode[Round]):
    async def run(self, ctx: GraphRunContext[Round]) -> Judge:
        ctx.state.riddle = input("riddle")
        return Judge(input("answer"))

@dataclass
class Judge(BaseNode[Round, None, str]):
    answer: str

    async def run(self, ctx: GraphRunContext[Round]) -> End[str] | Scold:
        if self.answer == ctx.state.riddle:
            return End("right")
        return Scold()

@dataclass
class Scold(BaseNode[Round]):
    async def run(self, ctx: GraphRunContext[Round]) -> Pose:
        ctx.state.riddle = None
        return Pose()

quiz = Graph(nodes=(Pose, Judge, Scold), state_type=Round)
"""


VARIANTS = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    letter: str

def write(state: State):
    return {{"letter": state["letter"] + "."}}

def post(state: State):
    print(state["letter"])
    return {{}}

def build(posting):
    graph = StateGraph(State)
    graph.add_node("write", write)
    graph.add_node("post", post)
    graph.add_edge(START, "write")
    if posting:
        graph.add_edge("write", "post")
        graph.add_edge("post", END)
    else:
        graph.add_edge("write", END)
    return graph.compile()

for app in ({apps}):
    app.invoke({{"letter": "Dear"}})
"""

SCRATCH = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph

class State(TypedDict):
    wish: str
    kind: str
    answer: str

def sort(state: State):
    return {{"kind": state["wish"].split()[0]}}

def look(state: State):
    state["wish"] = input("where?")
    print(state["wish"])
    return {{"answer": "found"}}

def thank(state: State):
    return {{"answer": state["{read}"] + " thanks"}}

graph = StateGraph(State)
graph.add_node("sort", sort)
graph.add_node("look", look)
graph.add_node("thank", thank)
graph.add_edge(START, "sort")
graph.add_edge("sort", "look")
graph.add_edge("look", "thank")
graph.add_edge("thank", END)
app = graph.compile()
print(app.invoke({{"wish": "a boat"}})["answer"])
"""

LOOSE_TYPES = """
from typing import TypedDict
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel

class Letter(BaseModel):
    sender: str

class State(TypedDict):
    letters: list[Letter]
    text: str

def fetch(state: State):
    return {{"letters": inbox()}}

def read(state: State):
    return {{"text": ", ".join({part} for letter in state["letters"])}}

graph = StateGraph(State)
graph.add_node("fetch", fetch)
graph.add_node("read", read)
graph.add_edge(START, "fetch")
graph.add_edge("fetch", "read")
graph.add_edge("read", END)
app = graph.compile()
print(app.invoke({{}})["text"])
"""

OWN_VALUE = """
from crewai import Agent, Crew, Task
from crewai.flow.flow import Flow, listen, start
from pydantic import BaseModel

class Report(BaseModel):
    lines: list[str]

class Desk(BaseModel):
    report: Report = None

crew = Crew(agents=[Agent(role="a", goal="b", backstory="c")], tasks=[Task(description="d", expected_output="e")])

class Reporting(Flow[Desk]):
    @start()
    def begin(self):
        {begins}

    @listen(begin)
    def write(self):
        {sets}
        print(self.state.report.pydantic)

Reporting().kickoff()
"""


def codes(folder: Path, source: str) -> set[str]:
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = audit(Request(folder, (folder,), overrides=Config(), cache=CacheChoice(is_off=True))).findings
    return {finding.code for finding in found if finding.level is not Level.NOTE}


@pytest.mark.parametrize(
    ("code", "source", "slip", "correct"),
    [
        pytest.param(
            "WF303",
            LITERAL_GOTO,
            {"again": 'print("again")'},
            {"again": 'return Command(goto="decide")'},
            id="labels that an earlier arm has answered",
        ),
        pytest.param(
            "WF504",
            WHOLE_STATE,
            {"first": "plan", "second": "visit"},
            {"first": "visit", "second": "plan"},
            id="a list that nothing has filled yet",
        ),
        pytest.param(
            "WF301",
            VARIANTS,
            {"apps": "build(False), build(False)"},
            {"apps": "build(True), build(False)"},
            id="a step that one of two builds connects",
        ),
        pytest.param(
            "WF506", SCRATCH, {"read": "wish"}, {"read": "answer"}, id="state as scratch paper that nobody reads later"
        ),
        pytest.param(
            "WF109",
            LOOSE_TYPES,
            {"part": "letter.subject"},
            {"part": 'letter["sender"]'},
            id="dicts where a model is declared",
        ),
        pytest.param(
            "WF109",
            OWN_VALUE,
            {"begins": "self.state.report = load()", "sets": "pass"},
            {"begins": "pass", "sets": "self.state.report = crew.kickoff()"},
            id="a step that sets something else than is declared, and reads that",
        ),
    ],
)
def test_a_rule_hears_the_slip_and_not_the_correct_program(
    tmp_path: Path, code: str, source: str, slip: dict[str, str], correct: dict[str, str]
) -> None:
    assert code in codes(tmp_path, source.format(**slip))
    assert code not in codes(tmp_path, source.format(**correct))


def test_nodes_that_a_run_may_begin_with_do_not_run_together(tmp_path: Path) -> None:
    assert "WF501" not in codes(tmp_path, QUIZ)
