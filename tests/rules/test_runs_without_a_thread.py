"""WF304 at runs of graphs that keep their state: they need a thread, wherever graph and checkpointer are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from tests.rules.twins import found

CLASS = """
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.graph import START, MessagesState, StateGraph

    class Desk:
        def __init__(self, keeping):
            self.graph = self.build(keeping)

        def build(self, keeping):
            builder = StateGraph(MessagesState)
            builder.add_node("answer", lambda state: {"messages": ["fine"]})
            builder.add_edge(START, "answer")
            return builder.compile(checkpointer=<0>)

        def ask(self, user, text):
            return self.graph.invoke({"messages": [text]}, <1>)

    def main(keeping):
        desk = Desk(keeping)
        print(desk.ask("ada", "hello"))

    if __name__ == "__main__":
        main(input("keep? "))
"""
TAGS = '{"tags": [user]}'


def _said(saver: str, config: str, folder: Path) -> list[str]:
    program = "\n".join(line.removeprefix("    ") for line in CLASS.splitlines())
    return [line for line, _ in found(program.replace("<0>", saver).replace("<1>", config), folder, "invalid-graph")]


def test_a_graph_that_only_a_script_makes(tmp_path: Path) -> None:
    assert _said("InMemorySaver()", TAGS, tmp_path) == [f'return self.graph.invoke({{"messages": [text]}}, {TAGS})']


@pytest.mark.parametrize(
    ("saver", "config"),
    [
        pytest.param("InMemorySaver()", '{"configurable": {"thread_id": user}}', id="a-thread"),
        pytest.param("InMemorySaver()", "user", id="not-known"),
        pytest.param("None", TAGS, id="nothing-kept"),
        pytest.param("InMemorySaver() if keeping else None", TAGS, id="kept-perhaps"),
    ],
)
def test_runs_that_may_do_without(saver: str, config: str, tmp_path: Path) -> None:
    assert _said(saver, config, tmp_path) == []


BESIDE = """
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, MessagesState, StateGraph

builder = StateGraph(MessagesState)
builder.add_node("answer", lambda state: {"messages": state["messages"][-1:]})
builder.add_edge(START, "answer")
builder.add_edge("answer", END)
app = builder.compile(checkpointer=InMemorySaver())

def chat(ticket: str, question: str):
    return app.invoke({"messages": [question]}, CHAT)

def once(question: str):
    return app.invoke({"messages": [question]}, {"recursion_limit": 9})MARK
"""


@pytest.mark.parametrize(
    ("chat", "mark"), [('{"configurable": {"thread_id": ticket}}', "  # <- WF304"), ('{"recursion_limit": 9}', "")]
)
def test_functions_that_nobody_calls_run_it_by_themselves_where_others_have_threads(
    tmp_path: Path, chat: str, mark: str
) -> None:
    source = BESIDE.replace("CHAT", chat).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)
