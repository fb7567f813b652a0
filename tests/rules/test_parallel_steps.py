"""Steps that could run at the same time (WF804), and one that only seems to, because a name is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from wflint.audit import audit
from wflint.request import CacheChoice, Request

LETTERS = """\
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
model = ChatOpenAI(model="gpt-4o-mini")
class Letter(TypedDict):
    complaint: str
    FIRST: str
    READ: str
    approved: str
def answer(state: Letter):
    return {"FIRST": model.invoke(f"Answer this complaint: {state['complaint']}").content}
def review(state: Letter):
    return {"approved": model.invoke(f"Is this polite? Say yes or no. {state['READ']}").content}
builder = StateGraph(Letter)
builder.add_node("answer", answer)
builder.add_node("review", review)
builder.add_edge(START, "answer")
builder.add_edge("answer", "review")
builder.add_edge("review", END)
graph = builder.compile()
"""


@pytest.mark.parametrize(
    ("first", "read", "found"),
    [
        pytest.param("reply", "answer", {"WF111"}, id="it probably means what the first writes"),
        pytest.param("answer", "answer", set(), id="it reads what the first writes"),
        pytest.param("reply", "complaint", {"WF804"}, id="it reads something else"),
    ],
)
def test_a_step_that_may_mean_the_other_one_has_to_wait(tmp_path: Path, first: str, read: str, found: set[str]) -> None:
    text = LETTERS.replace("FIRST", first).replace("READ", read)
    (tmp_path / "letters.py").write_text(text, encoding="utf-8")
    request = replace(Request.of(tmp_path), cache=CacheChoice(is_off=True))
    codes = {finding.code for finding in audit(request).findings}
    assert codes & {"WF111", "WF804"} == found
