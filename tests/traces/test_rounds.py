"""Steps that run several times at once, with agents of other names at work inside of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traces.writing import Span, recorded, step, workflows_of, write
from tests.traces.writing import line as line_of
from wflint.model.recorded import Recording

PIER = """
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append


@dataclass
class State:
    rounds: int = 0


g = GraphBuilder(state_type=State, input_type=list[str], output_type=str)


@g.step
async def look(ctx: StepContext[State, None, str]) -> str:
    return ctx.inputs


@g.step
async def tell(ctx: StepContext[State, None, list[str]]) -> str:
    return " ".join(ctx.inputs)


join = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).map().to(look),
    g.edge_from(look).to(join),
    g.edge_from(join).to(tell),
    g.edge_from(tell).to(g.end_node),
)
graph = g.build()
"""
"""A look at each of some things, and a word on all of them."""


def node(name: str, span: str, at: float, worker: str) -> list[Span]:
    """A node of a graph with an agent in it that calls a model."""
    agent = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": worker}
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    call = {"gen_ai.operation.name": "chat", "gen_ai.agent.name": worker, "gen_ai.request.model": "m", **counts}
    return [
        Span(f"run node {name}", span, "r", at, at + 2, "t1", {"node_id": name}),
        Span(f"invoke_agent {worker}", f"{span}a", span, at + 0.1, at + 1.9, "t1", {**agent, **counts}),
        Span("chat m", f"{span}c", f"{span}a", at + 0.2, at + 1.8, "t1", call),
    ]


def of(tmp_path: Path, *starts: float) -> Recording:
    """A run in which things are looked at from those seconds on."""
    looks = [span for number, at in enumerate(starts) for span in node("look", f"l{number}", at, "watch")]
    spans = [Span("run graph graph", "r", "", 0, 30, "t1"), *looks, *node("tell", "t", 20, "clerk")]
    return recorded(write(tmp_path / "t.jsonl", line_of(spans, "pydantic-graph")), workflows_of(tmp_path, PIER))


def test_the_agent_inside_of_a_step_is_no_step(tmp_path: Path) -> None:
    found = of(tmp_path, 1)
    assert {(one.step, one.et) for one in found.steps} == {("look", 140.0), ("tell", 140.0)}
    assert found.unlisted == ()


@pytest.mark.parametrize("starts", [(1, 1.5, 2), (1, 4, 7)], ids=["at once", "in turn"])
def test_a_step_for_each_of_many_things_is_no_loop(tmp_path: Path, starts: tuple[float, ...]) -> None:
    look = step(of(tmp_path, *starts), "look")
    assert (look.executions, look.et, look.loop_et) == (3, 3 * 140.0, 0.0)


@pytest.mark.parametrize(("askers", "again"), [(("x", "x"), 140.0), (("x", "y"), 0.0)], ids=["one", "two agents"])
def test_an_agent_inside_of_a_step_that_answers_again_was_refused(
    askers: tuple[str, str], again: float, tmp_path: Path
) -> None:
    counts = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10}
    whole = [
        Span("run graph graph", "r", "", 0, 30, "t1"),
        Span("run node look", "l", "r", 1, 9, "t1", {"node_id": "look"}),
    ]
    inside = []
    for at, asker in enumerate(askers):
        agent = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": asker}
        call = {"gen_ai.operation.name": "chat", "gen_ai.agent.name": asker, "gen_ai.request.model": "m", **counts}
        inside += [
            Span(f"invoke_agent {asker}", asker, "l", 2 if asker == "x" else 5, 8, "t1", agent),
            Span("chat m", f"c{at}", asker, 3 + 3 * at, 4 + 3 * at, "t1", call),
        ]
    text = line_of(whole, "pydantic-graph") + line_of(inside, "pydantic-ai")
    look = step(recorded(write(tmp_path / "t.jsonl", text), workflows_of(tmp_path, PIER)), "look")
    assert (look.calls, look.retry_et) == (2, again)
