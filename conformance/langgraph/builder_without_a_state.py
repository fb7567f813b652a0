"""A builder that is told nothing of the state is not made.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph


def boil(soup):
    return {"parts": soup["parts"] + " boiled"}


def build():
    builder = StateGraph()
    builder.add_node("boil", boil)
    builder.add_edge(START, "boil")
    builder.add_edge("boil", END)
    return builder.compile()


if __name__ == "__main__":
    try:
        build()
        said = "built"
    except TypeError:
        said = "refused"
    print(json.dumps({"said": said}))
