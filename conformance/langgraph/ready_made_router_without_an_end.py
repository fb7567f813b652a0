"""tools_condition gives the end where no tool is called: a map without it fails the run.

langgraph 1.2.24.
"""

import json

from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.tools import tool
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition


@tool
def look(name: str) -> str:
    """Looks it up."""
    return "found"


def answer(state: MessagesState):
    return {"messages": [AIMessage("done")]}


builder = StateGraph(MessagesState)
builder.add_node("answer", answer)
builder.add_node("tools", ToolNode([look]))
builder.add_edge(START, "answer")
builder.add_conditional_edges("answer", tools_condition, {"tools": "tools"})
builder.add_edge("tools", "answer")
graph = builder.compile()

if __name__ == "__main__":
    raised = ""
    try:
        graph.invoke({"messages": [HumanMessage("go")]})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
