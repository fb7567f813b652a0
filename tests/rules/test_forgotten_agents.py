"""WF301: agents that a function makes beside the others and gives to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

FIRM = """
    from dataclasses import dataclass
    from agents import Agent, Runner

    @dataclass
    class Staff:
        boss: Agent
        lawyer: Agent | None = None

    def hire():
        clerk = Agent(name="clerk", instructions="Numbers.")
        lawyer = Agent(name="lawyer", instructions="Contracts.")
        boss = Agent(name="boss", instructions="Lead.", handoffs=[clerk])
        <0>

    async def ask(question):
        staff = hire()
        <1>
        return (await Runner.run(staff.boss, question, max_turns=9)).final_output
"""


def said(returned: str, used: str, folder: Path) -> list[str]:
    program = Twin("", FIRM, ((returned, ""), (used, "")), "").bad
    return [line for line, _ in found(program, folder, "unreachable-step")]


@pytest.mark.parametrize(
    "returned",
    [pytest.param("return Staff(boss)", id="never-read"), pytest.param("return Staff(boss, lawyer=lawyer)", id="held")],
)
def test_an_agent_that_nobody_gets(returned: str, tmp_path: Path) -> None:
    (line,) = said(returned, "", tmp_path)
    assert line.startswith("lawyer = Agent")


@pytest.mark.parametrize(
    ("returned", "used"),
    [
        pytest.param("boss.handoffs.append(lawyer)\n    return Staff(boss)", "", id="handed-over-to"),
        pytest.param("return Staff(boss, lawyer=lawyer)", "print(staff.lawyer)", id="taken"),
        pytest.param("return Staff(boss, lawyer)", "", id="given-by-position"),
        pytest.param("register(lawyer)\n    return Staff(boss)", "", id="given-away"),
        pytest.param("return Staff(**{k: v for k, v in locals().items() if k != 'clerk'})", "", id="all-variables"),
    ],
)
def test_agents_that_somebody_may_get(returned: str, used: str, tmp_path: Path) -> None:
    assert said(returned, used, tmp_path) == []
