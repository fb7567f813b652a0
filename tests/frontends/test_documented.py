"""What docstrings say of parameters and attributes describes needs and fields, in whatever framework."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.sources import workflows

GRAPH = '''
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph

class Base(TypedDict):
    """What every graph keeps.

    Attributes:
        topic: what the user asked
    """
    topic: str

class State(Base):
    """The state.

    Attributes:
        notes: what was found
        post: overridden
    """
    notes: str
    post: Annotated[str, "what is published"]

def write(state: State):
    return {"post": state["notes"]}

builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()
'''
PIPELINE = '''
from haystack import Pipeline, component

@component
class Finder:
    @component.output_types(documents=list)
    def run(self, query: str, top_k: int = 3):
        """Find documents.

        :param query: What to look for.
        """
        return {"documents": [query]}

p = Pipeline()
p.add_component("finder", Finder())
'''
TASK = '''
from langgraph.func import entrypoint, task

@task
def write(topic: str, tone: str):
    """Write a post.

    Args:
        topic: What the post is about.
    """
    return topic + tone

@entrypoint()
def flow(topic: str):
    return write(topic, "kind").result()
'''


def described(folder: Path, source: str, step: str) -> dict[str, str]:
    """What is said of the needs of a step."""
    (flow,) = workflows(folder, source)
    found = flow.step(step)
    assert found is not None
    return {need.name: need.description for need in found.needs}


def test_attributes_of_a_state_are_described_by_its_class_and_those_above(tmp_path: Path) -> None:
    (flow,) = workflows(tmp_path, GRAPH)
    assert flow.state is not None
    assert {field.name: field.description for field in flow.state.fields} == {
        "topic": "what the user asked",
        "notes": "what was found",
        "post": "what is published",
    }


def test_sockets_are_described_by_the_code_that_runs(tmp_path: Path) -> None:
    assert described(tmp_path, PIPELINE, "finder") == {"query": "What to look for.", "top_k": ""}


def test_parameters_of_a_function_are_described_by_its_docstring(tmp_path: Path) -> None:
    assert described(tmp_path, TASK, "write") == {"topic": "What the post is about.", "tone": ""}
