"""A call of a tool that the `ToolNode` does not have is answered with an error.

langgraph 1.2.24.
"""

import json

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition


@tool
def weigh(what: str) -> str:
    """Weighs."""
    return "2 kg"


@tool
def price(what: str) -> str:
    """Prices."""
    return "3 EUR"


class Model(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


call = AIMessage(content="", tool_calls=[{"name": "price", "args": {"what": "soup"}, "id": "1"}])
model = Model(messages=iter([call, AIMessage(content="done")])).bind_tools([weigh, price])


def answer(state: MessagesState):
    return {"messages": [model.invoke(state["messages"])]}


builder = StateGraph(MessagesState)
builder.add_node("answer", answer)
builder.add_node("tools", ToolNode([weigh]))
builder.add_edge(START, "answer")
builder.add_conditional_edges("answer", tools_condition)
builder.add_edge("tools", "answer")
app = builder.compile()

if __name__ == "__main__":
    said = [str(each.content) for each in app.invoke({"messages": [("user", "?")]})["messages"]]
    print(json.dumps({"error": said[2].startswith("Error: price is not a valid tool")}))
