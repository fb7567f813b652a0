"""What `from_conn_string` gives is a context manager, and `compile` refuses it until it is entered.

langgraph 1.2.24, stood for by a manager of the standard library: it refuses anything that is no saver.
"""

import json
from contextlib import contextmanager
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Diary(TypedDict):
    text: str


def write(diary: Diary):
    return {"text": diary["text"] + "."}


@contextmanager
def opened():
    yield InMemorySaver()


builder = StateGraph(Diary)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
with opened() as saver:
    fine = builder.compile(checkpointer=saver)
refused = []
for keeper in (opened(), InMemorySaver, "memory"):
    try:
        builder.compile(checkpointer=keeper)
    except TypeError as error:
        refused.append(str(error).rpartition("Received ")[2].partition(".")[0])
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
