"""A hand-off with an input type is refused without the function that takes the input, and with one that does not.

openai-agents 0.24.0.
"""

import json

from agents import Agent, handoff, set_tracing_disabled
from pydantic import BaseModel

set_tracing_disabled(True)


class Reason(BaseModel):
    text: str


def noted(ctx):
    print(ctx)


billing = Agent(name="billing")
refunds = Agent(name="refunds")
refused = []
try:
    first = Agent(name="first", handoffs=[handoff(billing, input_type=Reason)])
except Exception as error:
    refused.append(str(error))
try:
    second = Agent(name="second", handoffs=[handoff(refunds, input_type=Reason, on_handoff=noted)])
except Exception as error:
    refused.append(str(error))
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
