"""Values that parts of frameworks refuse, be they part of a workflow or not, and those that they take."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

HEAD = """\
import agent_framework as af
from autogen_agentchat.agents import AssistantAgent
from crewai import Crew, Task
from google.adk.apps import App
from google.adk.runners import Runner
from llama_index.core.agent.workflow import AgentWorkflow
from pydantic_graph import GraphBuilder
from pydantic_graph.join import reduce_null
from workflows import Workflow


class Work(Workflow):
    pass


class Own(Workflow):
    def __init__(self, num_concurrent_runs):
        super().__init__(num_concurrent_runs=1)


"""


def said(folder: Path, code: str) -> list[str]:
    """What WF304 says of a file with one more line."""
    (folder / "app.py").write_text(HEAD + code, encoding="utf-8")
    made = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    return [each.message for each in made.findings if each.code == "WF304"]


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ('af.AgentExecutor(agent, context_mode="last")', "`context_mode` of AgentExecutor"),
        ('af.AgentExecutor(agent, context_mode="custom")', "`context_mode` of AgentExecutor"),
        ('AssistantAgent("one", model, memory=(notes,))', "`memory` of AssistantAgent"),
        ('Task(id="1", description="d", expected_output="x")', "`id` of Task"),
        ("Crew()", "Crew without `tasks` or `agents` or `config`"),
        ('App(name="my app", root_agent=agent)', "`name` of App"),
        ("Runner(agent=agent, session_service=sessions)", "`agent` of Runner"),
        ("AgentWorkflow(agents=[])", "`agents` of AgentWorkflow"),
        ("GraphBuilder().join(reduce_null)", "Join without `initial` or `initial_factory`"),
        ('Work(skip_graph_checks={"reach"})', "`skip_graph_checks` of Workflow"),
    ],
)
def test_a_value_that_is_refused(tmp_path: Path, code: str, subject: str) -> None:
    (message,) = said(tmp_path, f"agent = model = notes = sessions = object()\nmade = {code}\n")
    assert message.startswith(f"the framework refuses {subject} (")


@pytest.mark.parametrize(
    "code",
    [
        'af.AgentExecutor(agent, context_mode="full")',
        "af.AgentExecutor(agent, context_mode=input())",
        'af.AgentExecutor(agent, context_mode="custom", context_filter=list)',
        'af.AgentExecutor(agent, **dict(context_mode="custom"), **open_)',
        'AssistantAgent("one", model, memory=[notes])',
        "Crew(**settings)",
        'App(name="my-app", root_agent=agent)',
        'Runner(agent=agent, app_name="app", session_service=sessions)',
        "GraphBuilder().join(reduce_null, initial=None)",
        "Own(num_concurrent_runs=0)",
        'Work(skip_graph_checks={"reachability"})',
    ],
)
def test_a_value_that_is_taken(tmp_path: Path, code: str) -> None:
    given = "def make(agent, model, notes, sessions, open_, settings):\n"
    assert said(tmp_path, f"{given}    return {code}\n") == []


def test_what_a_test_has_refused_it_has_refused_on_purpose(tmp_path: Path) -> None:
    code = "import pytest\n\n\ndef check():\n    with pytest.raises(ValueError):\n        AgentWorkflow(agents=[])\n"
    assert said(tmp_path, code) == []
