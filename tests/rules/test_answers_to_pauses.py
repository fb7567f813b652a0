"""What steps of LangGraph take of the answer that they wait for, against what callers resume the run with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
from typing import TypedDict
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

class State(TypedDict, total=False):
    quote: str
    accepted: bool

def sign(state: State):
    BODY

builder = StateGraph(State)
builder.add_node("sign", sign)
builder.add_edge(START, "sign")
builder.add_edge("sign", END)
app = builder.compile(checkpointer=InMemorySaver())

def decide(ticket: str, accept: bool, answer):
    config = {"configurable": {"thread_id": ticket}}
    app.invoke({"quote": "40 EUR"}, config)
    return app.invoke(Command(resume=RESUME), config).get("accepted")
"""
ACCEPT = '{"accept": accept}'


@pytest.mark.parametrize(
    "body",
    [
        'answer = interrupt(state["quote"])\n    return {"accepted": answer["approved"]}  # <- WF109',
        'return {"accepted": interrupt(state["quote"])["approved"]}  # <- WF109',
        'answer = interrupt("?")\n    yes = answer["approved"] == "yes"  # <- WF109\n    return {"accepted": yes}',
    ],
)
def test_a_key_that_nobody_answers_is_told(tmp_path: Path, body: str) -> None:
    source = GRAPH.replace("BODY", body).replace("RESUME", ACCEPT)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    ("body", "resume"),
    [
        ('answer = interrupt("?")\n    return {"accepted": answer["accept"]}', ACCEPT),
        ('answer = interrupt("?")\n    return {"accepted": answer.get("approved")}', ACCEPT),
        ('answer = interrupt("?")\n    return {"accepted": answer["approved"]}', "answer"),
        ('answer = interrupt("?")\n    return {"accepted": answer["approved"]}', '{**answer, "accept": accept}'),
        ('answer = interrupt("?")\n    return {"accepted": "approved" in answer and answer["approved"]}', ACCEPT),
        (
            'a = interrupt("?")\n    ok = isinstance(a, bool)\n    return {"accepted": a if ok else a["approved"]}',
            ACCEPT,
        ),
        (
            'answer = interrupt("?")\n    answer = {"approved": answer}\n    return {"accepted": answer["approved"]}',
            ACCEPT,
        ),
        ('one = interrupt("a")\n    two = interrupt("b")\n    return {"accepted": two["approved"]}', ACCEPT),
    ],
)
def test_what_may_be_answered_is_not(tmp_path: Path, body: str, resume: str) -> None:
    source = GRAPH.replace("BODY", body).replace("RESUME", resume)
    assert [one for one in loud(tmp_path, source) if one[1] == "WF109"] == []
