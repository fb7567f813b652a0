"""WF703 for counts that the nodes of pydantic-graph hand on in their own fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "budget-never-advances"
PROGRAM = """
    from __future__ import annotations
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext

    MOST = 4
    judge = Agent("openai:gpt-4o", output_type=bool)

    @dataclass
    class Write(BaseNode[None, None, str]):
        attempt: int = 1

        async def run(self, ctx: GraphRunContext) -> Judge:
            return Judge(<0>)

    @dataclass
    class Judge(BaseNode[None, None, str]):
        attempt: int = 1

        async def run(self, ctx: GraphRunContext) -> Write | End[str]:
            <1>
            fine = await judge.run("a text")
            if fine.output or self.attempt >= MOST:
                return End("done")
            return Write(<2>)

    g = GraphBuilder(output_type=str)

    @g.step
    async def begin(ctx: StepContext[None, None, None]) -> Write:
        return Write()

    g.add(g.edge_from(g.start_node).to(begin), g.node(Write), g.node(Judge))
    graph = g.build()
"""


def program(*parts: str) -> str:
    return Twin("", PROGRAM, tuple((part, "") for part in parts), "").bad


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(("attempt=self.attempt", "pass", "attempt=self.attempt"), id="handed round"),
        pytest.param(("self.attempt", "pass", "self.attempt"), id="by its place"),
        pytest.param(("attempt=self.attempt", "pass", ""), id="begins anew"),
        pytest.param(("", "pass", "attempt=self.attempt + 1"), id="dropped on the way"),
    ],
)
def test_a_count_that_no_node_adds_to(parts: tuple[str, ...], tmp_path: Path) -> None:
    said = found(program(*parts), tmp_path, RULE)
    assert said == [("if fine.output or self.attempt >= MOST:", Level.ERROR)]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(("attempt=self.attempt", "pass", "attempt=self.attempt + 1"), id="on the way back"),
        pytest.param(("attempt=self.attempt + 1", "pass", "attempt=self.attempt"), id="on the way"),
        pytest.param(("attempt=self.attempt", "self.attempt += 1", "attempt=self.attempt"), id="within"),
        pytest.param(("attempt=self.attempt", "tries = self.attempt + 1", "attempt=tries"), id="by another name"),
        pytest.param(("**vars(self)", "pass", "attempt=self.attempt"), id="not seen"),
        pytest.param(("attempt=int(input())", "pass", "attempt=self.attempt"), id="worked out"),
        pytest.param(("attempt=4", "pass", "attempt=self.attempt"), id="as many as there may be"),
    ],
)
def test_a_count_that_may_grow(parts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(program(*parts), tmp_path, RULE) == []
