"""A connection without sockets takes the two of one name, where several fit.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Split:
    @component.output_types(word=str, tail=str)
    def run(self, text: str):
        return {"word": text[:1], "tail": text[1:]}


@component
class Shout:
    @component.output_types(loud=str)
    def run(self, word: str):
        return {"loud": word.upper()}


pipeline = Pipeline()
pipeline.add_component("split", Split())
pipeline.add_component("shout", Shout())
pipeline.connect("split", "shout")
if __name__ == "__main__":
    print(json.dumps(pipeline.run({"split": {"text": "ab"}})))
