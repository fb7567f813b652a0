"""What graphs keep, cut, stream and hand to tools: savers, caches, lists that only grow, chunks, threads for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
from typing import Annotated, TypedDict
from langchain_core.messages import RemoveMessage, trim_messages
from langchain_core.tools import tool
from langgraph.cache.memory import InMemoryCache
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.prebuilt import InjectedState, ToolNode
from langgraph.types import CachePolicy, Command, interrupt

class State(TypedDict, total=False):
    messages: Annotated[list, add_messages]
    wish: str
    price: int
PARTS
"""
PAUSE = """
def ask(state: State):
    return {"price": interrupt(state["wish"])}
SAVER = InMemorySaver()
def build(saver):
    builder = StateGraph(State)
    builder.add_node("ask", ask)
    builder.add_edge(START, "ask")
    builder.add_edge("ask", END)
    return builder.compile(checkpointer=saver)
"""
BEGIN = (
    'def order(number, wish):\n    return build(MADE).invoke({"wish": wish}, {"configurable": {"thread_id": number}})\n'
)
GO_ON = (
    "def answer(number, price):\n"
    '    return build(MADE).invoke(Command(resume=price), {"configurable": {"thread_id": number}})'
)
BOTH = """
def order(number, wish, price):
    app, config = build(InMemorySaver()), {"configurable": {"thread_id": number}}
    app.invoke({"wish": wish}, config)
    return app.invoke(Command(resume=price), config)
"""
STREAM = """
def write(state: State):
    return {"price": len(state["wish"])}
builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
app = builder.compile()
def price(wish):
    last = {}
    for chunk in app.stream({"wish": wish}MODE):
        last = chunk
    BODY
"""
CUT = """
KEEP = 4
def cut(state: State):
    BODY
builder = StateGraph(State)
builder.add_node("cut", cut)
builder.add_edge(START, "cut")
builder.add_edge("cut", END)
app = builder.compile()
"""
CACHED = """
def write(state: State):
    return {"price": 1}
builder = StateGraph(State)
builder.add_node("write", write, cache_policy=POLICY)MARK
builder.add_edge(START, "write")
builder.add_edge("write", END)
app = builder.compile(CACHE)
"""
TOOL = """
@tool
def rate(what: str, STATE) -> str:
    '''Rates.'''
    BODY
builder = StateGraph(State)
builder.add_node("tools", ToolNode([rate]))
builder.add_edge(START, "tools")
builder.add_edge("tools", END)
app = builder.compile()
"""
WHOLE = "state: Annotated[dict, InjectedState]"


@pytest.mark.parametrize(
    "parts",
    [
        PAUSE + (BEGIN + GO_ON).replace("MADE", "InMemorySaver()") + "  # <- WF304",
        STREAM.replace("MODE", "").replace("BODY", 'return last["price"]  # <- WF109'),
        CUT.replace("BODY", 'return {"messages": state["messages"][-KEEP:]}  # <- WF504'),
        CUT.replace("BODY", 'said = state["messages"]\n    kept = said[2:]  # <- WF504\n    return {"messages": kept}'),
        CUT.replace("BODY", 'return {"messages": trim_messages(state["messages"], max_tokens=9)}  # <- WF504'),
        CACHED.replace("POLICY", "CachePolicy(ttl=9)").replace("MARK", "  # <- WF202").replace("CACHE", ""),
        TOOL.replace("STATE", WHOLE).replace("BODY", 'return str(state["rebate"])  # <- WF109'),
        TOOL.replace("STATE) -> str:", 'r: Annotated[int, InjectedState("rebate")]) -> str:  # <- WF109').replace(
            "BODY", "return str(r)"
        ),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, parts: str) -> None:
    source = GRAPH.replace("PARTS", parts)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    "parts",
    [
        PAUSE + (BEGIN + GO_ON).replace("MADE", "SAVER"),
        PAUSE + BOTH,
        STREAM.replace("MODE", ', stream_mode="values"').replace("BODY", 'return last["price"]'),
        STREAM.replace("MODE", "").replace("BODY", 'return last["write"]["price"]'),
        STREAM.replace("MODE", "").replace("BODY", 'return last["price"] if "price" in last else None'),
        STREAM.replace("MODE", ", stream_mode=mode()").replace("BODY", 'return last["price"]'),
        CUT.replace("BODY", 'return {"messages": state["messages"][-1:]}'),
        CUT.replace("BODY", 'return {"messages": [RemoveMessage(id=m.id) for m in state["messages"][:-KEEP]]}'),
        CUT.replace("BODY", 'made = model(state["messages"][-KEEP:])\n    return {"messages": made}'),
        CACHED.replace("POLICY", "CachePolicy(ttl=9)").replace("MARK", "").replace("CACHE", "cache=InMemoryCache()"),
        CACHED.replace("POLICY", "None").replace("MARK", "").replace("CACHE", ""),
        TOOL.replace("STATE", WHOLE).replace("BODY", 'return str(state["price"])'),
        TOOL.replace("STATE", WHOLE).replace("BODY", 'return str(state.get("rebate", 0))'),
    ],
)
def test_what_is_there_is_not(tmp_path: Path, parts: str) -> None:
    assert loud(tmp_path, GRAPH.replace("PARTS", parts)) == []


