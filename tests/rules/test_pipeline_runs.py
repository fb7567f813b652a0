"""What a run of a Haystack pipeline is given and what is read of its result: WF304 and WF109."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    from haystack import Pipeline, component

    @component
    class Weigh:
        @component.output_types(size=int, text=str)
        def run(self, text: str):
            return {"size": len(text), "text": text}

    @component
    class Pack:
        @component.output_types(done=str)
        def run(self, text: str):
            return {"done": text}

    def ship(text, more, names):
        p = Pipeline()
        p.add_component("weigh", Weigh())
        p.add_component("pack", Pack())
        p.connect("weigh.text", "pack.text")
        result = p.run(<0>)
        return <1>
"""
GIVEN = '{"weigh": {"text": text}}'


def said(folder: Path, given: str, read: str, rule: str) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, ((given, ""), (read, "")), "").bad, folder, rule)


def test_inputs_of_a_component_that_there_is_not(tmp_path: Path) -> None:
    line = 'result = p.run({"scale": {"text": text}})'
    assert said(tmp_path, '{"scale": {"text": text}}', "result", "invalid-graph") == [(line, Level.ERROR)]


@pytest.mark.parametrize(
    "given",
    [GIVEN, '{"text": text}', '{"text": text, "scale": {"text": text}}', '{"weigh": {"text": text}, **more}'],
    ids=["as it is", "by the input's name", "no dict beside it", "more"],
)
def test_inputs_that_may_be_right(given: str, tmp_path: Path) -> None:
    assert said(tmp_path, given, "result", "invalid-graph") == []


@pytest.mark.parametrize("read", ['result["pack"]["text"]', 'result["weigh"]["text"]', 'result["weigh"]["weight"]'])
def test_what_is_not_returned(read: str, tmp_path: Path) -> None:
    assert said(tmp_path, GIVEN, read, "type-mismatch") == [(f"return {read}", Level.ERROR)]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param(GIVEN, 'result["pack"]["done"]', id="returned"),
        pytest.param(GIVEN, 'result["weigh"]["size"]', id="taken-by-no-other"),
        pytest.param(GIVEN, 'result["weigh"].get("text")', id="perhaps"),
        pytest.param(GIVEN + ', include_outputs_from={"weigh"}', 'result["weigh"]["text"]', id="kept"),
        pytest.param(GIVEN + ", include_outputs_from=names", 'result["weigh"]["text"]', id="perhaps-kept"),
    ],
)
def test_what_is_returned(given: str, read: str, tmp_path: Path) -> None:
    assert said(tmp_path, given, read, "type-mismatch") == []


JOINED = """
    from haystack import Pipeline
    from haystack.components.fetchers import LinkContentFetcher
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.writers import DocumentWriter
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    p = Pipeline()
    p.add_component("writer", DocumentWriter(document_store=InMemoryDocumentStore()))
    p.add_component("joiner", DocumentJoiner())
    <0>
"""


@pytest.mark.parametrize(
    ("connection", "levels"),
    [
        pytest.param('p.connect("writer", "joiner")', [], id="the-count-is-taken-as-top_k"),
        pytest.param('p.connect("writer", "joiner.documents")', [Level.ERROR], id="named"),
    ],
)
def test_sockets_are_picked_by_their_types(connection: str, levels: list[Level], tmp_path: Path) -> None:
    program = Twin("", JOINED, ((connection, ""),), "").bad
    assert [level for _, level in found(program, tmp_path, "type-mismatch")] == levels


GUESSED = """
    from haystack import Pipeline, component

    @component
    class Find:
        @component.output_types(found=str)
        def run(self, query: str):
            return {"found": query}

    @component
    class Embed:
        @component.output_types(vector=list)
        def run(self, text: str):
            return {"vector": [text]}

    def plain():
        p = Pipeline()
        p.add_component("find", Find())
        return p

    def dense():
        p = Pipeline()
        p.add_component("embed", Embed())
        return p

    def ask(pipeline, question):
        try:
            return pipeline.run({"embed": {"text": question}})
        except Exception:
            <0>

    ask(plain(), "tide")
    ask(dense(), "tide")
"""


@pytest.mark.parametrize(
    ("handler", "levels"),
    [
        pytest.param('return pipeline.run({"find": {"query": question}})', [], id="tried-another-way"),
        pytest.param("return None", [Level.ERROR], id="given-up"),
    ],
)
def test_a_run_that_is_tried_one_way_after_the_other(handler: str, levels: list[Level], tmp_path: Path) -> None:
    assert [
        level for _, level in found(Twin("", GUESSED, ((handler, ""),), "").bad, tmp_path, "invalid-graph")
    ] == levels
