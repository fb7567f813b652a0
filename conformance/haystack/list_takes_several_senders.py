"""An input that is declared as a list takes several senders, one that is not takes one.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


@component
class Count:
    @component.output_types(number=int)
    def run(self, texts: list[str]):
        return {"number": len(texts)}


@component
class Items:
    @component.output_types(texts=list[str])
    def run(self, text: str):
        return {"texts": [text]}


pipeline = Pipeline()
pipeline.add_component("web", Items())
pipeline.add_component("files", Items())
pipeline.add_component("count", Count())
pipeline.connect("web.texts", "count.texts")
pipeline.connect("files.texts", "count.texts")


def main():
    return pipeline.run({"web": {"text": "web"}, "files": {"text": "files"}})


if __name__ == "__main__":
    print(json.dumps({"number": main()["count"]["number"]}))
