"""A message that is not there cannot be removed: the step that asks for it fails.

langgraph 1.2.24.
"""

import json

from langchain_core.messages import HumanMessage, RemoveMessage
from langgraph.graph import END, START, MessagesState, StateGraph


def trim(state: MessagesState):
    return {"messages": [RemoveMessage(id="draft")]}


builder = StateGraph(MessagesState)
builder.add_node("trim", trim)
builder.add_edge(START, "trim")
builder.add_edge("trim", END)
graph = builder.compile()

if __name__ == "__main__":
    raised = ""
    try:
        graph.invoke({"messages": [HumanMessage("a")]})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
