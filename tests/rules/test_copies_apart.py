"""Steps that say the same and that nobody could share: in projects of their own, or fed by other steps."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.model.finding import Level
from wflint.request import CacheChoice, Request

AGENT = """
from agents import Agent, Runner

clerk = Agent(name="clerk", instructions="Read the letter of the guest and say in one line what the guest wishes.")


async def read(letter: str) -> str:
    return (await Runner.run(clerk, letter, max_turns=3)).final_output
"""
PIPELINES = """
from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.components.generators import OpenAIGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from shelves import ShelfRetriever

STORE = InMemoryDocumentStore()


def plain():
    pipeline = Pipeline()
    pipeline.add_component("search", InMemoryBM25Retriever(STORE))
    pipeline.add_component("prompt", PromptBuilder("Answer the question from the documents alone: {{question}} {{documents}}"))
    pipeline.add_component("llm", OpenAIGenerator())
    pipeline.connect("search.documents", "prompt.documents")
    pipeline.connect("prompt", "llm")
    return pipeline


def shelved():
    pipeline = Pipeline()
    pipeline.add_component("shelf", ShelfRetriever(STORE))
    pipeline.add_component("prompt", PromptBuilder("Answer the question, from these documents alone: {{question}} {{documents}}"))
    pipeline.add_component("llm", OpenAIGenerator())
    pipeline.connect("shelf.documents", "prompt.documents")
    pipeline.connect("prompt", "llm")
    return pipeline
"""  # noqa: E501


@pytest.mark.parametrize(
    ("requirements", "levels"),
    [
        pytest.param((), [Level.WARNING], id="one project"),
        pytest.param(("requirements.txt",), [Level.WARNING], id="one project that says so"),
        pytest.param(("post/requirements.txt", "desk/pyproject.toml"), [Level.NOTE], id="two projects"),
        pytest.param(("requirements.txt", "desk/requirements.txt"), [Level.NOTE], id="a project in another one"),
    ],
)
def test_a_copy_in_another_project(tmp_path: Path, requirements: tuple[str, ...], levels: list[Level]) -> None:
    files = {"post/flow.py": AGENT, "desk/flow.py": AGENT, **dict.fromkeys(requirements, "")}
    assert copies(tmp_path, files) == levels


def test_answers_from_what_others_have_found(tmp_path: Path) -> None:
    assert Level.WARNING not in copies(tmp_path, {"flow.py": PIPELINES})


def copies(folder: Path, files: dict[str, str]) -> list[Level]:
    """The levels of what is said of copies of steps."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text), encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [each.level for each in found if each.code == "WF201" and "versions of one workflow" not in each.message]
