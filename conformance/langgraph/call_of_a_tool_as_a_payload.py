"""A step may be sent calls of tools: what a library's class declares is what it is shown.

langgraph 1.2.24.
"""

import json
from typing import Literal

from langchain_core.messages import AIMessage, ToolCall, ToolMessage
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.types import Command, Send

CALLS = [ToolCall(name="weigh", args={"grams": 3}, id="1"), ToolCall(name="weigh", args={"grams": 4}, id="2")]


def agent(state: MessagesState) -> Command[Literal["weigh"]]:
    answer = AIMessage("", tool_calls=CALLS)
    return Command(update={"messages": answer}, goto=[Send(call["name"], call) for call in answer.tool_calls])


def weigh(call: ToolCall):
    return {"messages": ToolMessage(str(call["args"]["grams"]), tool_call_id=call["id"])}


builder = StateGraph(MessagesState)
builder.add_node(agent)
builder.add_node(weigh)
builder.add_edge(START, "agent")
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"said": [message.text for message in graph.invoke({"messages": []})["messages"]]}))
