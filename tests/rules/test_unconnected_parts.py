"""Parts of a pipeline that nothing connects, and names that are spelt nearly the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request

PIPELINE = """
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators import OpenAIGenerator
from haystack.components.rankers import LostInTheMiddleRanker
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

store = InMemoryDocumentStore()
recipes = Pipeline()
recipes.add_component("search", InMemoryBM25Retriever(store))
recipes.add_component("order", LostInTheMiddleRanker())
recipes.add_component("prompt", PromptBuilder("Cook with {{documents}}"))
recipes.add_component("cook", OpenAIGenerator())
CONNECTIONS
"""
ALL = (
    'recipes.connect("search.documents", "order.documents")',
    'recipes.connect("order.documents", "prompt.documents")',
    'recipes.connect("prompt.prompt", "cook.prompt")',
)

LOOP = """
from google.adk.agents import LlmAgent, LoopAgent

critic = LlmAgent(name="critic", model="gemini-2.5-flash", instruction="Judge the menu {menu}", output_key="KEY")
cook = LlmAgent(name="cook", model="gemini-2.5-flash", instruction="Improve the menu: {critique}", output_key="menu")
root_agent = LoopAgent(name="kitchen", sub_agents=[critic, cook], max_iterations=3)
"""


def said(folder: Path, source: str) -> list[tuple[str, str | None]]:
    """The codes of findings about the source, without labels, with the steps."""
    (folder / "pipeline.py").write_text(source, encoding="utf-8")
    found = audit(Request(folder, (folder,), overrides=Config(persona=Persona.REGULAR), cache=CacheChoice(is_off=True)))
    return [(finding.code, finding.observation.step) for finding in found.findings if finding.code < "WF9"]


def test_a_connected_pipeline_is_fine(tmp_path: Path) -> None:
    assert said(tmp_path, PIPELINE.replace("CONNECTIONS", "\n".join(ALL))) == []


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ((0, 2), [("WF301", "prompt")]),
        ((1, 2), [("WF301", "order")]),
    ],
)
def test_a_part_that_lacks_what_another_makes_is_found(
    kept: tuple[int, ...], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    connections = "\n".join(ALL[place] for place in kept)
    assert said(tmp_path, PIPELINE.replace("CONNECTIONS", connections)) == found


def test_a_part_that_is_given_what_it_needs_is_fine(tmp_path: Path) -> None:
    run = 'recipes.run({"search": {"query": "leek"}, "order": {"documents": []}})'
    assert said(tmp_path, PIPELINE.replace("CONNECTIONS", "\n".join((*ALL[1:], run)))) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [("critique", []), ("critque", [("WF111", "cook")]), ("verdict_of_the_guests", [])],
)
def test_an_output_that_is_spelt_nearly_as_a_need_is_meant(
    key: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert said(tmp_path, LOOP.replace("KEY", key)) == found
