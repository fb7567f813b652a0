"""WF309 beyond its page: when it stays silent, and which of its findings are errors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

AGENT = """\
from google.adk.agents import LlmAgent

root_agent = LlmAgent(name="desk", model="gemini-2.5-flash", instructions="Help people.")
"""
CREW = """\
from crewai import Agent, Crew, Task

clerk = Agent(role="clerk", goal="sort letters", backstory="old", patience=3)
sort = Task(description="Sort the letters.", expected_output="A list", agent=clerk)
crew = Crew(agents=[clerk], tasks=[sort])
"""


def found(folder: Path, files: Mapping[str, str]) -> list[tuple[str, int, str, str]]:
    """File, line, level and message of each finding."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    told = [each for each in made.findings if each.code == "WF309"]
    return [(each.span.path, each.span.line, str(each.level), each.message) for each in told]


def test_a_misspelling_that_is_refused_is_an_error(tmp_path: Path) -> None:
    said = 'LlmAgent takes no argument "instructions", so the call fails; did you mean "instruction"?'
    assert found(tmp_path, {"app.py": AGENT}) == [("app.py", 3, "error", said)]


def test_what_a_later_release_may_take_is_a_warning(tmp_path: Path) -> None:
    said = 'LlmAgent takes no argument "patience", so the call fails; remove it, or move it to the call that takes it'
    code = AGENT.replace("instructions=", "patience=3, instruction=")
    assert found(tmp_path, {"app.py": code}) == [("app.py", 3, "warning", said)]


def test_what_is_ignored_is_a_warning(tmp_path: Path) -> None:
    said = 'Agent takes no argument "patience" and silently ignores it; remove it, or move it to the call that takes it'
    assert found(tmp_path, {"app.py": CREW}) == [("app.py", 3, "warning", said)]


def test_what_a_test_has_refused_it_has_refused_on_purpose(tmp_path: Path) -> None:
    assert found(tmp_path, {"tests/test_app.py": AGENT}) == []


@pytest.mark.parametrize(
    "code",
    [
        "from crewai import Agent, Task\n\nkind = Agent if input() else Task\nmade = kind(patience=3)\n",
        "from crewai import Agent\n\n\nclass Clerk(Agent):\n    patience: int = 1\n\n\nclerk = Clerk(patience=3)\n",
        "from crewai import Agent\n\n\ndef make(**settings):\n    return Agent(role='clerk', **settings)\n",
        "from crewai import Agent\n\nclerk = Agent(role='clerk', allow_delegation=False, max_iter=3, verbose=True)\n",
    ],
    ids=["one-of-several", "class-of-the-source", "spread", "all-taken"],
)
def test_silence(tmp_path: Path, code: str) -> None:
    task = "Task(description='d', expected_output='x')"
    run = f"\nfrom crewai import Crew, Task\n\ncrew = Crew(agents=[], tasks=[{task}])\n"
    assert found(tmp_path, {"app.py": code + run}) == []


def test_a_copy_of_the_library_may_take_more(tmp_path: Path) -> None:
    assert found(tmp_path, {"app.py": CREW})
    assert found(tmp_path, {"app.py": CREW, "vendored/crewai/__init__.py": ""}) == []


def test_strays_of_one_call_are_told_together_and_misspellings_by_themselves(tmp_path: Path) -> None:
    code = CREW.replace("patience=3", "patience=3, mood='calm', tool=[]")
    ignored = 'Agent takes no arguments "patience" and "mood" and silently ignores them'
    assert found(tmp_path, {"app.py": code}) == [
        ("app.py", 3, "warning", f"{ignored}; remove them, or move them to the call that takes them"),
        ("app.py", 3, "warning", 'Agent takes no argument "tool" and silently ignores it; did you mean "tools"?'),
    ]
