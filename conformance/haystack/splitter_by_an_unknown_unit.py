"""A splitter of documents knows some units: another word is refused.

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


from haystack.components.preprocessors import DocumentSplitter


def build():
    pipeline = Pipeline()
    pipeline.add_component("split", DocumentSplitter(split_by="words", split_length=100))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
