"""A tool that raises ends the run; only arguments that do not fit are told to the model.

langgraph 1.2.24.
"""

import json

from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.tools import tool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode


@tool
def look(name: str) -> str:
    """Looks it up."""
    raise ValueError("the shop is closed")


def ask(state: MessagesState):
    return {"messages": [AIMessage("", tool_calls=[{"name": "look", "args": {"name": "tea"}, "id": "1"}])]}


def ask_badly(state: MessagesState):
    return {"messages": [AIMessage("", tool_calls=[{"name": "look", "args": {"nme": "tea"}, "id": "1"}])]}


def graph_of(step):
    builder = StateGraph(MessagesState)
    builder.add_node("ask", step)
    builder.add_node("tools", ToolNode([look]))
    builder.add_edge(START, "ask")
    builder.add_edge("ask", "tools")
    builder.add_edge("tools", END)
    return builder.compile()


def outcome(graph):
    try:
        return graph.invoke({"messages": [HumanMessage("go")]})["messages"][-1].status
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"fails": outcome(graph_of(ask)), "misfits": outcome(graph_of(ask_badly))}))
