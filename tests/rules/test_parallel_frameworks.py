"""Steps that run at the same time over one state, in each framework that has such: WF501 and WF502 through sources."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

PYDANTIC_GRAPH = """
    from dataclasses import dataclass, field
    from pydantic_graph.beta import GraphBuilder, StepContext
    from pydantic_graph.beta.join import reduce_list_append

    @dataclass
    class Board:
        best: str = ""
        count: int = 0
        notes: list[str] = field(default_factory=list)

    g = GraphBuilder(state_type=Board, output_type=str)

    @g.step
    async def begin(ctx: StepContext[Board, None, None]) -> str:
        return "a topic"

    @g.step
    async def left(ctx: StepContext[Board, None, str]) -> str:
        ctx.state.LEFT
        return "left"

    @g.step
    async def right(ctx: StepContext[Board, None, str]) -> str:
        ctx.state.RIGHT
        return "right"

    @g.step
    async def end(ctx: StepContext[Board, None, list[str]]) -> str:
        return f"{ctx.state.best}{ctx.state.count}{ctx.state.notes}"

    both = g.join(reduce_list_append, initial_factory=list[str])
    g.add(
        g.edge_from(g.start_node).to(begin),
        g.edge_from(begin).to(left, right),
        g.edge_from(left, right).to(both),
        g.edge_from(both).to(end),
        g.edge_from(end).to(g.end_node),
    )
    graph = g.build()
"""
MAPPED = """
    from dataclasses import dataclass, field
    from pydantic_graph.beta import GraphBuilder, StepContext
    from pydantic_graph.beta.join import reduce_list_append

    @dataclass
    class Board:
        best: str = ""
        count: int = 0
        notes: list[str] = field(default_factory=list)

    g = GraphBuilder(state_type=Board, output_type=str)

    @g.step
    async def topics(ctx: StepContext[Board, None, None]) -> list[str]:
        return ["a", "b"]

    @g.step
    async def work(ctx: StepContext[Board, None, str]) -> str:
        ctx.state.LEFT
        return "done"

    @g.step
    async def end(ctx: StepContext[Board, None, list[str]]) -> str:
        return f"{ctx.state.best}{ctx.state.count}{ctx.state.notes}"

    all_of_them = g.join(reduce_list_append, initial_factory=list[str])
    g.add(
        g.edge_from(g.start_node).to(topics),
        g.edge_from(topics).map().to(work),
        g.edge_from(work).to(all_of_them),
        g.edge_from(all_of_them).to(end),
        g.edge_from(end).to(g.end_node),
    )
    graph = g.build()
"""
CREWAI = """
    from crewai.flow.flow import Flow, and_, listen, start
    from pydantic import BaseModel

    class Board(BaseModel):
        best: str = ""
        count: int = 0
        notes: list[str] = []

    class Work(Flow[Board]):
        @start()
        def begin(self):
            return "a topic"

        @listen(begin)
        def left(self):
            self.state.LEFT

        @listen(begin)
        def right(self):
            self.state.RIGHT

        @listen(and_(left, right))
        def end(self):
            return f"{self.state.best}{self.state.count}{self.state.notes}"
"""
CREWAI_DICT = """
    from crewai.flow.flow import Flow, and_, listen, start

    class Work(Flow):
        @start()
        def begin(self):
            self.state["count"] = 0
            self.state["notes"] = []

        @listen(begin)
        def left(self):
            self.state.LEFT

        @listen(begin)
        def right(self):
            self.state.RIGHT

        @listen(and_(left, right))
        def end(self):
            return str(self.state)
"""
ADK = """
    from google.adk.agents import BaseAgent, ParallelAgent
    from google.adk.events import Event

    class Left(BaseAgent):
        async def _run_async_impl(self, ctx):
            ctx.session.state.LEFT
            yield Event(author=self.name)

    class Right(BaseAgent):
        async def _run_async_impl(self, ctx):
            ctx.session.state.RIGHT
            yield Event(author=self.name)

    root = ParallelAgent(name="root", sub_agents=[Left(name="left"), Right(name="right")])
"""


def said(folder: Path, source: str, left: str, right: str) -> list[tuple[str, Level, str]]:
    """The findings about what runs at the same time or twice."""
    code = dedent(source).replace("state.LEFT", f"state{left}").replace("state.RIGHT", f"state{right}")
    (folder / "flow.py").write_text(code, encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    lines = code.splitlines()
    return [(f.code, f.level, lines[f.span.line - 1].strip()) for f in found if f.code in ("WF501", "WF502")]


@pytest.mark.parametrize(
    ("source", "owner", "field"),
    [
        pytest.param(PYDANTIC_GRAPH, "ctx.state", ".best", id="pydantic-graph"),
        pytest.param(MAPPED, "ctx.state", ".best", id="pydantic-graph, mapped"),
        pytest.param(CREWAI, "self.state", ".best", id="crewai"),
        pytest.param(CREWAI_DICT, "self.state", '["best"]', id="crewai, dict"),
        pytest.param(ADK, "ctx.session.state", '["best"]', id="google-adk"),
    ],
)
def test_the_last_to_assign_a_field_wins(tmp_path: Path, source: str, owner: str, field: str) -> None:
    found = said(tmp_path, source, f'{field} = "left"', f'{field} = "right"')
    assert found == [("WF501", Level.WARNING, f'{owner}{field} = "left"')]


@pytest.mark.parametrize(
    ("source", "left", "right"),
    [
        pytest.param(source, write.format(*fields, value="1"), write.format(*fields, value="2"), id=f"{name}: {how}")
        for name, source, fields in (
            ("pydantic-graph", PYDANTIC_GRAPH, (".notes", ".count")),
            ("pydantic-graph, mapped", MAPPED, (".notes", ".count")),
            ("crewai", CREWAI, (".notes", ".count")),
            ("crewai, dict", CREWAI_DICT, ('["notes"]', '["count"]')),
            ("google-adk", ADK, ('["notes"]', '["count"]')),
        )
        for how, write in (("append", "{0}.append({value})"), ("count", "{1} += {value}"))
    ],
)
def test_steps_that_add_to_what_is_there_do_not_clash(tmp_path: Path, source: str, left: str, right: str) -> None:
    assert said(tmp_path, source, left, right) == []


AGENT_FRAMEWORK = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    class Part(Executor):
        @handler
        async def run(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)

    a, b, c, d = Part(id="a"), Part(id="b"), Part(id="c"), Part(id="d")
    flow = WorkflowBuilder(start_executor=a).add_edge(a, b).add_edge(a, c).add_edge(c, d){}.build()
"""


def test_a_step_that_waits_for_uneven_branches_runs_once(tmp_path: Path) -> None:
    source = AGENT_FRAMEWORK.format('.add_fan_in_edges([b, d], Part(id="e"))')
    assert said(tmp_path, source, "", "") == []


def test_a_step_that_does_not_wait_runs_once_for_each_branch(tmp_path: Path) -> None:
    source = AGENT_FRAMEWORK.format('.add_edge(b, "e").add_edge(d, Part(id="e"))')
    assert [code for code, _, _ in said(tmp_path, source, "", "")] == ["WF502"]
