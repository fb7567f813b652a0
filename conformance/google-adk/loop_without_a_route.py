"""A loop has at least one edge with a route.

google-adk 2.13.0.
"""

import json

from google.adk.workflow import Workflow
ran = []


def begin(node_input):
    ran.append("begin")
    return "go"


def left(node_input):
    ran.append("left")
    return "L"


def right(node_input):
    ran.append("right")
    return "R"


def last(node_input):
    ran.append("last")
    return "end"


def build():
    return Workflow(name="w", edges=[("START", begin, left, right, left)])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Unconditional cycle detected" in refused}))
