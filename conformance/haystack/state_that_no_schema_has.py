"""A tool that takes an argument from a key which the state of its agent lacks is called without it, and fails.

haystack-ai 3.4.1.
"""

import json

from haystack.components.agents import Agent
from haystack.components.generators.chat import MockChatGenerator
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.tools import tool


@tool(inputs_from_state={"customer": "customer"})
def orders(customer: str) -> str:
    """Open orders."""
    return customer


asking = ChatMessage.from_assistant(tool_calls=[ToolCall(tool_name="orders", arguments={})])
desk = Agent(
    chat_generator=MockChatGenerator([asking, "done"]),
    tools=[orders],
    state_schema={"client": {"type": str}},
)

if __name__ == "__main__":
    said = desk.run(messages=[ChatMessage.from_user("open?")], client="c-1")["messages"]
    print(json.dumps({"failed": any(one.tool_call_result.error for one in said if one.tool_call_result)}))
