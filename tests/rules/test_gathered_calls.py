"""WF605 in the code of one step: calls for all items at once, and what bounds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import asyncio
    from typing import TypedDict

    import httpx
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")
    seats = asyncio.Semaphore(5)

    class State(TypedDict):
        shop: str
        letters: list[str]
        wishes: list[str]
        replies: list[str]

    async def fetch(state: State):
        reply = httpx.get(f"https://shop.example/{state['shop']}/letters", timeout=10)
        return {"letters": reply.json()}

    async def reply_to(letter):
        <0>

    async def answer(state: State):
        <1>
        return {"replies": done}

    builder = StateGraph(State)
    builder.add_node("fetch", fetch)
    builder.add_node("answer", answer)
    builder.add_edge(START, "fetch")
    builder.add_edge("fetch", "answer")
    builder.add_edge("answer", END)
    graph = builder.compile()
"""
ASK = 'return (await llm.ainvoke(f"Reply to {letter}")).content'
SEATED = "async with seats:\n        " + ASK
ACQUIRED = "await seats.acquire()\n    try:\n        " + ASK + "\n    finally:\n        seats.release()"
EACH = 'done = await asyncio.gather(*(reply_to(letter) for letter in state["letters"]))'
LISTED = 'runs = [reply_to(letter) for letter in state["letters"]]\n    done = await asyncio.gather(*runs)'
DIRECT = 'done = await asyncio.gather(*[llm.ainvoke(letter) for letter in state["letters"]])'


def said(folder: Path, asked: str, gathered: str) -> list[tuple[str, Level]]:
    program = Twin("", PROGRAM, ((asked, ""), (gathered, "")), "").bad
    return found(program, folder, "unbounded-fanout")


GROUP = """async with asyncio.TaskGroup() as group:
        runs = [group.create_task(reply_to(letter)) for letter in state["letters"]]
    done = [run.result() for run in runs]"""
LOOP = """runs = []
    for letter in state["letters"]:
        runs.append(asyncio.create_task(reply_to(letter)))
    done = await asyncio.gather(*runs)"""
ONE_BY_ONE = """done = []
    for letter in state["letters"]:
        done.append(await asyncio.create_task(reply_to(letter)))"""


@pytest.mark.parametrize(
    ("gathered", "place"),
    [
        (EACH, "asyncio.gather"),
        (LISTED, "asyncio.gather"),
        (DIRECT, "asyncio.gather"),
        (GROUP, "group.create_task"),
        (LOOP, "asyncio.create_task"),
    ],
)
def test_calls_for_all_items(gathered: str, place: str, tmp_path: Path) -> None:
    (one,) = said(tmp_path, ASK, gathered)
    assert place in one[0]
    assert one[1] is Level.WARNING


def test_items_of_a_caller(tmp_path: Path) -> None:
    ((_, level),) = said(tmp_path, ASK, EACH.replace("letters", "wishes"))
    assert level is Level.NOTE


@pytest.mark.parametrize(
    ("asked", "gathered"),
    [
        pytest.param(SEATED, EACH, id="a-semaphore"),
        pytest.param(ACQUIRED, EACH, id="a-semaphore-acquired"),
        pytest.param("return letter.upper()", EACH, id="nothing-is-called"),
        pytest.param(ASK, EACH.replace('state["letters"]', 'state["letters"][:5]'), id="a-part"),
        pytest.param(ASK, EACH.replace('state["letters"]', '("first", "last")'), id="written-out"),
        pytest.param(ASK, 'done = [await reply_to(letter) for letter in state["letters"]]', id="one-after-the-other"),
        pytest.param(ASK, 'done = await asyncio.gather(reply_to(state["shop"]), reply_to("us"))', id="two"),
        pytest.param(SEATED, GROUP, id="a-semaphore-in-a-group"),
        pytest.param(ASK, GROUP.replace("asyncio.TaskGroup()", "seats"), id="another-context"),
        pytest.param(ASK, GROUP.replace('state["letters"]', 'state["letters"][:3]'), id="a-part-in-a-group"),
        pytest.param(ASK, ONE_BY_ONE, id="each-is-waited-for"),
    ],
)
def test_silence(asked: str, gathered: str, tmp_path: Path) -> None:
    assert said(tmp_path, asked, gathered) == []
