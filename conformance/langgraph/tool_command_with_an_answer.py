"""What a tool's Command sets is there for the steps behind the step of tools.

langgraph 1.2.24.
"""

import json
from typing import Annotated, TypedDict

from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import InjectedToolCallId, tool
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.prebuilt import ToolNode
from langgraph.types import Command


class Desk(TypedDict):
    messages: Annotated[list, add_messages]
    customer: str


@tool
def remember(name: str, call: Annotated[str, InjectedToolCallId]):
    """Remember the customer."""
    return Command(update={"customer": name, "messages": [ToolMessage("kept", tool_call_id=call)]})


def plan(state: Desk):
    call = {"name": "remember", "args": {"name": "Ann"}, "id": "1"}
    return {"messages": [AIMessage(content="", tool_calls=[call])]}


def greet(state: Desk):
    return {"messages": [AIMessage(content="Hello " + state["customer"])]}


builder = StateGraph(Desk)
builder.add_node("plan", plan)
builder.add_node("tools", ToolNode([remember]))
builder.add_node("greet", greet)
builder.add_edge(START, "plan")
builder.add_edge("plan", "tools")
builder.add_edge("tools", "greet")
builder.add_edge("greet", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"last": graph.invoke({"messages": []})["messages"][-1].content}))
