"""An agent that has a parent is in chat mode, so it cannot follow a step of a graph.

google-adk 2.13.0.
"""

import json

from google.adk.agents import LlmAgent
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
    writer = LlmAgent(name="writer", model="gemini-2.5-flash", instruction="Write.")
    LlmAgent(name="editor", model="gemini-2.5-flash", instruction="Edit.", sub_agents=[writer])
    return Workflow(name="w", edges=[("START", begin, writer)])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "mode='chat' following node" in refused}))
