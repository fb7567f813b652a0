"""WF109 at guardrails of CrewAI: the object of a result is made only when they have all let it through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import found
from wflint.model.finding import Level

CREW = """
    from crewai import Agent, Crew, Task
    from pydantic import BaseModel

    class Brief(BaseModel):
        sure: float

    def check(output):
        <0>
        return True, output.raw

    analyst = Agent(role="Analyst", goal="Analyse", backstory="Old.")
    brief = Task(description="Write a brief.", expected_output="A brief.", agent=analyst, <1>)
    crew = Crew(agents=[analyst], tasks=[brief])
"""
PYDANTIC = "output_pydantic=Brief, guardrail=check"
JSON = "output_json=Brief, guardrails=[check]"
TRY = "try:\n        low = output.pydantic.sure < 1\n    except AttributeError:\n        low = True"


def _said(look: str, made: str, folder: Path) -> list[tuple[str, Level]]:
    program = "\n".join(line.removeprefix("    ") for line in CREW.splitlines())
    return found(program.replace("<0>", look).replace("<1>", made), folder, "type-mismatch")


@pytest.mark.parametrize(
    ("look", "made"),
    [
        pytest.param("low = output.pydantic.sure < 1", PYDANTIC, id="a-field"),
        pytest.param("low = output.json_dict['sure'] < 1", JSON, id="a-key"),
    ],
)
def test_a_guardrail_looks_into_what_is_not_made(look: str, made: str, tmp_path: Path) -> None:
    assert _said(look, made, tmp_path) == [(look, Level.ERROR)]


@pytest.mark.parametrize(
    ("look", "made"),
    [
        pytest.param("low = len(output.raw)", PYDANTIC, id="the-text"),
        pytest.param(
            "if output.pydantic is not None and output.pydantic.sure < 1: return False, 'no'", PYDANTIC, id="if"
        ),
        pytest.param("if not output.pydantic: return False, 'no'", PYDANTIC, id="none-at-all"),
        pytest.param(TRY, PYDANTIC, id="caught"),
        pytest.param("low = output.pydantic.sure < 1", "output_pydantic=Brief, callback=check", id="no-guardrail"),
    ],
)
def test_guardrails_that_cope(look: str, made: str, tmp_path: Path) -> None:
    assert _said(look, made, tmp_path) == []


@pytest.mark.parametrize(("pinned", "levels"), [("1.3.0", []), ("1.4.0", [Level.ERROR])])
def test_older_releases_make_it_first(pinned: str, levels: list[Level], tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(f"crewai=={pinned}\n", encoding="utf-8")
    assert [level for _, level in _said("low = output.pydantic.sure < 1", PYDANTIC, tmp_path)] == levels
