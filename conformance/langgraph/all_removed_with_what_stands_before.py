"""What stands before the removal of all messages in one update is removed, too.

langgraph 1.2.24.
"""

import json

from langchain_core.messages import AIMessage, HumanMessage, RemoveMessage
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.graph.message import REMOVE_ALL_MESSAGES


def shorten(state: MessagesState):
    return {"messages": [AIMessage("In short: tea."), RemoveMessage(id=REMOVE_ALL_MESSAGES)]}


builder = StateGraph(MessagesState)
builder.add_node("shorten", shorten)
builder.add_edge(START, "shorten")
builder.add_edge("shorten", END)
graph = builder.compile()

if __name__ == "__main__":
    result = graph.invoke({"messages": [HumanMessage("a"), HumanMessage("b")]})
    print(json.dumps({"left": [message.content for message in result["messages"]]}))
