"""Messages that are there stay there, whatever part of them a step returns: only a `RemoveMessage` takes one away.

langgraph 1.2.24.
"""

import json

from langchain_core.messages import RemoveMessage
from langgraph.graph import END, START, MessagesState, StateGraph


def keep(state: MessagesState):
    return {"messages": state["messages"][-2:]}


def remove(state: MessagesState):
    return {"messages": [RemoveMessage(id=each.id) for each in state["messages"][:-2]]}


builder = StateGraph(MessagesState)
builder.add_node("keep", keep)
builder.add_edge(START, "keep")
builder.add_edge("keep", END)
kept = builder.compile()

other = StateGraph(MessagesState)
other.add_node("remove", remove)
other.add_edge(START, "remove")
other.add_edge("remove", END)
removed = other.compile()

if __name__ == "__main__":
    said = [("user", text) for text in "abcd"]
    counts = [len(graph.invoke({"messages": said})["messages"]) for graph in (kept, removed)]
    print(json.dumps({"kept": counts[0], "removed": counts[1]}))
