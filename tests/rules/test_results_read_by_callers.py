"""WF109 for what code reads of the result of a run: dicts that end LlamaIndex runs, outputs of Haystack pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

FLOW = """
    import asyncio

    from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step


    class Found(Event):
        text: str


    class Search(Workflow):
        @step
        async def look(self, ev: StartEvent) -> Found{also}:
            {look}
            return Found(text=ev.query)

        @step
        async def answer(self, ev: Found) -> StopEvent:
            return StopEvent(result={result})


    async def main():
        result = await Search().run(query="tea")
        print(result["text"])
        {read}


    asyncio.run(main())
"""
MARK = "  # <- WF109"


def flow(**parts: str) -> str:
    usual = {"also": "", "look": "pass", "result": '{"text": ev.text, "count": 1}', "read": "pass"}
    return FLOW.format(**usual | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(flow(read='print(result["total"])' + MARK), id="no-such-key"),
        pytest.param(flow(read='print(result["count"])'), id="a-key-that-it-has"),
        pytest.param(flow(read='print(result.get("total"))'), id="asked-for"),
        pytest.param(
            flow(
                also=" | StopEvent",
                look='if not ev.query:\n                return StopEvent(result={"text": "", "total": 0})',
                read='print(result["total"])',
            ),
            id="a-key-of-another-end",
        ),
        pytest.param(flow(result="self.made(ev)", read='print(result["total"])'), id="not-known"),
        pytest.param(flow(result='{"text": ev.text, **self.more}', read='print(result["total"])'), id="spread"),
    ],
)
def test_keys_of_what_ends_a_run(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


PIPELINE = """
    from haystack import Document, Pipeline
    from haystack.components.builders import PromptBuilder
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from searching import search

    pipeline = Pipeline()
    pipeline.add_component("retriever", {made})
    pipeline.add_component("prompt", PromptBuilder("{{{{ documents }}}} {{{{ query }}}}", required_variables="*"))
    {connect}


    def ask(query: str):
        result = pipeline.run({{"retriever": {{"query": query}}, "prompt": {{"query": query}}}}{more})
        return result["prompt"]["prompt"], result["retriever"]["{name}"]{mark}
"""
CONNECTED = 'pipeline.connect("retriever.documents", "prompt.documents")'


def pipeline(**parts: str) -> str:
    usual = {
        "made": "InMemoryBM25Retriever(InMemoryDocumentStore())",
        "connect": CONNECTED,
        "more": "",
        "name": "documents",
        "mark": "",
    }
    return PIPELINE.format(**usual | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(pipeline(mark=MARK), id="another-takes-it"),
        pytest.param(pipeline(more=', include_outputs_from={"retriever"}'), id="kept"),
        pytest.param(pipeline(name="scores", mark=MARK), id="no-such-output"),
        pytest.param(pipeline(name="scores", made="search()"), id="an-output-that-may-be-there"),
        pytest.param(pipeline(made="search()", mark=MARK), id="taken-of-what-is-not-known"),
    ],
)
def test_outputs_that_go_on_to_another_component(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
