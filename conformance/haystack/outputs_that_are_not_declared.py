"""Nothing can be connected to a component that declares no output types, whatever it returns.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Read:
    def run(self, text: str):
        return {"word": text}


@component
class Shout:
    @component.output_types(loud=str)
    def run(self, word: str):
        return {"loud": word.upper()}


pipeline = Pipeline()
pipeline.add_component("read", Read())
pipeline.add_component("shout", Shout())
try:
    pipeline.connect("read.word", "shout.word")
    refused = ""
except Exception as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
