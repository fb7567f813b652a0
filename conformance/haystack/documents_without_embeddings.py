"""A retriever by embeddings finds nothing among documents that were written without any, and nothing fails.

haystack-ai 3.4.1.
"""

import json

from haystack import Document, Pipeline
from haystack.components.preprocessors import DocumentCleaner
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore

store = InMemoryDocumentStore()
indexing = Pipeline()
indexing.add_component("cleaner", DocumentCleaner())
indexing.add_component("writer", DocumentWriter(store))
indexing.connect("cleaner.documents", "writer.documents")
asking = Pipeline()
asking.add_component("retriever", InMemoryEmbeddingRetriever(store))


def main():
    indexing.run({"cleaner": {"documents": [Document(content="tea")]}})
    return asking.run({"retriever": {"query_embedding": [1.0, 0.5]}})


if __name__ == "__main__":
    print(json.dumps({"found": main()["retriever"]["documents"]}))
