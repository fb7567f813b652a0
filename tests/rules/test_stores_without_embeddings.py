"""WF105 for Haystack retrievers that look by embeddings where documents are stored without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from haystack import Document, Pipeline, component
    from haystack.components.embedders import OpenAITextEmbedder{more}
    from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.components.writers import DocumentWriter
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()


    @component
    class Vectors:
        @component.output_types(documents=list[Document])
        def run(self, documents: list[Document]):
            return {{"documents": [embed(document) for document in documents]}}


    indexing = Pipeline()
    indexing.add_component("cleaner", DocumentCleaner())
    indexing.add_component("middle", {middle})
    indexing.add_component("writer", DocumentWriter({store}))
    indexing.connect("cleaner.documents", "middle.documents")
    indexing.connect("middle.documents", "writer.documents")
    {also}

    asking = Pipeline()
    asking.add_component("embedder", OpenAITextEmbedder())
    asking.add_component("retriever", InMemoryEmbeddingRetriever(store)){mark}
    asking.connect("embedder.embedding", "retriever.query_embedding")
"""
MARK = "  # <- WF105"


def program(**parts: str) -> str:
    return PROGRAM.format(
        **{"more": "", "middle": "DocumentSplitter()", "store": "store", "also": "", "mark": ""} | parts
    )


EMBEDDER = {"more": ", OpenAIDocumentEmbedder"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(mark=MARK), id="never-embedded"),
        pytest.param(program(**EMBEDDER, middle="OpenAIDocumentEmbedder()"), id="embedded"),
        pytest.param(program(middle="Vectors()"), id="by-a-component-of-its-own"),
        pytest.param(program(middle="made_elsewhere()"), id="by-something-that-is-not-known"),
        pytest.param(program(store="InMemoryDocumentStore()"), id="another-store"),
        pytest.param(program(also="store.write_documents(load())"), id="filled-by-code-as-well"),
        pytest.param(
            program(**EMBEDDER, also="ready = OpenAIDocumentEmbedder().run(documents=[])"), id="embedded-by-code"
        ),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