SERVED = """
from fastapi import FastAPI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, MessagesState, StateGraph
def reply(state: MessagesState):
    return {"messages": [("ai", "x")]}
builder = StateGraph(MessagesState)
builder.add_node("reply", reply)
builder.add_edge(START, "reply")
builder.add_edge("reply", END)
app = builder.compile(SAVER)
api = FastAPI()
HEAD
    return app.invoke({"messages": [("user", text)]}, {"configurable": {"thread_id": THREAD}})MARK
"""
POST = '@api.post("/ask")\ndef ask(customer: str, text: str):'


@pytest.mark.parametrize(
    ("saver", "head", "thread", "told"),
    [
        ("checkpointer=InMemorySaver()", POST, '"main"', True),
        ("checkpointer=InMemorySaver()", POST, "customer", False),
        ("", POST, '"main"', False),
        ("checkpointer=InMemorySaver()", "def script(text: str):", '"main"', False),
        ("checkpointer=InMemorySaver()", 'def ask(customer: str, text: str, thread: str = "main"):', "thread", False),
        ("checkpointer=InMemorySaver()", 'def ask(customer: str, text: str, thread: str = "old"):', '"main"', True),
    ],
)
def test_one_thread_for_all_callers_is_told(tmp_path: Path, saver: str, head: str, thread: str, told: bool) -> None:  # noqa: FBT001 - a table
    source = SERVED.replace("SAVER", saver).replace("HEAD", head).replace("THREAD", thread)
    source = source.replace("MARK", "  # <- WF501" if told else "")
    assert loud(tmp_path, source) == marked(source)


TWO = """
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
@tool
def weigh(what: str) -> str:
    '''Weighs.'''
    return "2"
@tool
def rate(what: str) -> str:
    '''Rates.'''
    return "3"
llm = ChatOpenAI(model="gpt-4o", timeout=9, max_retries=2).bind_tools(BOUND)MARK
def answer(state: MessagesState):
    return {"messages": [llm.invoke(state["messages"])]}
builder = StateGraph(MessagesState)
builder.add_node("answer", answer)
builder.add_node("tools", ToolNode(RUN))
builder.add_edge(START, "answer")
builder.add_conditional_edges("answer", tools_condition)
builder.add_edge("tools", "answer")
app = builder.compile()
app.invoke({"messages": []}, {"recursion_limit": 9})
"""


@pytest.mark.parametrize(
    ("bound", "run", "told"),
    [("[weigh, rate]", "[weigh]", True), ("[weigh, rate]", "[rate, weigh]", False), ("[weigh]", "[rate, weigh]", False),
     ("[weigh, rate]", "[weigh, *more()]", False)],
)  # fmt: skip
def test_a_tool_that_the_node_lacks_is_told(tmp_path: Path, bound: str, run: str, told: bool) -> None:  # noqa: FBT001 - a table
    source = TWO.replace("BOUND", bound).replace("RUN", run).replace("MARK", "  # <- WF306" if told else "")
    assert loud(tmp_path, source) == marked(source)
