"""A pause in a graph that the code of a step runs: the step begins again at its top, the graph goes on where it stopped.

langgraph 1.2.24.
"""

import json

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from typing_extensions import TypedDict


class Letter(TypedDict, total=False):
    text: str
    answer: str


ran = []


def look(letter: Letter):
    ran.append("look")
    return {"text": letter["text"] + "!"}


def ask(letter: Letter):
    ran.append("ask")
    return {"answer": interrupt("well?")}


inner = StateGraph(Letter)
inner.add_node("look", look)
inner.add_node("ask", ask)
inner.add_edge(START, "look")
inner.add_edge("look", "ask")
inner.add_edge("ask", END)
asking = inner.compile()


def outer(letter: Letter):
    ran.append("outer")
    found = asking.invoke({"text": letter["text"]})
    return {"answer": found["answer"], "text": found["text"]}


builder = StateGraph(Letter)
builder.add_node("outer", outer)
builder.add_edge(START, "outer")
builder.add_edge("outer", END)
graph = builder.compile(checkpointer=InMemorySaver())

if __name__ == "__main__":
    config = {"configurable": {"thread_id": "1"}}
    graph.invoke({"text": "x"}, config)
    result = graph.invoke(Command(resume="yes"), config)
    print(json.dumps({"ran": ran, "answer": result["answer"], "text": result["text"]}))
