"""A message with the id of an older one takes its place; it is not added.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from langchain_core.messages import AIMessage
from langgraph.graph import MessagesState


def one(state: MessagesState):
    return {"messages": [AIMessage("first", id="1")]}


def two(state: MessagesState):
    return {"messages": [AIMessage("second", id="1")]}


builder = StateGraph(MessagesState)
builder.add_node("one", one)
builder.add_node("two", two)
builder.add_edge(START, "one")
builder.add_edge("one", "two")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"said": [m.content for m in graph.invoke({"messages": []})["messages"]]}))
