"""An error handler that gives an update and no goto ends the run: what follows the failed step is not run.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Page(TypedDict):
    text: str
    place: str


def fetch(page: Page):
    raise ConnectionError("down")


def cope(page: Page):
    return {"text": "(nothing)"}


def publish(page: Page):
    return {"place": "front page"}


builder = StateGraph(Page)
builder.add_node("fetch", fetch, error_handler=cope)
builder.add_node("publish", publish)
builder.add_edge(START, "fetch")
builder.add_edge("fetch", "publish")
builder.add_edge("publish", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"text": "", "place": ""})))
