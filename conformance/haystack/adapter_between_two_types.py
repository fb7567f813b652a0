"""An adapter's template makes of one type another: the component behind it gets that.

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


from haystack.components.converters import OutputAdapter


@component
class Count:
    @component.output_types(number=int)
    def run(self, text: str):
        return {"number": len(text)}


@component
class Find:
    @component.output_types(documents=list[Document])
    def run(self, topic: str):
        return {"documents": [Document(content=topic)]}


pipeline = Pipeline()
pipeline.add_component("find", Find())
pipeline.add_component("first", OutputAdapter(template="{{ documents[0].content }}", output_type=str))
pipeline.add_component("count", Count())
pipeline.connect("find.documents", "first.documents")
pipeline.connect("first.output", "count.text")


def main():
    return pipeline.run({"find": {"topic": "green tea"}})


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
