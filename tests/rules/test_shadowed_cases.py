"""WF404 for the case of a switch that a wider one before it leaves nothing, told by numbers around what both ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from dataclasses import dataclass
    from agent_framework import Case, Default, WorkflowBuilder, WorkflowContext, executor

    @dataclass
    class Parcel:
        weight: <0>
        express: bool = False

    @executor(id="scale")
    async def scale(parcel: Parcel, ctx: WorkflowContext[Parcel]) -> None:
        parcel.weight = weigh(parcel)
        await ctx.send_message(parcel)

    @executor(id="van")
    async def van(parcel: Parcel, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output("van")

    @executor(id="lorry")
    async def lorry(parcel: Parcel, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output("lorry")

    @executor(id="bike")
    async def bike(parcel: Parcel, ctx: WorkflowContext[None, str]) -> None:
        await ctx.yield_output("bike")

    workflow = WorkflowBuilder(start_executor=scale).add_switch_case_edge_group(scale, [
        Case(condition=lambda p: <1>, target=van),
        Case(condition=lambda p: <2>, target=lorry),
        Default(target=bike),
    ]).build()
"""


def said(folder: Path, *parts: str) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, tuple((part, part) for part in parts), "").bad, folder, "dead-route")


@pytest.mark.parametrize(
    "parts",
    [
        ("float", "p.weight > 1", "p.weight > 100"),
        ("int", "p.weight >= 5", "10 <= p.weight"),
        ("float", "p.weight < 9", "2 < p.weight < 4"),
    ],
)
def test_a_case_that_another_shadows(parts: tuple[str, str, str], tmp_path: Path) -> None:
    line = f"Case(condition=lambda p: {parts[2]}, target=lorry),"
    assert said(tmp_path, *parts) == [(line, Level.WARNING)]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(("float", "p.weight > 100", "p.weight > 1"), id="the narrow one first"),
        pytest.param(("float", "p.weight < 1", "p.weight > 100"), id="apart"),
        pytest.param(("float", "p.weight > 1 and p.express", "p.weight > 100"), id="something else as well"),
        pytest.param(("str", "p.weight > 1", "p.weight > 100"), id="no number"),
        pytest.param(("float", "p.weight > limit()", "p.weight > 100"), id="a bound that is not known"),
    ],
)
def test_silence(parts: tuple[str, str, str], tmp_path: Path) -> None:
    assert said(tmp_path, *parts) == []
