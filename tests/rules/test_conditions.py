"""Conditions that are given another result than the one that they mean, through sources: WF406, and its silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CREW = """
    from crewai import Agent, Crew, Process, Task
    from crewai.tasks.conditional_task import ConditionalTask
    from pydantic import BaseModel


    class Events(BaseModel):
        events: list[str]


    class Weather(BaseModel):
        outlook: str


    def is_short(output):
        {test}


    guide = Agent(role="guide", goal="Plan days out.", backstory="You know the town.", llm="gpt-5.2")
    find = Task(description="Find events.", expected_output="Events.", agent=guide, {find})
    look = Task(description="Look at the weather.", expected_output="An outlook.", agent=guide, {look})
    more = ConditionalTask(description="Find more.", expected_output="More.", agent=guide, condition=is_short)
    crew = Crew(agents=[guide], tasks=[{tasks}])
"""
EVENTS, WEATHER = "output_pydantic=Events", "output_pydantic=Weather"
READS = "return len(output.pydantic.events) < 5"


def _crew(test: str = READS, tasks: str = "find, look, more", find: str = EVENTS, look: str = WEATHER) -> str:
    return CREW.format(test=test.replace("\n", "\n        "), tasks=tasks, find=find, look=look)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(_crew(f"{READS}  # <- WF406"), id="another-form"),
        pytest.param(_crew(f"{READS}  # <- WF406", look='name="look"'), id="no-form"),
        pytest.param(_crew(tasks="look, find, more"), id="right-before-it"),
        pytest.param(_crew("return output.pydantic.outlook == 'sun'"), id="about-the-one-before"),
        pytest.param(
            _crew("if output.pydantic is None:\n    return False\nreturn 'rain' in output.raw"), id="the-text"
        ),
        pytest.param(_crew(tasks="find, look, *others, more"), id="tasks-that-are-not-known"),
        pytest.param(_crew(look=f"{WEATHER}, async_execution=True"), id="at-the-same-time"),
        pytest.param(_crew(find='name="find"'), id="nobody-has-it"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert [one for one in loud(tmp_path, source) if one[1] == "WF406"] == marked(source)
