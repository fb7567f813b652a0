"""What workers that run at once add to a list stands there in the order in which they were sent off, whoever is done first.

langgraph 1.2.24.
"""

import json
import operator
import time
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from typing_extensions import TypedDict


class Report(TypedDict):
    parts: Annotated[list[int], operator.add]


class Job(TypedDict):
    n: int


def split(report: Report):
    return {}


def deal(report: Report):
    return [Send("work", {"n": n}) for n in (3, 1, 2)]


def work(job: Job):
    time.sleep(job["n"] / 50)
    return {"parts": [job["n"]]}


builder = StateGraph(Report)
builder.add_node("split", split)
builder.add_node("work", work)
builder.add_edge(START, "split")
builder.add_conditional_edges("split", deal, ["work"])
builder.add_edge("work", END)
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"parts": graph.invoke({"parts": []})["parts"]}))
