"""Two nodes of a graph have different names.

google-adk 2.13.0.
"""

import json

from google.adk.workflow import FunctionNode, Workflow
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
    one, other = FunctionNode(func=left, name="side"), FunctionNode(func=right, name="side")
    return Workflow(name="w", edges=[("START", begin, one), (begin, other)])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Duplicate node names found" in refused}))
