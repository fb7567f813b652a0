"""Small programs that the traces of the tests are about."""

from __future__ import annotations

LIBRARY = """
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy

from desk_models import ask


class Desk(TypedDict, total=False):
    question: str
    shelf: str
    reply: str
    complaint: str


def look_up(state: Desk):
    return {"shelf": ask("which shelf", state["question"])}


def answer(state: Desk):
    return {"reply": ask("answer", state["shelf"])}


def check(state: Desk):
    return {"complaint": ask("any complaint", state["reply"])}


def verdict(state: Desk) -> Literal["answer", "__end__"]:
    return "answer" if state["complaint"] else END


graph = StateGraph(Desk)
graph.add_node("look_up", look_up, retry_policy=RetryPolicy(max_attempts=3))
graph.add_node("answer", answer)
graph.add_node("check", check)
graph.add_edge(START, "look_up")
graph.add_edge("look_up", "answer")
graph.add_edge("answer", "check")
graph.add_conditional_edges("check", verdict)
desk = graph.compile(name="library")
"""
"""A question is looked up, answered, and checked until there is no complaint."""

BESIDE = """
from typing import TypedDict

from langgraph.graph import START, StateGraph


class Desk(TypedDict, total=False):
    left: str
    right: str
    after: str


def left(state: Desk):
    return {"left": "l"}


def right(state: Desk):
    return {"right": "r"}


def after(state: Desk):
    return {"after": state["right"]}


graph = StateGraph(Desk)
graph.add_node("left", left)
graph.add_node("right", right)
graph.add_node("after", after)
graph.add_edge(START, "left")
graph.add_edge(START, "right")
graph.add_edge("right", "after")
desk = graph.compile(name="beside")
"""
"""Two steps run beside each other, and only one of them goes on."""

COPY = """
from pydantic import BaseModel
from pydantic_ai import Agent


class Facts(BaseModel):
    name: str
    weight: int


collector = Agent("m-1", name="collector", output_type=Facts)
author = Agent("m-2", name="author")


def make(text: str) -> str:
    facts = collector.run_sync(text).output
    return author.run_sync(f"Write about {facts}").output
"""
"""Two agents of pydantic-ai that plain code runs."""

DESKS = """
from agents import Agent, Runner

billing = Agent(name="billing", model="m-2")
front = Agent(name="front", model="m-1", handoffs=[billing])


def main(text: str):
    return Runner.run_sync(front, text)
"""
"""A front desk that hands off."""
