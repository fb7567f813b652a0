"""WF804 within a step: models that its code waits for one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import asyncio
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        contract: str
        memo: str

    async def ask(topic, text):
        return (await llm.ainvoke(f"{topic}: {text}")).content

    async def review(state: State):
        text = state["contract"]
        <0>
        return {"memo": money + people}

    graph = StateGraph(State)
    graph.add_node("review", review)
    graph.add_edge(START, "review")
    graph.add_edge("review", END)
    app = graph.compile()
"""


def said(folder: Path, asked: str) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, ((asked, ""),), "").bad, folder, "could-run-in-parallel")


def test_two_that_do_not_need_each_other(tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, 'money = await ask("money", text)\n    people = await ask("people", text)')
    assert line == 'money = await ask("money", text)'
    assert level is Level.NOTE


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param('money = await ask("money", text)\n    people = await ask("people", money)', id="told-the-first"),
        pytest.param('money, people = await asyncio.gather(ask("money", text), ask("people", text))', id="at-once"),
        pytest.param(
            'money = await ask("money", text)\n    text = text + money\n    people = await ask("people", text)',
            id="told-in-between",
        ),
        pytest.param('money = await ask("money", text)\n    people = str(await asyncio.sleep(1))', id="no-model"),
    ],
)
def test_turns_that_have_a_reason(asked: str, tmp_path: Path) -> None:
    assert said(tmp_path, asked) == []
