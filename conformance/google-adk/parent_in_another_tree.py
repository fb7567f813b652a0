"""An agent has one parent, be the second one in a tree of its own.

google-adk 2.13.0.
"""

import json

from google.adk.agents import LlmAgent

writer = LlmAgent(name="writer", model="none")


def build():
    first = LlmAgent(name="first", model="none", sub_agents=[writer])
    second = LlmAgent(name="second", model="none", sub_agents=[writer])
    return first, second


if __name__ == "__main__":
    try:
        build()
        raised = ""
    except ValueError as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
