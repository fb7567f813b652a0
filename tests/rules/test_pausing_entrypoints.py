"""WF508 around tasks: what an entrypoint does itself before it waits, and what its tasks do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import requests
    from langchain_openai import ChatOpenAI
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.func import entrypoint, task
    from langgraph.types import interrupt

    llm = ChatOpenAI(model="gpt-4o")

    @task
    def draft(customer: str) -> str:
        return llm.invoke("Draft an offer for " + customer).content

    @task
    def mail(text: str) -> None:
        requests.post("https://mail.example/send", json={"text": text}, timeout=9)

    @entrypoint(checkpointer=InMemorySaver())
    def offer(customer: str) -> str:
        text = draft(customer).result()
        <0>
        price = interrupt({"offer": text})
        <1>
        return text + price
"""
SEND = 'requests.post("https://mail.example/send", json={"text": text}, timeout=9)'


@pytest.mark.parametrize("before", [SEND, 'text = llm.invoke("Polish: " + text).content'])
def test_what_an_entrypoint_does_before_it_waits(before: str, tmp_path: Path) -> None:
    program = Twin("", PROGRAM, ((before, ""), ("pass", "")), "").bad
    assert found(program, tmp_path, "effect-before-interrupt") == [(before, Level.WARNING)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("mail(text).result()", "pass", id="a-task-does-it"),
        pytest.param("pass", SEND, id="done-after-the-wait"),
        pytest.param("text = text.strip()", "pass", id="nothing-outside"),
    ],
)
def test_silence(before: str, after: str, tmp_path: Path) -> None:
    program = Twin("", PROGRAM, ((before, ""), (after, "")), "").bad
    assert found(program, tmp_path, "effect-before-interrupt") == []
