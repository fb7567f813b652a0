"""WF109 where functions of an OpenAI agent read of the run's context what its class does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "type-mismatch"
HEAD = """
    from dataclasses import dataclass, field
    from agents import Agent, RunContextWrapper, Runner, function_tool

    class Kept:
        def __getattr__(self, name):
            return name

    @dataclass
    class Guest:
        name: str

    @dataclass
    class Stay:
        guest: Guest
        nights: int = 1
        wishes: list[str] = field(default_factory=list)

        @property
        def long(self) -> bool:
            return self.nights > 6

"""
TOLD = (
    HEAD
    + """
    def words(ctx: RunContextWrapper[<1>], agent: Agent) -> str:
        return f"Greet the guest: {<0>}."

    porter = Agent(name="porter", instructions=words)
"""
)
TOOL = (
    HEAD
    + """
    @function_tool
    async def note(wrapper: RunContextWrapper[<1>], wish: str) -> str:
        return str(<0>).replace("ctx", wish)

    porter = Agent(name="porter", instructions="Note what the guest wishes.", tools=[note])
"""
)


def _filled(program: str, read: str, kind: str = "Stay") -> str:
    return Twin("", program, ((read, read), (kind, kind)), "").bad


@pytest.mark.parametrize(
    ("program", "read"),
    [(TOLD, "ctx.context.days"), (TOLD, "ctx.context.guest.title"), (TOOL, "wrapper.context.wish")],
    ids=["instructions", "a part of a part", "a tool"],
)
def test_what_the_context_does_not_have(program: str, read: str, tmp_path: Path) -> None:
    said = found(_filled(program, read), tmp_path, RULE)
    assert [(read in line, level) for line, level in said] == [(True, Level.ERROR)]


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        ("ctx.context.nights", "Stay"),
        ("ctx.context.long", "Stay"),
        ("ctx.context.guest.name", "Stay"),
        ("ctx.context.wishes.append('tea')", "Stay"),
        ("ctx.usage", "Stay"),
        ("getattr(ctx.context, 'days', 0)", "Stay"),
        ("ctx.context.days if hasattr(ctx.context, 'days') else 0", "Stay"),
        ("ctx.context.days", "Kept"),
        ("ctx.context.days", "Stay | Kept"),
    ],
)
def test_silence(read: str, kind: str, tmp_path: Path) -> None:
    assert found(_filled(TOLD, read, kind), tmp_path, RULE) == []
