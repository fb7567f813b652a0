"""Functions within functions, which code elsewhere runs: threads, routes, whoever is handed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows

HANDED_ON = """
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from fastapi import FastAPI
from langgraph.prebuilt import create_react_agent
from somewhere import somebody

def begin(query):
    def ask():
        agent = create_react_agent("gpt-5", tools=[], name="clerk")
        return agent.invoke({{"messages": [query]}})
    {begins}
"""


@pytest.mark.parametrize(
    "begins",
    [
        pytest.param("return ThreadPoolExecutor().submit(ask).result()", id="a pool"),
        pytest.param("threading.Thread(target=ask).start()", id="a thread"),
        pytest.param("return asyncio.run(asyncio.to_thread(ask))", id="a thread of a loop"),
        pytest.param("return somebody(ask)", id="code that is not in the source"),
        pytest.param("app = FastAPI()\n    app.post('/ask')(ask)\n    return app", id="a route"),
        pytest.param("return ask", id="whoever calls it"),
    ],
)
def test_functions_that_others_run_are_read(tmp_path: Path, begins: str) -> None:
    assert [workflow.span.line for workflow in workflows(tmp_path, HANDED_ON.format(begins=begins))] == [11]
