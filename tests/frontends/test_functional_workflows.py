"""Workflows that are a function which calls steps: Agent Framework's `@workflow`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import ways, workflows
from wflint.model.workflow import FaultKind

FUNCTION = """
from agent_framework import RunContext, step, workflow
@step
{start} greet(name: str) -> str:
    return name
@workflow
async def letter({parameters}) -> str:
    return await greet(name)
"""


@pytest.mark.parametrize(
    ("start", "parameters", "refused"),
    [
        pytest.param("async def", "name: str", [], id="sound"),
        pytest.param("async def", "name: str, ctx", [], id="with a context by name"),
        pytest.param("async def", "name: str, run: RunContext", [], id="with a context by type"),
        pytest.param("async def", "name: str, *more, **other", [], id="what is not given"),
        pytest.param("async def", "name: str, place: str", ['workflow "letter", which has 2 parameters'], id="two"),
        pytest.param("def", "name: str", ['step "greet", which is not async'], id="a step that is not async"),
    ],
)
def test_workflows_that_are_functions(tmp_path: Path, start: str, parameters: str, refused: list[str]) -> None:
    (workflow,) = workflows(tmp_path, FUNCTION.format(start=start, parameters=parameters))
    assert ways(workflow) == {("__start__", "greet", "direct"), ("greet", "__end__", "direct")}
    assert [fault.subject for fault in workflow.faults if fault.kind is FaultKind.REFUSED] == refused
