"""A small program with findings, and versions of it."""

from __future__ import annotations

PATH = "app/desk.py"

DESK = """\
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Story(TypedDict):
    topic: str
    notes: str
    text: str


def research(state: Story):
    return {"notes": state["topic"], "sources": 3}


def draft(state: Story):
    return {"text": state["notes"] + state["tone"]}


def idle(state: Story):
    return {"text": "nothing"}


builder = StateGraph(Story)
builder.add_node("research", research)
builder.add_node("draft", draft)
builder.add_node("idle", idle)
builder.add_edge(START, "research")
builder.add_edge("research", "draft")
builder.add_edge("draft", END)
graph = builder.compile()
"""
FOUND = ("WF102 research", "WF101 draft", "WF301 idle")
"""What is wrong with it."""

MOVED = DESK.replace("class Story", "# One more line,\n# and another.\n\n\nclass Story").replace(
    "builder = StateGraph", "LIMIT = 3\n\nbuilder = StateGraph"
)
"""The same a few lines further down."""
MENDED = DESK.replace(', "sources": 3', "")
"""Without the undeclared field."""
WORSE = MENDED.replace(
    'return {"text": state["notes"] + state["tone"]}', "return f\"{state['notes']} {state['tone']}\""
)
"""And with a step that returns a text in place of an update."""
OPEN = DESK.replace('builder.add_edge("draft", END)', 'builder.add_edge("draft", input())')
"""With an edge to whatever somebody types: nobody can say who is unreachable."""
