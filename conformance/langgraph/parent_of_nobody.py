"""A goto to the parent fails in a graph that no other graph holds.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command


class Call(TypedDict):
    text: str


def listen(call: Call):
    return Command(graph=Command.PARENT, goto="billing")


builder = StateGraph(Call)
builder.add_node("listen", listen)
builder.add_edge(START, "listen")
builder.add_edge("listen", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"text": "hi"})
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
