"""Values that Agent Framework executors keep for the run: asked for and never set (WF101), set at one time (WF501)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

HEAD = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    class Order(Executor):
        @handler
        async def take(self, dish: str, ctx: WorkflowContext[str]) -> None:
            <0>
            await ctx.send_message(dish)

"""
LINE = (
    HEAD
    + """
    class Bill(Executor):
        @handler
        async def write(self, dish: str, ctx: WorkflowContext[str, str]) -> None:
            table = <1>
            await ctx.yield_output(f"{dish} for {table}")

    order, bill = Order(id="order"), Bill(id="bill")
    workflow = WorkflowBuilder(start_executor=order).add_edge(order, bill).build()
"""
)
FAN = (
    HEAD
    + """
    class Cook(Executor):
        def __init__(self, what: str):
            super().__init__(id=f"cook_{what}")
            self.what = what

        @handler
        async def cook(self, dish: str, ctx: WorkflowContext[str]) -> None:
            <1>
            await ctx.send_message(self.what)

    class Serve(Executor):
        @handler
        async def serve(self, parts: list[str], ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(str([ctx.get_state(key) for key in <2>]))

    order, serve = Order(id="order"), Serve(id="serve")
    cooks = [Cook("soup"), Cook("salad")]
    builder = WorkflowBuilder(start_executor=order)
    builder.add_fan_out_edges(order, cooks).add_fan_in_edges(cooks, serve)
    workflow = builder.build()
"""
)
SET = 'ctx.set_state("table", 4)'
ASKED = Twin("asked", LINE, ((SET.replace("table", "tabel"), SET), ('ctx.get_state("table")',) * 2), "get_state")
SAME = Twin(
    "same key",
    FAN,
    (
        ("", ""),
        ('ctx.set_state("minutes", len(dish))', 'ctx.set_state(f"minutes {self.what}", len(dish))'),
        ('["minutes"]', '["minutes soup", "minutes salad"]'),
    ),
    "set_state",
)


def test_a_value_that_no_step_sets(tmp_path: Path) -> None:
    said = found(ASKED.bad, tmp_path, "read-never-written")
    assert [("get_state" in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(ASKED.good, tmp_path, "read-never-written") == []


def test_a_value_that_several_set_at_one_time(tmp_path: Path) -> None:
    said = found(SAME.bad, tmp_path, "concurrent-write")
    assert [("set_state" in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(SAME.good, tmp_path, "concurrent-write") == []


SILENT = (
    pytest.param("pass", 'ctx.get_state("table")', id="nobody sets anything"),
    pytest.param(SET, 'ctx.get_state("place", 1)', id="a default"),
    pytest.param("ctx.set_state(dish, 4)", 'ctx.get_state("place")', id="a key that is not known"),
)


@pytest.mark.parametrize(("setting", "asking"), SILENT)
def test_silence_about_what_is_asked_for(setting: str, asking: str, tmp_path: Path) -> None:
    program = Twin("", LINE, ((setting, setting), (asking, asking)), "").bad
    assert found(program, tmp_path, "read-never-written") == []


def test_silence_about_a_value_that_nobody_asks_for(tmp_path: Path) -> None:
    assert found(SAME.bad.replace('["minutes"]', '["hours"]'), tmp_path, "concurrent-write") == []


def test_silence_about_a_value_that_is_added_to(tmp_path: Path) -> None:
    adding = 'ctx.set_state("minutes", (ctx.get_state("minutes") or 0) + len(dish))'
    assert found(SAME.bad.replace(SAME.places[1][0], adding), tmp_path, "concurrent-write") == []
