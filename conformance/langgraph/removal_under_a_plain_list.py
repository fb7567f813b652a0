"""RemoveMessage removes nothing in a field that adds lists up: the markers are appended to the messages.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langchain_core.messages import AnyMessage, HumanMessage, RemoveMessage
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class State(TypedDict):
    messages: Annotated[list[AnyMessage], operator.add]


def trim(state: State):
    return {"messages": [RemoveMessage(id=message.id) for message in state["messages"][:-1]]}


builder = StateGraph(State)
builder.add_node("trim", trim)
builder.add_edge(START, "trim")
builder.add_edge("trim", END)
graph = builder.compile()

if __name__ == "__main__":
    result = graph.invoke({"messages": [HumanMessage("a", id="1"), HumanMessage("b", id="2")]})
    print(json.dumps({"kinds": [message.type for message in result["messages"]]}))
