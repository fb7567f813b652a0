"""An agent refuses arguments that it does not take.

openai-agents 0.24.0.
"""

import json

from agents import Agent


def build():
    refunds = Agent(name="refunds", instructions="Refund.")
    return Agent(name="desk", instruction="Help people.", handoffs=[refunds])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except TypeError as error:
        refused = str(error)
    print(json.dumps({"refused": "unexpected keyword argument 'instruction'" in refused}))
