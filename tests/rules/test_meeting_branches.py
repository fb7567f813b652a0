"""WF509 and WF503: branches that meet without waiting for each other, and joins that wait for one that says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

MEETING = """
    from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

    g = GraphBuilder(input_type=str, output_type=str)
    both = g.join(reduce_list_append, initial_factory=list[str])

    @g.step
    async def ask(ctx: StepContext[None, None, str]) -> str:
        return ctx.inputs

    @g.step
    async def figures(ctx: StepContext[None, None, str]) -> str:
        return "1"

    @g.step
    async def quotes(ctx: StepContext[None, None, str]) -> str:
        return "good"

    @g.step
    async def write(ctx: StepContext[None, None, object]) -> str:
        return str(ctx.inputs)

    g.add(
        g.edge_from(g.start_node).to(ask),
        <0>
        g.edge_from(write).to(g.end_node),
    )
    graph = g.build()
"""
APART = "g.edge_from(ask).to(figures, quotes), g.edge_from(figures).to(write), g.edge_from(quotes).to(write),"
JOINED = "g.edge_from(ask).to(figures, quotes), g.edge_from(figures, quotes).to(both), g.edge_from(both).to(write),"
IN_TURN = "g.edge_from(ask).to(figures), g.edge_from(figures).to(quotes), g.edge_from(quotes).to(write),"
CHOSEN = """g.edge_from(ask).to(
            g.decision()
            .branch(g.match(str, matches=lambda text: "?" in text).to(figures))
            .branch(g.match(str).to(quotes))
        ),
        g.edge_from(figures).to(write),
        g.edge_from(quotes).to(write),"""


def meeting(ways: str, name: str = "write") -> str:
    return Twin("", MEETING, ((ways, ""),), "").bad.replace("write", name)


def test_the_first_branch_that_gets_to_the_last_step_ends_the_run(tmp_path: Path) -> None:
    assert found(meeting(APART), tmp_path, "branch-cancelled") == [("@g.step", Level.WARNING)]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(meeting(JOINED), id="joined"),
        pytest.param(meeting(IN_TURN), id="one after the other"),
        pytest.param(meeting(CHOSEN), id="one of them"),
        pytest.param(meeting(APART, "take_first"), id="a race that is meant"),
        pytest.param(meeting(APART + " g.edge_from(write).to(both),"), id="the last step leads on"),
    ],
)
def test_branches_that_lose_nothing(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "branch-cancelled") == []


SILENT = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
    from typing_extensions import Never

    class Intake(Executor):
        @handler
        async def take(self, text: str, ctx: WorkflowContext[str]) -> None:
            <1>

    class Law(Executor):
        @handler
        async def check(self, text: str, ctx: WorkflowContext[str]) -> None:
            remarks = [line for line in text.splitlines() if "shall" in line]
            <0>
            await ctx.send_message(str(remarks))

    class Style(Executor):
        @handler
        async def check(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text.upper())

    class Report(Executor):
        @handler
        async def write(self, remarks: list[str], ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output("; ".join(remarks))

    intake, law, style, report = Intake(id="intake"), Law(id="law"), Style(id="style"), Report(id="report")
    workflow = (
        WorkflowBuilder(start_executor=intake)
        .add_fan_out_edges(intake, [law, style])
        <2>
        .build()
    )
"""
ONE = "await ctx.send_message(text)"
JOIN = ".add_fan_in_edges([law, style], report)"


def silent(body: str, sending: str = ONE, ways: str = JOIN) -> str:
    places = ("\n        ".join(part.splitlines()) for part in (body, sending, ways))
    return Twin("", SILENT, tuple((place, "") for place in places), "").bad


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("if not remarks:\n    return", id="at once"),
        pytest.param("if not remarks:\n    print('nothing')\n    return", id="after a word"),
        pytest.param("if 'x' in text:\n    if not remarks:\n        return", id="a test in a test"),
    ],
)
def test_a_source_that_may_say_nothing(body: str, tmp_path: Path) -> None:
    program = silent(body)
    assert found(program, tmp_path, "join-never-fires") == [("return", Level.WARNING)]


def one_armed(test: str, other: str = "") -> str:
    text = silent(f"if {test}:\n    await ctx.send_message(text){other}")
    return text.replace("        await ctx.send_message(str(remarks))\n", "", 1)


def test_a_source_that_speaks_in_one_case_only(tmp_path: Path) -> None:
    assert found(one_armed("remarks"), tmp_path, "join-never-fires") == [("if remarks:", Level.WARNING)]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(one_armed("remarks", "\nelse:\n    await ctx.send_message('')"), id="in both"),
        pytest.param(one_armed("remarks", "\nelse:\n    raise ValueError(text)"), id="or fails"),
        pytest.param(one_armed("self.is_ready(remarks)"), id="waits for more"),
        pytest.param(one_armed("len(text) > 0"), id="asks whether there is a message"),
    ],
)
def test_sources_that_speak_or_fail(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "join-never-fires") == []


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(silent("if not remarks:\n    remarks = ['none']"), id="always sends"),
        pytest.param(silent("if not remarks:\n    await ctx.send_message('')\n    return"), id="sends both ways"),
        pytest.param(
            silent("if not remarks:\n    await ctx.yield_output('fine')\n    return"), id="ends the run itself"
        ),
        pytest.param(silent("if not self.is_ready(remarks):\n    return"), id="waits for more"),
        pytest.param(silent("if not text:\n    return"), id="no message at all"),
        pytest.param(silent("if not remarks:\n    raise ValueError(text)"), id="fails"),
        pytest.param(
            silent("if not remarks:\n    return", "for line in text.splitlines():\n    await ctx.send_message(line)"),
            id="one of many",
        ),
        pytest.param(
            silent("if not remarks:\n    return", ways=".add_edge(law, report).add_edge(style, report)"), id="no join"
        ),
        pytest.param(
            silent("if not remarks:\n    return", ways=JOIN + ".add_edge(law, style)"), id="leads on elsewhere"
        ),
        pytest.param(silent("if not remarks:\n    return", ways=JOIN + ".add_edge(report, intake)"), id="runs again"),
    ],
)
def test_sources_that_all_speak(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "join-never-fires") == []
