"""Without a reducer, a run of a kept thread begins with the messages of its call, and those before are gone.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph

model = FakeListChatModel(responses=["good", "bye"])


class State(TypedDict):
    messages: list


def chat(state: State):
    return {"messages": [model.invoke(state["messages"])]}


graph = StateGraph(State).add_node("chat", chat).add_edge(START, "chat").compile(checkpointer=InMemorySaver())


def ask(user: str, text: str):
    found = list(
        graph.stream({"messages": [HumanMessage(text)]}, {"configurable": {"thread_id": user}}, stream_mode="values")
    )
    return [message.content for message in found[0]["messages"]]


if __name__ == "__main__":
    print(json.dumps({"seen": [ask("ada", "one"), ask("ada", "two")]}))
