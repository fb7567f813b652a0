"""What callers use of a run's result, told from the code around the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows

GRAPH = """\
from typing import TypedDict
from langgraph.graph import START, StateGraph
class State(TypedDict):
    topic: str
    text: str
def write(state): return {"text": "x"}
builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
graph = builder.compile({options})
"""


def taken(folder: Path, code: str, options: str = "") -> tuple[tuple[str, ...], bool]:
    (flow,) = workflows(folder, GRAPH.replace("{options}", options) + code)
    (call,) = flow.invocations
    return call.takes, call.takes_all_shown


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param("graph.invoke({})", (), id="dropped"),
        pytest.param("r = graph.invoke({})", (), id="kept and forgotten"),
        pytest.param("print(graph.invoke({})['text'])", ("text",), id="used at once"),
        pytest.param("r = graph.invoke({})\nprint(r['text'], r.get('topic', 1))", ("text", "topic"), id="two fields"),
        pytest.param("r: dict = graph.invoke({})\nassert 'text' in r", ("text",), id="tested"),
        pytest.param("async def f():\n    r = await graph.ainvoke({})\n    return r['text']", ("text",), id="awaited"),
        pytest.param(
            "def f():\n    r = graph.invoke({})\n    def g(): return r['topic']\n    return g() + r['text']",
            ("text", "topic"),
            id="in a closure",
        ),
        pytest.param(
            "def f():\n    r = graph.invoke({})\n    r['text']\nr = 1\nprint(r)", ("text",), id="a name again"
        ),
        pytest.param(
            "def f(rows):\n    for r in rows: print(r['topic'])\nr = graph.invoke({})\nr['text']",
            ("text",),
            id="a function's own variable",
        ),
        pytest.param(
            "def f(r): return r['topic']\ng = lambda r: r['topic']\nr = graph.invoke({})\nr['text']",
            ("text",),
            id="a parameter",
        ),
    ],
)
def test_all_that_is_taken(tmp_path: Path, code: str, fields: tuple[str, ...]) -> None:
    assert taken(tmp_path, code) == (fields, True)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("print(graph.invoke({}))", id="printed at once"),
        pytest.param("r = graph.invoke({})\nprint(r)", id="printed"),
        pytest.param("r = graph.invoke({})\nprint(r['text'])\nprint(f'{r}')", id="in a text"),
        pytest.param("def f():\n    return graph.invoke({})", id="returned"),
        pytest.param("def f():\n    r = graph.invoke({})\n    return r", id="returned later"),
        pytest.param("r = s = graph.invoke({})\nprint(r['text'], s)", id="two names"),
        pytest.param("r = {**graph.invoke({})}", id="spread"),
        pytest.param("for k in graph.invoke({}): print(k)", id="walked"),
        pytest.param("r = graph.invoke({})\nprint(r[key])", id="a computed field"),
        pytest.param("class C:\n    def f(self):\n        self.r = graph.invoke({})", id="kept in an object"),
        pytest.param("def f():\n    global r\n    r = graph.invoke({})\n    print(r['text'])", id="a global name"),
        pytest.param("r = (lambda: graph.invoke({}))()", id="in a lambda"),
        pytest.param("[r] = [graph.invoke({})]", id="unpacked"),
        pytest.param("if r := graph.invoke({}): print(r['text'])", id="a walrus"),
        pytest.param("def f():\n    r = graph.invoke({})\n    return lambda r=r: r['text']", id="handed to a lambda"),
        pytest.param("for r in graph.stream({}): print(r['text'])", id="streamed"),
        pytest.param("r = graph.batch([{}])", id="a batch"),
    ],
)
def test_anything_may_be_taken(tmp_path: Path, code: str) -> None:
    assert taken(tmp_path, code)[1] is False


def test_what_is_kept_anybody_may_look_at(tmp_path: Path) -> None:
    assert taken(tmp_path, "graph.invoke({})", "checkpointer=saver") == ((), False)
    assert taken(tmp_path, "graph.invoke({})", "checkpointer=None") == ((), True)


def test_a_graph_that_a_library_is_given_may_be_run_by_it(tmp_path: Path) -> None:
    served = GRAPH.replace("{options}", "") + "from langserve import add_routes\ngraph.invoke({})\n"
    assert [flow.externally_callable for flow in workflows(tmp_path, served)] == [False]
    assert [flow.externally_callable for flow in workflows(tmp_path, served + "add_routes(app, graph)\n")] == [True]


FLOW = """\
from crewai import LLM
from crewai.flow.flow import Flow, listen, start
from crewai.flow.persistence import persist
from pydantic import BaseModel

llm = LLM(model="gpt-4o")

class Menu(BaseModel):
    dish: str = ""
    label: str = ""

class MenuFlow(Flow[Menu]):
    @start()
    def name(self):
        self.state.label = llm.call(f"Name {self.state.dish}")

