"""An agent refuses hand-offs in a tuple, and a word for tools that it does not know.

openai-agents 0.24.0.
"""

import json

from agents import Agent, set_tracing_disabled

set_tracing_disabled(True)

billing = Agent(name="billing")
refused = []
try:
    desk = Agent(name="desk", handoffs=(billing,))
except TypeError as error:
    refused.append(str(error))
try:
    hall = Agent(name="hall", handoffs=[billing], tool_use_behavior="stop")
except TypeError as error:
    refused.append(str(error).partition(",")[0])
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
