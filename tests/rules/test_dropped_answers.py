"""WF407 where Agent Framework executors ask somebody outside for what no response handler of theirs takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "route-dropped"
PROGRAM = """
    from dataclasses import dataclass
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler, response_handler

    @dataclass
    class Plan:
        text: str

    @dataclass
    class Tour(Plan):
        days: int = 1

    @dataclass
    class Consent:
        given: bool

    class Write(Executor):
        @handler
        async def write(self, place: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(f"a tour of {place}")

    class Ask(Executor):
        @handler
        async def ask(self, text: str, ctx: WorkflowContext) -> None:
            await ctx.request_info(Tour(text), response_type=<0>)

        @response_handler<1>
        async def told(self, request: <2>, answer: <3>, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(f"{request} {answer}")

    write, ask = Write(id="write"), Ask(id="ask")
    workflow = WorkflowBuilder(start_executor=write).add_edge(write, ask).build()
"""
FITS = ("Consent", "", "Tour", "Consent")


def _filled(parts: tuple[str, ...]) -> str:
    return Twin("", PROGRAM, tuple((part, part) for part in parts), "").bad


@pytest.mark.parametrize(
    "parts",
    [("bool", "", "Tour", "Consent"), ("Consent", "", "Consent", "Consent"), ("str", "", "Plan", "int")],
    ids=["another answer", "another request", "another plain type"],
)
def test_nobody_takes_the_answer(parts: tuple[str, ...], tmp_path: Path) -> None:
    said = found(_filled(parts), tmp_path, RULE)
    assert [("request_info" in line, level) for line, level in said] == [(True, Level.WARNING)]


@pytest.mark.parametrize(
    "parts",
    [
        FITS,
        ("Consent", "", "Plan", "Consent"),
        ("bool", "", "Tour", "bool | None"),
        ("bool", "(request=Tour, response=bool)", "Consent", "Consent"),
        ("Consent", "", "Tour", "object"),
    ],
    ids=["fits", "a class above", "one of several", "the decorator says it", "a type that is not known"],
)
def test_silence(parts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(_filled(parts), tmp_path, RULE) == []
