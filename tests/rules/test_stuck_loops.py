"""WF703 in plain code: counts that bound a loop around runs and that nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from agents import Agent, Runner

    poet = Agent(name="poet", instructions="Write a verse.")
    critic = Agent(name="critic", instructions="Judge the verse.")
    MOST = 4

    async def polish(theme, limits):
        rounds = 0
        while <0>:
            verse = (await Runner.run(poet, theme)).final_output
            verdict = (await Runner.run(critic, verse)).final_output
            <1>
        return verse
"""
LEAVES = 'if "fine" in verdict:\n            return verse'


def said(folder: Path, test: str, body: str) -> list[tuple[str, Level]]:
    program = Twin("", PROGRAM, ((test, ""), (body, "")), "").bad
    return found(program, folder, "budget-never-advances")


@pytest.mark.parametrize(
    ("test", "body"),
    [
        pytest.param("rounds < MOST", LEAVES, id="in-the-test"),
        pytest.param("rounds < limits.rounds", LEAVES, id="an-attribute-bounds"),
        pytest.param('rounds < MOST and "sea" in theme', LEAVES, id="beside-another-condition"),
        pytest.param("True", 'if "fine" in verdict or rounds >= MOST:\n            break', id="in-the-body"),
    ],
)
def test_a_count_that_stands_still(test: str, body: str, tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, test, body)
    assert "rounds" in line
    assert level is Level.ERROR


@pytest.mark.parametrize(
    ("test", "body"),
    [
        pytest.param("rounds < MOST", LEAVES + "\n        rounds += 1", id="it-counts"),
        pytest.param("rounds < MOST", "rounds = int(verdict)", id="set-to-something"),
        pytest.param("(rounds := len(theme)) < MOST", LEAVES, id="set-in-the-test"),
        pytest.param("rounds < len(theme)", "theme = theme[1:]", id="the-bound-changes"),
        pytest.param('rounds < MOST or "sea" in theme', LEAVES, id="one-of-two-is-enough"),
        pytest.param(
            "True", "for rounds in range(3):\n            print(rounds)\n        " + LEAVES, id="a-loop-sets-it"
        ),
    ],
)
def test_counts_that_change(test: str, body: str, tmp_path: Path) -> None:
    assert said(tmp_path, test, body) == []
