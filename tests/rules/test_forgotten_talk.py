"""WF505 at graphs that keep their state: runs of one thread that begin anew with the messages of their call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found

CHAT = """
    import uuid
    from typing import Annotated, TypedDict
    from langchain_core.messages import HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.graph import START, StateGraph
    from langgraph.graph.message import add_messages
    from langgraph.types import interrupt

    model = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        messages: {type}
        title: str

    def chat(state: State):
        {look}
        return {"messages": {reply}}

    builder = StateGraph(State)
    builder.add_node("chat", chat)
    builder.add_edge(START, "chat")
    graph = builder.compile({kept})

    def ask(user, text, history):
        return graph.invoke({"messages": {given}}, {"configurable": {"thread_id": {thread}}})
"""
PLAIN = {
    "type": "list",
    "look": "said = model.invoke([SystemMessage('Be kind.'), *state['messages']])",
    "reply": "[said]",
    "kept": "checkpointer=InMemorySaver()",
    "given": "[HumanMessage(text)]",
    "thread": "user",
}


def _said(changed: dict[str, str], folder: Path) -> list[str]:
    program = "\n".join(line.removeprefix("    ") for line in CHAT.splitlines())
    for name, text in (PLAIN | changed).items():
        program = program.replace("{" + name + "}", text)
    return [line for line, _ in found(program, folder, "message-list-overwritten")]


@pytest.mark.parametrize("thread", ["user", "'1'", "f'chat-{user.name}'"])
def test_nobody_remembers_the_run_before(thread: str, tmp_path: Path) -> None:
    assert _said({"thread": thread}, tmp_path) == ["messages: list"]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"type": "Annotated[list, add_messages]"}, id="merged"),
        pytest.param({"kept": ""}, id="nothing-is-kept"),
        pytest.param({"given": "[*history, HumanMessage(text)]"}, id="the-caller-remembers"),
        pytest.param({"given": "history"}, id="not-known"),
        pytest.param({"thread": "str(uuid.uuid4())"}, id="a-thread-for-each-run"),
        pytest.param({"thread": "user or uuid.uuid4().hex"}, id="perhaps-a-new-thread"),
        pytest.param({"look": "said = model.invoke(state['messages'][-1].content)"}, id="the-last-one-is-enough"),
        pytest.param({"look": f"interrupt('go on?')\n    {PLAIN['look']}"}, id="kept-for-a-pause"),
        pytest.param({"kept": f"{PLAIN['kept']}, interrupt_before=['chat']"}, id="kept-for-a-halt"),
        pytest.param({"reply": "state['messages'] + [said]"}, id="it-hands-back-all"),
    ],
)
def test_conversations_that_are_no_memory(changed: dict[str, str], tmp_path: Path) -> None:
    assert _said(changed, tmp_path) == []
