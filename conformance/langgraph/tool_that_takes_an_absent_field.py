"""A tool that is handed the state fails where it takes a field that the state does not have.

langgraph 1.2.24.
"""

import json
from typing import Annotated

from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import InjectedState, ToolNode


class Shop(MessagesState):
    rebate: int


@tool
def price(what: str, state: Annotated[dict, InjectedState]) -> str:
    """Prices."""
    return str(100 - state["discount"])


builder = StateGraph(Shop)
builder.add_node("tools", ToolNode([price]))
builder.add_edge(START, "tools")
builder.add_edge("tools", END)
app = builder.compile()
call = AIMessage(content="", tool_calls=[{"name": "price", "args": {"what": "soup"}, "id": "1"}])

if __name__ == "__main__":
    try:
        said = app.invoke({"messages": [call], "rebate": 20})["messages"][-1].content
    except KeyError as problem:
        said = str(problem)
    print(json.dumps({"fails": "discount" in said}))
