"""WF109: what code takes from a crew's result by name, where the last task answers in a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found

CREW = """
    from crewai import Agent, Crew, Task
    from pydantic import BaseModel

    class Bill(BaseModel):
        number: str
        total: float

    clerk = Agent(role="Clerk", goal="Read bills", backstory="At a desk.")
    read = Task(description="Read {text}.", expected_output="The bill", agent=clerk, output_<0>=Bill)
    crew = Crew(agents=[clerk], tasks=[read])

    def total(text):
        bill = crew.kickoff(inputs={"text": text})
        return <1>
"""


def said(form: str, taken: str, folder: Path) -> list[str]:
    return [line for line, _ in found(Twin("", CREW, ((form, ""), (taken, "")), "").bad, folder, "type-mismatch")]


@pytest.mark.parametrize(
    ("form", "taken"),
    [
        pytest.param("json", 'bill["amount"]', id="the-result"),
        pytest.param("json", 'bill.json_dict["amount"]', id="its-dict"),
        pytest.param("pydantic", 'bill["amount"]', id="the-result-of-an-object"),
        pytest.param("pydantic", "bill.pydantic.amount", id="its-object"),
    ],
)
def test_a_field_that_the_form_lacks(form: str, taken: str, tmp_path: Path) -> None:
    assert len(said(form, taken, tmp_path)) == 1
    assert said(form, taken.replace("amount", "total"), tmp_path) == []


def test_what_a_result_has_of_its_own(tmp_path: Path) -> None:
    assert said("json", "bill.raw, bill.tasks_output[0].raw", tmp_path) == []
