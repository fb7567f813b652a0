"""A goto to the parent hands up its own update only: what the nested graph wrote before it is lost.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


from langgraph.types import Command


class State(TypedDict, total=False):
    topic: str
    note: str
    done: str


def take_notes(state: State):
    return {"note": f"about {state['topic']}"}


def leave(state: State):
    return Command(graph=Command.PARENT, goto="report", update={"done": "yes"})


inner = StateGraph(State)
inner.add_node("take_notes", take_notes)
inner.add_node("leave", leave)
inner.add_edge(START, "take_notes")
inner.add_edge("take_notes", "leave")


def report(state: State):
    return {"done": state["note"]}


outer = StateGraph(State)
outer.add_node("study", inner.compile(), destinations=("report",))
outer.add_node("report", report)
outer.add_edge(START, "study")
outer.add_edge("report", END)
graph = outer.compile()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: graph.invoke({"topic": "tea"}))[0]}))
