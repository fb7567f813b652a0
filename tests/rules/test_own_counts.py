"""WF703 for counts that the objects behind steps keep by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "budget-never-advances"
PROGRAM = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    MOST = 3

    class Paint(Executor):
        @handler
        async def paint(self, wish: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(wish + " in blue")

    class Look(Executor):
        def __init__(self) -> None:
            super().__init__(id="look")
            self.<0> = <1>

        def _note(self) -> None:
            <2>

        @handler
        async def look(self, picture: str, ctx: WorkflowContext[str, str]) -> None:
            self._note()
            if "sky" in picture or <3>:
                await ctx.yield_output(picture)
                return
            await ctx.send_message(picture)

    paint, look = Paint(id="paint"), Look()
    workflow = WorkflowBuilder(start_executor=paint).add_edge(paint, look)<4>.build()
"""
BACK = ".add_edge(look, paint)"


def _filled(*parts: str) -> str:
    return Twin("", PROGRAM, tuple((part, part) for part in parts), "").bad


@pytest.mark.parametrize("test", ["self.rounds >= MOST", "self.rounds > 4", "self.rounds == MOST"])
def test_a_count_that_nothing_changes(test: str, tmp_path: Path) -> None:
    said = found(_filled("rounds", "0", "pass", test, BACK), tmp_path, RULE)
    assert [(test in line, level) for line, level in said] == [(True, Level.ERROR)]


@pytest.mark.parametrize(
    "parts",
    [
        ("rounds", "0", "self.rounds += 1", "self.rounds >= MOST", BACK),
        ("rounds", "0", "setattr(self, 'rounds', 2)", "self.rounds >= MOST", BACK),
        ("retries", "3", "pass", "self.retries > MOST", BACK),
        ("retries", "0", "pass", "self.retries > 0", BACK),
        ("shade", "0", "pass", "self.shade >= MOST", BACK),
        ("rounds", "0", "pass", "self.rounds >= MOST", ""),
        ("rounds", "len(MOST)", "pass", "self.rounds >= MOST", BACK),
    ],
    ids=["counted", "set by name", "a setting", "switched off", "no count", "no loop", "not known"],
)
def test_silence(parts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(_filled(*parts), tmp_path, RULE) == []
