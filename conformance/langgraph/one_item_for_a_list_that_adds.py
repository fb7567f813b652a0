"""A field that adds lists up takes a list: a step that returns one item by itself fails the run.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langchain_core.messages import AIMessage
from langgraph.graph import END, START, StateGraph


class Desk(TypedDict):
    messages: Annotated[list, operator.add]


def reply(state: Desk):
    return {"messages": AIMessage(content="done")}


builder = StateGraph(Desk)
builder.add_node("reply", reply)
builder.add_edge(START, "reply")
builder.add_edge("reply", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"messages": []})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
