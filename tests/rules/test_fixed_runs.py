"""WF202 in plain code: runs that a loop over data makes again, told the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from agents import Agent, Runner

    profiler = Agent(name="profiler", instructions="Describe the guest.")
    concierge = Agent(name="concierge", instructions="Answer the guest.")

    class Stay:
        def __init__(self, guest):
            self.guest = guest
            self.answers = []

        async def answer(self, questions, log):
            <0>
"""
ASKED = (
    "for {over}:\n            profile = (await Runner.run(profiler, {told})).final_output\n            "
    'said = await Runner.run(concierge, f"{{profile}}: {{question}}")\n            '
    "self.answers.append(said.final_output)"
)


def said(body: str, folder: Path) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, ((body, ""),), "").bad, folder, "repeated-model-call")


def test_the_same_in_each_round(tmp_path: Path) -> None:
    ((line, level),) = said(ASKED.format(over="question in questions", told="self.guest"), tmp_path)
    assert "profiler" in line
    assert level is Level.WARNING


def test_the_item_is_told_under_another_name(tmp_path: Path) -> None:
    """What is made of the item is told to the other run."""
    asked = ASKED.replace('f"{{profile}}: {{question}}"', "told").replace(
        "said =", 'text = question.strip()\n            told = f"{{profile}}: {{text}}"\n            said ='
    )
    ((line, _),) = said(asked.format(over="question in questions", told="self.guest"), tmp_path)
    assert "profiler" in line
    assert said(asked.format(over="question in questions", told="text"), tmp_path) == []


@pytest.mark.parametrize(
    ("over", "told"),
    [
        pytest.param("question in questions", 'f"{self.guest} {question}"', id="told-the-item"),
        pytest.param("question in questions", "self.answers", id="told-what-the-loop-changes"),
        pytest.param("question in questions", "log()", id="told-what-a-call-gives"),
        pytest.param("question in range(3)", "self.guest", id="several-attempts"),
        pytest.param("question in questions", "self.guest, session=log", id="it-remembers"),
    ],
)
def test_runs_that_may_differ(over: str, told: str, tmp_path: Path) -> None:
    assert said(ASKED.format(over=over, told=told), tmp_path) == []
