"""WF603 in plain code: texts of failures that the next run is told in place of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import logging
    from agents import Agent, Runner

    finder = Agent(name="finder", instructions="Find facts.")
    writer = Agent(name="writer", instructions="Write from the facts.")

    async def find(topic):
        try:
            return (await Runner.run(finder, topic)).final_output
        except Exception as error:
            <0>

    async def main(topic):
        facts = await find(topic)
        <1>
        return (await Runner.run(writer, f"Facts: {facts}")).final_output
"""


def said(handler: str, folder: Path, between: str = "") -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, ((handler, ""), (between, "")), "").bad, folder, "error-as-data")


def test_the_text_of_a_failure_goes_on(tmp_path: Path) -> None:
    ((line, level),) = said('return f"nothing found: {error}"', tmp_path)
    assert line.startswith("except")
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("handler", "between"),
    [
        pytest.param("raise", "", id="it-fails"),
        pytest.param('logging.error("%s", error)\n        return ""', "", id="nothing-goes-on"),
        pytest.param('raise ValueError(f"no facts: {error}")', "", id="another-failure"),
        pytest.param('return f"error: {error}"', 'if facts.startswith("error"):\n        return facts', id="looked-at"),
    ],
)
def test_failures_that_are_cared_for(handler: str, between: str, tmp_path: Path) -> None:
    assert said(handler, tmp_path, between) == []


def test_a_failure_that_a_model_is_to_mend(tmp_path: Path) -> None:
    program = Twin(
        "",
        """
    from agents import Agent, Runner

    coder = Agent(name="coder", instructions="Write a query.")
    mender = Agent(name="mender", instructions="Mend the query.")

    async def main(question, run):
        query = (await Runner.run(coder, question)).final_output
        try:
            return run(query)
        except ValueError as error:
            return (await Runner.run(mender, f"{query} failed with {error}")).final_output
""",
        (),
        "",
    ).bad
    assert found(program, tmp_path, "error-as-data") == []


GRAPH = """
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        topic: str
        answer: str
        <0>

    def find(state: State):
        try:
            return {"facts": open(state["topic"]).read()}
        except OSError as error:
            return {"facts": f"Error: {error}"}

    def write(state: State):
        return {"answer": ChatOpenAI(model="m").invoke(f"Write it up: {state.get('facts')}").content}

    g = StateGraph(State)
    g.add_node("find", find)
    g.add_node("write", write)
    g.add_edge(START, "find")
    g.add_edge("find", "write")
    g.add_edge("write", END)
    graph = g.compile()
"""


def test_a_failure_that_the_state_has_no_field_for_reaches_nobody(tmp_path: Path) -> None:
    twin = Twin("", GRAPH, (("facts: str", "sources: str"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "error-as-data")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "error-as-data") == []


SOURCES = """
    import requests
    from haystack import Document, Pipeline, component
    from haystack.components.builders import ChatPromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.components.rankers import LostInTheMiddleRanker
    from haystack.dataclasses import ChatMessage

    @component
    class News:
        @component.output_types(documents=list[Document]<1>)
        def run(self, query: str):
            try:
                hits = requests.get("https://news.example", params={"q": query}, timeout=9).json()
            except requests.RequestException as error:
                <0>
            return {"documents": [Document(content=hit["text"]) for hit in hits]}

    pipeline = Pipeline()
    pipeline.add_component("news", News())
    pipeline.add_component("order", LostInTheMiddleRanker())
    pipeline.add_component("prompt", ChatPromptBuilder([ChatMessage.from_user("Sum up {{ documents }}")]))
    pipeline.add_component("llm", OpenAIChatGenerator())
    pipeline.connect("news.documents", "order.documents")
    pipeline.connect("order.documents", "prompt.documents")
    pipeline.connect("prompt.prompt", "llm.messages")
"""


@pytest.mark.parametrize(
    ("handler", "more", "wanted"),
    [
        pytest.param('return {"documents": [Document(content=f"Search: {error}")]}', "", 1, id="as-a-document"),
        pytest.param('return {"documents": []}', "", 0, id="nothing"),
        pytest.param('return {"documents": [], "error": str(error)}', ", error=str", 0, id="apart"),
        pytest.param("raise RuntimeError(query) from error", "", 0, id="it-fails"),
    ],
)
def test_a_failure_that_is_told_as_a_document(handler: str, more: str, wanted: int, tmp_path: Path) -> None:
    program = Twin("", SOURCES, ((handler, ""), (more, "")), "").bad
    assert [level for _, level in found(program, tmp_path, "error-as-data")] == [Level.WARNING] * wanted
