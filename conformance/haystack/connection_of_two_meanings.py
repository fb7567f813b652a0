"""A connection without sockets is refused where several fit and no two of them have one name.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Split:
    @component.output_types(head=str, tail=str)
    def run(self, text: str):
        return {"head": text[:1], "tail": text[1:]}


@component
class Shout:
    @component.output_types(loud=str)
    def run(self, word: str):
        return {"loud": word.upper()}


pipeline = Pipeline()
pipeline.add_component("split", Split())
pipeline.add_component("shout", Shout())
try:
    pipeline.connect("split", "shout")
    refused = ""
except Exception as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
