"""Cells of a notebook set names again: what was written above them meant what the names stood for then."""

from __future__ import annotations

from pathlib import Path

from tests.notebooks import code, notebook
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

IMPORTS = """
from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail
from pydantic import BaseModel
"""
FIRST = """
class Sums(BaseModel):
    is_sum: bool

checker = Agent(name="sums", instructions="Say whether somebody wants a sum done.", output_type=Sums)

@input_guardrail
async def no_sums(ctx, agent, text):
    verdict = (await Runner.run(checker, text)).final_output
    return GuardrailFunctionOutput(output_info=verdict, tripwire_triggered=verdict.%s)

tutor = Agent(name="tutor", instructions="Explain poems.", input_guardrails=[no_sums])
print((await Runner.run(tutor, "What is a sonnet?")).final_output)
"""
SECOND = """
class Topic(BaseModel):
    is_poem: bool

checker = Agent(name="topic", instructions="Say whether somebody speaks of a poem.", output_type=Topic)

@input_guardrail
async def poems_only(ctx, agent, text):
    verdict = (await Runner.run(checker, text)).final_output
    return GuardrailFunctionOutput(output_info=verdict, tripwire_triggered=not verdict.is_poem)

reader = Agent(name="reader", instructions="Read poems.", input_guardrails=[poems_only])
print((await Runner.run(reader, "Read me a sonnet")).final_output)
"""
EVENTS = """
from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step

class Draft(Event):
    text: str

class Again(Event):
    text: str
"""
FLOW = """
class Writing(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Draft | Again:
        return Draft(text=ev.text) if ev.text else Again(text="la")

    @step
    async def check(self, ev: "Draft") -> StopEvent:
        return StopEvent(result=ev.text)

    @step
    async def repeat(self, ev: Again) -> StopEvent:
        return StopEvent(result=ev.text * 2)

print(await Writing(timeout=9).run(text="la"))
"""


def test_functions_keep_the_agents_of_their_cells(tmp_path: Path) -> None:
    assert told(tmp_path / "right", IMPORTS, FIRST % "is_sum", SECOND) == []
    assert told(tmp_path / "wrong", IMPORTS, FIRST % "is_poem", SECOND) == ["WF109"]


def test_a_function_means_what_is_set_by_the_time_it_is_used(tmp_path: Path) -> None:
    guard, _, tutor = (FIRST % "is_poem").partition("\ntutor = ")
    checker, _, _ = SECOND.partition("\n@input_guardrail")
    assert told(tmp_path, IMPORTS, guard, checker, f"tutor = {tutor}") == []


def test_steps_keep_the_events_of_their_cells(tmp_path: Path) -> None:
    assert told(tmp_path, EVENTS, FLOW, EVENTS, FLOW) == []


def test_a_function_that_is_called_further_down_sees_what_is_set_there(tmp_path: Path) -> None:
    late = "checker = None\nasync def ask(text):\n    return (await Runner.run(checker, text)).final_output.is_poem\n"
    asked = SECOND + '\nprint(await ask("A sonnet"))\n'
    assert told(tmp_path / "right", IMPORTS, late, asked) == []
    assert told(tmp_path / "wrong", IMPORTS, late.replace("is_poem", "is_song"), asked) == ["WF109"]


def told(folder: Path, *cells: str) -> list[str]:
    """The codes of the errors and warnings about a notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lesson.ipynb").write_text(notebook(*map(code, cells)), encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [finding.code for finding in found if finding.level is not Level.NOTE]
