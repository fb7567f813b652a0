"""An agent has one parent.

google-adk 2.13.0.
"""

import json

from google.adk.agents import LlmAgent, SequentialAgent
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
    first = SequentialAgent(name="first", sub_agents=[writer])
    second = SequentialAgent(name="second", sub_agents=[writer])
    return SequentialAgent(name="line", sub_agents=[first, second])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "already has a parent agent" in refused}))
