"""A router after one of two steps that run at once sees nothing of what the other one wrote.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class Letter(TypedDict, total=False):
    text: str
    draft: str
    verdict: str


ran = []


def write(letter: Letter):
    return {"draft": letter["text"] + "!"}


def judge(letter: Letter):
    return {"verdict": "bad"}


def route(letter: Letter):
    return "mend" if letter["verdict"] == "bad" else "post"


def mend(letter: Letter):
    ran.append("mend")
    return {"draft": letter["draft"] + "?"}


def post(letter: Letter):
    ran.append("post")
    return {"text": letter["draft"]}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_node("judge", judge)
builder.add_node("mend", mend)
builder.add_node("post", post)
builder.add_edge(START, "write")
builder.add_edge(START, "judge")
builder.add_conditional_edges("write", route, ["mend", "post"])
builder.add_edge("judge", END)
builder.add_edge("mend", END)
builder.add_edge("post", END)
graph = builder.compile()

if __name__ == "__main__":
    try:
        graph.invoke({"text": "x"})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "ran": ran}))
