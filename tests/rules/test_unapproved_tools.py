"""Tools of the OpenAI Agents SDK that wait for an approval, in programs that never look whether one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

SOURCE = """
from agents import Agent, Runner, function_tool

@function_tool(APPROVAL)
def pay_back(customer: str) -> str:MARK
    '''Pays back.'''
    return "paid"

desk = Agent(name="desk", instructions="Pay back what is due.", tools=[pay_back])

async def refund(customer: str):
    result = await Runner.run(desk, customer, max_turns=4)
    TAKEN
"""
LOOP = """while result.interruptions:
        state = result.to_state()
        for item in result.interruptions:
            state.approve(item)
        result = await Runner.run(desk, state, max_turns=4)
    return result.final_output"""


def told(folder: Path, approval: str, taken: str, mark: str = "") -> bool:
    source = SOURCE.replace("APPROVAL", approval).replace("TAKEN", taken).replace("MARK", mark)
    found = [one for one in loud(folder, source) if one[1] == "WF507"]
    assert found == marked(source)
    return bool(found)


def test_an_approval_that_nobody_gives_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "needs_approval=True", "return result.final_output", "  # <- WF507")


@pytest.mark.parametrize(
    ("approval", "taken"),
    [
        ("needs_approval=True", LOOP),
        ("needs_approval=True", "return result"),
        ("needs_approval=False", "return result.final_output"),
        ("", "return result.final_output"),
    ],
)
def test_one_that_somebody_may_give_is_not(tmp_path: Path, approval: str, taken: str) -> None:
    assert not told(tmp_path, approval, taken)
