"""WF607: guardrails that look at something and let everything through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

TUTOR = """
    from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail

    checker = Agent(name="checker", instructions="Is this an exam question?", output_type=bool)

    @input_guardrail
    async def no_exams(context, agent, question):
        <0>

    tutor = Agent(name="tutor", instructions="Explain.", input_guardrails=[no_exams])

    async def explain(question):
        return (await Runner.run(tutor, question)).final_output
"""
ASKED = "asked = await Runner.run(checker, question)\n    "


@pytest.mark.parametrize(
    ("body", "speaks"),
    [
        pytest.param(ASKED + "return GuardrailFunctionOutput(asked, tripwire_triggered=False)", True, id="constant"),
        pytest.param(ASKED + "return GuardrailFunctionOutput(asked, False)", True, id="by-position"),
        pytest.param(
            'if "exam" in question:\n        return GuardrailFunctionOutput("exam", False)\n'
            '    return GuardrailFunctionOutput("fine", False)',
            True,
            id="both-ways",
        ),
        pytest.param(
            ASKED + "return GuardrailFunctionOutput(asked, tripwire_triggered=asked.final_output)", False, id="asked"
        ),
        pytest.param(
            'if "exam" in question:\n        return GuardrailFunctionOutput("exam", True)\n'
            '    return GuardrailFunctionOutput("fine", False)',
            False,
            id="one-way-trips",
        ),
        pytest.param(
            'if "exam" in question:\n        raise ValueError(question)\n'
            '    return GuardrailFunctionOutput("fine", False)',
            False,
            id="it-raises",
        ),
        pytest.param("return GuardrailFunctionOutput(question, False)", False, id="it-only-keeps-a-record"),
        pytest.param(
            'if "exam" in question:\n        print("exam", question)\n'
            '    return GuardrailFunctionOutput("fine", False)',
            False,
            id="it-reports-what-it-finds",
        ),
        pytest.param(
            'seen = []\n    if "exam" in question:\n        seen.append(question)\n'
            "    return GuardrailFunctionOutput(seen, False)",
            True,
            id="it-only-counts",
        ),
        pytest.param(
            "global last\n    last = await Runner.run(checker, question)\n"
            "    return GuardrailFunctionOutput(last, False)",
            False,
            id="others-are-told",
        ),
        pytest.param(
            "context.context.exam = await Runner.run(checker, question)\n"
            '    return GuardrailFunctionOutput("fine", False)',
            False,
            id="the-context-is-told",
        ),
    ],
)
def test_guardrails_of_agents(body: str, speaks: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a row of the table
    said = found(Twin("", TUTOR, ((body, ""),), "").bad, tmp_path, "guard-never-runs")
    assert bool(said) is speaks


ADVERT = """
    from crewai import Agent, Crew, Task

    def no_claims(output):
        <0>

    writer = Agent(role="Writer", goal="Write adverts", backstory="Witty.")
    advert = Task(description="Write.", expected_output="An advert", agent=writer, guardrail=no_claims)
    crew = Crew(agents=[writer], tasks=[advert])
    crew.kickoff()
"""
CURE = 'if "cure" in output.raw:\n        '


@pytest.mark.parametrize(
    ("body", "speaks"),
    [
        pytest.param(CURE + 'return (True, "It promises a cure.")\n    return (True, output.raw)', True, id="message"),
        pytest.param(CURE + 'return (False, "It promises a cure.")\n    return (True, output.raw)', False, id="held"),
        pytest.param(
            CURE + 'return (True, f"{output.raw} (no cure)")\n    return (True, output.raw)', False, id="mended"
        ),
        pytest.param("return (True, output.raw.strip())", False, id="only-mends"),
    ],
)
def test_guardrails_of_tasks(body: str, speaks: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a row of the table
    said = found(Twin("", ADVERT, ((body, ""),), "").bad, tmp_path, "guard-never-runs")
    assert bool(said) is speaks
