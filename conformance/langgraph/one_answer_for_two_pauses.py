"""Two steps that pause at once are not answered by one plain answer: the run refuses it.

langgraph 1.2.24.
"""

import json

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command, interrupt
from typing_extensions import TypedDict


class State(TypedDict):
    legal: str
    price: str


def ask_legal(state: State):
    return {"legal": interrupt("Is it legal?")}


def ask_price(state: State):
    return {"price": interrupt("Is it cheap?")}


builder = StateGraph(State)
builder.add_node("ask_legal", ask_legal)
builder.add_node("ask_price", ask_price)
builder.add_edge(START, "ask_legal")
builder.add_edge(START, "ask_price")
graph = builder.compile(checkpointer=InMemorySaver())

if __name__ == "__main__":
    thread = {"configurable": {"thread_id": "1"}}
    raised = ""
    asked = graph.invoke({"legal": "", "price": ""}, thread)["__interrupt__"]
    try:
        graph.invoke(Command(resume="yes"), thread)
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"asked": len(asked), "raised": raised}))
