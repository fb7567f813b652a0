"""The default route has an edge of its own.

google-adk 2.13.0.
"""

import json

from google.adk.workflow import DEFAULT_ROUTE, START, Edge, FunctionNode, Workflow
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
    routed = Edge(from_node=FunctionNode(func=begin), to_node=FunctionNode(func=left), route=["a", DEFAULT_ROUTE])
    return Workflow(name="w", edges=[Edge(from_node=START, to_node=routed.from_node), routed])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "DEFAULT_ROUTE cannot be combined" in refused}))
