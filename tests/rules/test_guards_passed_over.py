"""WF607: output guardrails of agents that hand over, and of whom they hand over to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

DESK = """
    from agents import Agent, GuardrailFunctionOutput, Runner, output_guardrail

    @output_guardrail
    async def no_numbers(context, agent, answer):
        return GuardrailFunctionOutput(None, tripwire_triggered="#" in str(answer))

    accounts = Agent(name="accounts", instructions="Accounts.", <1>)
    cards = Agent(name="cards", instructions="Cards.")
    triage = Agent(
        name="triage", instructions="Hand over.", handoffs=<0>, output_guardrails=[no_numbers],
    )

    async def answer(question, settings):
        return (await Runner.run(triage, question, <2>)).final_output
"""


def said(folder: Path, handoffs: str, more: str = "", run: str = "max_turns=9") -> list[tuple[str, Level]]:
    return found(Twin("", DESK, ((handoffs, ""), (more, ""), (run, "")), "").bad, folder, "guard-never-runs")


def test_nobody_who_answers_has_the_guardrail(tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, "[accounts, cards]")
    assert line == "triage = Agent("
    assert level is Level.NOTE


@pytest.mark.parametrize(
    ("handoffs", "more", "run"),
    [
        pytest.param("[]", "", "max_turns=9", id="it-answers-itself"),
        pytest.param("[accounts, cards]", "output_guardrails=[no_numbers]", "max_turns=9", id="some-have-it"),
        pytest.param("[accounts, cards]", "", "run_config=settings", id="the-run-may-have-it"),
    ],
)
def test_guardrails_that_are_elsewhere(handoffs: str, more: str, run: str, tmp_path: Path) -> None:
    assert said(tmp_path, handoffs, more, run) == []