"""


def held(folder: Path, code: str) -> list[tuple[tuple[str, ...], bool]]:
    (flow,) = workflows(folder, FLOW + code)
    return [(call.takes, call.takes_all_shown) for call in flow.invocations]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("    flow.kickoff()\n    return flow.state.label", (("label",), True), id="a field of the state"),
        pytest.param("    return flow.kickoff()", ((), True), id="nothing but the result"),
        pytest.param(
            "    flow.plot()\n    result = flow.kickoff()\n    return result", ((), True), id="a picture, too"
        ),
        pytest.param("    flow.kickoff()\n    return flow.state['label']", (("label",), True), id="by its key"),
        pytest.param("    flow.state.dish = 'x'\n    flow.kickoff()", (("dish",), True), id="set before"),
        pytest.param("    flow.kickoff()\n    return flow", ((), False), id="the flow is handed on"),
        pytest.param("    flow.kickoff()\n    print(flow.state)", ((), False), id="the whole state"),
        pytest.param("    flow.kickoff()\n    return flow.state.model_dump()", ((), False), id="the state as a dict"),
        pytest.param(
            "    flow.kickoff()\n    show = lambda: flow.state.label\n    return show", (("label",), True), id="later"
        ),
    ],
)
def test_what_is_used_of_the_state_of_a_flow(tmp_path: Path, code: str, expected: tuple[tuple[str, ...], bool]) -> None:
    assert held(tmp_path, f"def main():\n    flow = MenuFlow()\n{code}\n") == [expected]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("def main():\n    return MenuFlow().kickoff()\n", ((), True), id="a flow without a name"),
        pytest.param("flow = MenuFlow()\nflow.kickoff()\n", ((), False), id="a name that others may import"),
        pytest.param(
            "class App:\n    def run(self):\n        self.flow = MenuFlow()\n        self.flow.kickoff()\n",
            ((), False),
            id="an attribute",
        ),
    ],
)
def test_who_else_may_look_at_a_flow(tmp_path: Path, code: str, expected: tuple[tuple[str, ...], bool]) -> None:
    assert held(tmp_path, code) == [expected]


def test_a_state_that_is_kept_may_be_looked_at_later(tmp_path: Path) -> None:
    source = FLOW.replace("class MenuFlow", "@persist()\nclass MenuFlow")
    (flow,) = workflows(tmp_path, source + "def main():\n    return MenuFlow().kickoff()\n")
    assert [call.takes_all_shown for call in flow.invocations] == [False]


NODES = """\
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph, GraphRunContext

@dataclass
class Menu:
    dish: str = ""
    label: str = ""

@dataclass
class Name(BaseNode[Menu, None, str]):
    async def run(self, ctx: GraphRunContext[Menu]) -> End[str]:
        ctx.state.label = ctx.state.dish.upper()
        return End("done")

graph = Graph(nodes=[Name])

"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("return result.output", ((), True), id="the output alone"),
        pytest.param("return result.state.label", (("label",), True), id="a field of the result's state"),
        pytest.param("return result.output, state.label", (("label",), True), id="a field of the caller's own"),
        pytest.param("return state", ((), False), id="the caller's own state"),
        pytest.param("return result", ((), False), id="the whole result"),
        pytest.param("return vars(result.state)", ((), False), id="the result's state as a dict"),
    ],
)
def test_what_is_used_of_the_state_of_a_graph(
    tmp_path: Path, code: str, expected: tuple[tuple[str, ...], bool]
) -> None:
    (flow,) = workflows(
        tmp_path,
        f"{NODES}async def main():\n    state = Menu(dish='x')\n"
        f"    result = await graph.run(Name(), state=state)\n    {code}\n",
    )
    assert [(call.takes, call.takes_all_shown) for call in flow.invocations] == [expected]


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("graph.run_sync(Name(), state=Menu())", True),
        ("graph.run_sync(Name())", True),
        ("graph.run_sync(Name(), state=state)", False),
        ("graph.run_sync(Name(), state=Menu(), persistence=kept)", False),
        ("graph.iter(Name(), state=Menu())", False),
    ],
)
def test_who_else_may_look_at_the_state_of_a_graph(tmp_path: Path, call: str, shown: bool) -> None:  # noqa: FBT001
    (flow,) = workflows(tmp_path, f"{NODES}def main(state: Menu, kept):\n    {call}\n")
    assert [run.takes_all_shown for run in flow.invocations] == [shown]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(text.content)", True),
        ("print(f'Here: {text.content.strip()}')", True),
        ("Path('a.txt').write_text(text.content)", True),
        ("json.dump({'text': text.content}, open('a.json', 'w'))", True),
        ("logging.info('got %s', text)", True),
        ("save(text.content)", True),
        ("print('asking')", False),
        ("print(state['topic'])", False),
        ("json.loads(text.content)", False),
    ],
)
def test_what_a_step_hands_out(tmp_path: Path, code: str, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    source = f"""\
import json
import logging
from pathlib import Path
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import START, StateGraph

class State(TypedDict):
    topic: str
    text: str

def save(text):
    with open("a.txt", "w") as file:
        file.write(text)

def write(state: State):
    text = ChatOpenAI().invoke(state["topic"])
    {code}
    return {{"text": text.content}}

builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
graph = builder.compile()
"""
    (flow,) = workflows(tmp_path, source)
    step = flow.step("write")
    assert step is not None
    assert step.reaches_sink is expected
