"""WF101 at the first steps: what callers do not pass, and a name that other steps spell otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Level, Persona
from wflint.request import Request

STARTED = """
    from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step

    class Greeter(Workflow):
        @step
        async def greet(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result="hello " + ev.guest)

    async def main(options):
        await Greeter().run(<0>)
"""
SESSION = """
    from google.adk.agents import LlmAgent, SequentialAgent

    first = LlmAgent(name="first", model="gemini-2.5-flash", instruction="Plan the trip to {harbour_town}.")
    second = LlmAgent(name="second", model="gemini-2.5-flash", instruction="Find boats in {<0>}.")
    third = LlmAgent(name="third", model="gemini-2.5-flash", instruction="Find rooms in {<1>}.")
    root_agent = SequentialAgent(name="root", sub_agents=[first, second, third])
"""


def test_a_field_of_the_start_that_no_call_passes(tmp_path: Path) -> None:
    twin = Twin("", STARTED, (('visitor="Ann"', 'guest="Ann"'),), "")
    line = 'return StopEvent(result="hello " + ev.guest)'
    assert found(twin.bad, tmp_path, "read-never-written") == [(line, Level.ERROR)]
    assert found(twin.good, tmp_path, "read-never-written") == []


def test_a_call_that_may_pass_anything(tmp_path: Path) -> None:
    assert found(Twin("", STARTED, (("**options", ""),), "").bad, tmp_path, "read-never-written") == []


def test_a_name_that_others_spell_otherwise(tmp_path: Path) -> None:
    twin = Twin("", SESSION, (("harbor_town", "harbour_town"), ("harbour_town", "harbour_town")), "")
    (one,) = [each for each in found(twin.bad, tmp_path, "read-never-written") if each[1] is not Level.NOTE]
    assert one[0].startswith("second")
    assert all(level is Level.NOTE for _, level in found(twin.good, tmp_path, "read-never-written"))


@pytest.mark.parametrize("address", ["https://boats.example/{boat}", "/boats/{boat}/fares.html", "/boats/no-{boat}/"])
def test_a_name_in_an_address_is_told_to_everybody(address: str, tmp_path: Path) -> None:
    assert inputs(f"Find boats at {address}", tmp_path)


@pytest.mark.parametrize("text", ["Find boats in {boat}", "Find boats and/or {boat} trips", "Find boats/{boat}s"])
def test_a_name_in_a_sentence_is_for_auditors(text: str, tmp_path: Path) -> None:
    assert not inputs(text, tmp_path)


def inputs(instruction: str, folder: Path) -> list[str]:
    """What is said to everybody of the field "boat"."""
    made = f'LlmAgent(name="harbour", model="gemini-2.5-flash", instruction="{instruction}", tools=[print])'
    program = f"from google.adk.agents import LlmAgent\n\nroot_agent = {made}\n"
    (folder / "program.py").write_text(program, encoding="utf-8")
    regular = Request.of(folder, overrides=Config(persona=Persona.REGULAR))
    return [one.message for one in audit(regular).findings if '"boat"' in one.message]


def test_two_spellings_are_one_mistake(tmp_path: Path) -> None:
    twin = Twin("", SESSION, (("harbor_town", ""), ("boat_type", "")), "")
    loud = [each for each in found(twin.bad, tmp_path, "read-never-written") if each[1] is not Level.NOTE]
    assert len([line for line, _ in loud if line.startswith(("first", "second"))]) == len(loud) == 1


def test_one_and_many_are_two_names(tmp_path: Path) -> None:
    twin = Twin("", SESSION, (("harbour_towns", ""), ("harbour_town", "")), "")
    assert all(level is Level.NOTE for _, level in found(twin.bad, tmp_path, "read-never-written"))
