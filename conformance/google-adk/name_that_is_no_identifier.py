"""The name of an agent is an identifier.

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
    writer = LlmAgent(name="the writer", model="gemini-2.5-flash", instruction="Write.")
    return SequentialAgent(name="line", sub_agents=[writer])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "must be a valid" in refused}))
