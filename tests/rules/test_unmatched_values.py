"""Decisions of pydantic-graph that have no branch for what the step before may return: WF401, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from __future__ import annotations

    from dataclasses import dataclass
    from typing import Literal

    from pydantic_graph import GraphBuilder, StepContext, TypeExpression


    @dataclass
    class Fish:
        name: str


    @dataclass
    class Trout(Fish):
        weight: float = 1.0


    @dataclass
    class Boot:
        size: int


    g = GraphBuilder(output_type=str)


    @g.step
    async def cast(ctx: StepContext[None, None, None]) -> {returned}:
        return {value}


    @g.step
    async def keep(ctx: StepContext[None, None, object]) -> str:
        return f"kept {{ctx.inputs}}"


    @g.step
    async def free(ctx: StepContext[None, None, object]) -> str:
        return f"freed {{ctx.inputs}}"


    g.add(
        g.edge_from(g.start_node).to(cast),
        g.edge_from(cast).to(
            g.decision()
            .branch(g.match({first}).to(keep)){mark}
            .branch(g.match({second}).to(free))
        ),
        g.edge_from(keep, free).to(g.end_node),
    )
    graph = g.build()
"""


def program(returned: str, value: str, first: str, second: str, *, wrong: bool = False) -> str:
    mark = "  # <- WF401" if wrong else ""
    return PROGRAM.format(returned=returned, value=value, first=first, second=second, mark=mark)


WORDS = 'Literal["big", "small", "tiny"]'
BIG = 'TypeExpression[Literal["big"]]'


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(WORDS, '"big"', BIG, 'TypeExpression[Literal["small"]]', wrong=True), id="a-word"),
        pytest.param(program(WORDS, '"big"', BIG, 'TypeExpression[Literal["small", "tiny"]]'), id="all-words"),
        pytest.param(program(WORDS, '"big"', BIG, "str"), id="any-text"),
        pytest.param(program("str", '"big"', BIG, 'TypeExpression[Literal["small"]]'), id="not-listed"),
        pytest.param(program("Trout | Boot", "Boot(3)", "Trout", "Fish", wrong=True), id="a-class"),
        pytest.param(program("Trout | Boot", "Boot(3)", "Fish", "Boot"), id="an-ancestor"),
        pytest.param(program("Trout | Boot", "Boot(3)", "Trout", "object"), id="anything"),
        pytest.param(program("Trout | Boot", "Boot(3)", "Trout", "Boot, matches=lambda boot: boot.size"), id="tested"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


def test_all_that_one_decision_lacks_is_one_finding(tmp_path: Path) -> None:
    words = WORDS.replace("]", ', "odd"]')
    source = program(words, '"big"', BIG, 'TypeExpression[Literal["small"]]', wrong=True)
    assert loud(tmp_path, source) == marked(source)
