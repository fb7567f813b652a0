"""Who stands in a tree of Google ADK's agents, and who in none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import workflows
from wflint.model.workflow import FaultKind
from wflint.request import CacheChoice, Request
from wflint.survey import survey

AGENTS = "from google.adk.agents import BaseAgent, LlmAgent, LoopAgent, ParallelAgent, SequentialAgent\n"


def test_an_agent_has_one_parent(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a = LlmAgent(name="a", instruction="Do.")
b = SequentialAgent(name="b", sub_agents=[a])
root_agent = SequentialAgent(name="root", sub_agents=[b, a])
"""
    assert _parents(tmp_path, source) == [("a", 5)]


def test_the_second_parent_may_be_in_another_tree(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a = LlmAgent(name="a", instruction="Do.")
first = SequentialAgent(name="first", sub_agents=[a])
second = SequentialAgent(name="second", sub_agents=[a])
"""
    assert _parents(tmp_path, source) == [("a", 5)]


def test_only_one_of_two_ways_gives_an_agent_its_parent(tmp_path: Path) -> None:
    source = f"""{AGENTS}
import sys

a = LlmAgent(name="a", instruction="Do.")
if sys.argv[1:]:
    root_agent = SequentialAgent(name="root", sub_agents=[a])
else:
    root_agent = LlmAgent(name="root", instruction="Send on.", sub_agents=[a])
"""
    assert _parents(tmp_path, source) == []


def _parents(tmp_path: Path, source: str) -> list[tuple[str, int]]:
    """The agents that have a second parent, each with the line where it gets it."""
    tmp_path.joinpath("app.py").write_text(source)
    found = survey(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).program.refusals
    return [(each.subject, each.span.line) for each in found if each.kind is FaultKind.SECOND_PARENT]


TREE = f"""{AGENTS}
clerk = LlmAgent(name="clerk", instruction="Do.")
porter = LlmAgent(name="porter", instruction="Do.")
root_agent = LlmAgent(name="desk", instruction="Send on.", sub_agents=[porter])
"""


@pytest.mark.parametrize(
    ("rest", "unused"),
    [
        pytest.param("", ["clerk"], id="nobody looks at it"),
        pytest.param("AGENTS = [clerk]\n", [], id="somebody keeps it"),
        pytest.param("__all__ = ['clerk']\n", [], id="others may take it"),
        pytest.param("root_agent.sub_agents.append(clerk)\n", [], id="it is added later"),
    ],
)
def test_an_agent_that_is_in_no_tree(tmp_path: Path, rest: str, unused: list[str]) -> None:
    (tree,) = (flow for flow in workflows(tmp_path, TREE + rest) if flow.name == "root_agent")
    assert [item.name for item in tree.unused] == unused


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        pytest.param("", ["root_agent"], id="told as unused"),
        pytest.param("AGENTS = [clerk]\n", ["root_agent", "clerk"], id="kept for whoever runs it"),
        pytest.param("root_agent.sub_agents.append(clerk)\n", ["root_agent"], id="part of the tree after all"),
        pytest.param(
            "rounds = LoopAgent(name='rounds', sub_agents=[clerk])\n", ["root_agent", "rounds"], id="in another tree"
        ),
    ],
)
def test_an_agent_alone_is_a_workflow_of_one_step(tmp_path: Path, rest: str, names: list[str]) -> None:
    found = sorted(workflows(tmp_path, TREE + rest), key=lambda flow: flow.name != "root_agent")
    assert [flow.name for flow in found] == names


def test_a_sequence_of_agents_that_nobody_knows_is_no_agent_alone(tmp_path: Path) -> None:
    source = f"""{AGENTS}
from elsewhere import members
root_agent = SequentialAgent(name="row", sub_agents=members())
"""
    assert workflows(tmp_path, source) == ()
