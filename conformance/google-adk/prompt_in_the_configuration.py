"""The instruction of an agent does not go into its model's configuration.

google-adk 2.13.0.
"""

import json

from google.adk.agents import LlmAgent
from google.genai import types
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
    config = types.GenerateContentConfig(system_instruction="Write.")
    return LlmAgent(name="writer", model="gemini-2.5-flash", generate_content_config=config, sub_agents=[
        LlmAgent(name="clerk", model="gemini-2.5-flash", instruction="Help.")
    ])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "System instruction must be set via LlmAgent.instruction" in refused}))
