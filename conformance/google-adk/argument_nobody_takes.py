"""An agent refuses arguments that it does not take.

google-adk 2.13.0.
"""

import json

from google.adk.agents import LlmAgent, LoopAgent


def build():
    writer = LlmAgent(name="writer", model="gemini-2.5-flash", instruction="Improve the text.")
    return LoopAgent(name="improve", sub_agent=[writer], max_iterations=3)


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Extra inputs are not permitted" in refused}))
