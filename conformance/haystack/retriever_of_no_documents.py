"""A retriever finds one document at least: none is refused.

haystack-ai 3.4.1.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from haystack import Document, Pipeline, component


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(do)
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore


def build():
    pipeline = Pipeline()
    pipeline.add_component("find", InMemoryBM25Retriever(document_store=InMemoryDocumentStore(), top_k=0))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
