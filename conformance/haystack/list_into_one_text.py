"""A list of texts may be connected to one text; the run fails unless the list holds just one.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Say:
    def __init__(self, word: str = "!"):
        self.word = word

    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + self.word}


@component
class Split:
    @component.output_types(parts=list[str])
    def run(self, text: str):
        return {"parts": text.split()}


pipeline = Pipeline()
pipeline.add_component("split", Split())
pipeline.add_component("say", Say())
pipeline.connect("split.parts", "say.text")


def said(text):
    try:
        return pipeline.run({"split": {"text": text}})["say"]["text"]
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"one": said("tea"), "several": said("one two three")}))
