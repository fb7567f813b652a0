"""Names and arguments that only some releases have: told where the repository says which one it runs with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_arguments import found as strays
from wflint.audit import audit
from wflint.request import CacheChoice, Request

GRAPH = "from google.adk.workflow import Workflow\n"
PREPARED = "try:\n    from google.adk.workflow import Workflow\nexcept ImportError:\n    Workflow = None\n"
AGENT = """\
from google.adk.agents import LlmAgent

root_agent = LlmAgent(name="desk", model="gemini-2.5-flash", instruction="Help people.", mode="chat")
"""
ADVICE = "remove it, or run it with another release"
ASYNC = "from haystack import AsyncPipeline\n\nmade = AsyncPipeline()\n"
CREW = """\
from crewai import Agent, Crew, Task

clerk = Agent(role="clerk", goal="sort letters", backstory="old")
sort = Task(description="Sort the letters.", expected_output="A list", agent=clerk, guardrails=[len])
crew = Crew(agents=[clerk], tasks=[sort])
"""


def refused(folder: Path, code: str, requirement: str) -> list[str]:
    """What WF304 says of a file in a repository with a requirement."""
    (folder / "app.py").write_text(code, encoding="utf-8")
    (folder / "requirements.txt").write_text(requirement, encoding="utf-8")
    made = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    return [each.message for each in made.findings if each.code == "WF304"]


@pytest.mark.parametrize("requirement", ["google-adk==1.39.1", "google-adk==1.20", "google-adk<1.39"])
def test_a_name_that_the_release_lacks(tmp_path: Path, requirement: str) -> None:
    said = "with google-adk 1.39.1 and earlier, the framework refuses `Workflow` (there is no such name)"
    assert refused(tmp_path, GRAPH, requirement) == [said]


def test_a_name_that_later_releases_lack(tmp_path: Path) -> None:
    said = "with haystack-ai 3.4.1 and later, the framework refuses `AsyncPipeline` (there is no such name)"
    assert refused(tmp_path, ASYNC, "haystack-ai==3.4.1") == [said]


@pytest.mark.parametrize(
    ("code", "requirement"),
    [
        pytest.param(GRAPH, "google-adk==2.13.0", id="the release has it"),
        pytest.param(GRAPH, "google-adk>=1.39", id="one of the releases has it"),
        pytest.param(GRAPH, "google-adk==1.40", id="between the two that were looked at"),
        pytest.param(GRAPH, "flask", id="nobody says which"),
        pytest.param(PREPARED, "google-adk==1.39.1", id="the code is prepared"),
        pytest.param(ASYNC, "haystack-ai==2.31.0", id="an earlier release has it"),
        pytest.param(ASYNC, "flask", id="gone, and nobody says which"),
    ],
)
def test_silence_about_names(tmp_path: Path, code: str, requirement: str) -> None:
    assert refused(tmp_path, code, requirement) == []


def test_arguments_that_the_release_refuses_or_ignores(tmp_path: Path) -> None:
    files = {"requirements.txt": "google-adk==1.39.1\ncrewai==0.203.2\n", "agent.py": AGENT, "crew.py": CREW}
    assert [message for _, _, _, message in strays(tmp_path, files)] == [
        f'with google-adk 1.39.1, LlmAgent takes no argument "mode", so the call fails; {ADVICE}',
        f'with crewai 0.203.2, Task takes no argument "guardrails" and silently ignores it; {ADVICE}',
    ]


@pytest.mark.parametrize("requirement", ["google-adk==2.13.0", "google-adk==1.20", "flask"])
def test_silence_about_arguments(tmp_path: Path, requirement: str) -> None:
    assert strays(tmp_path, {"requirements.txt": requirement, "agent.py": AGENT}) == []


NESTED = """\
from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step


class Inner(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="done")


class Outer(Workflow):
    @step
    async def begin(self, ev: StartEvent, inner: Inner) -> StopEvent:
        return StopEvent(result=await inner.run())


outer = Outer()
outer.add_workflows(inner=Inner())
"""


@pytest.mark.parametrize("requirement", ["llama-index-workflows==2.26.1", "llama-index-core==0.14.25", "flask"])
def test_workflows_are_added_to_no_other_one_since(tmp_path: Path, requirement: str) -> None:
    (said,) = refused(tmp_path, NESTED, requirement)
    assert said.startswith("with llama-index-workflows 2.0 and later, the framework refuses `Workflow.add_workflows`")


@pytest.mark.parametrize(
    "requirement", ["llama-index-workflows==1.3.0", "llama-index-core==0.11.18", "llama-index<0.13"]
)
def test_what_brings_a_framework_along_tells_its_release(tmp_path: Path, requirement: str) -> None:
    assert refused(tmp_path, NESTED, requirement) == []
