"""An output that is a dict cannot be connected to an input that takes a text.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Count:
    @component.output_types(words=dict[str, int])
    def run(self, text: str):
        return {"words": {text: 1}}


@component
class Say:
    @component.output_types(text=str)
    def run(self, word: str):
        return {"text": word}


def main():
    pipeline = Pipeline()
    pipeline.add_component("count", Count())
    pipeline.add_component("say", Say())
    try:
        pipeline.connect("count.words", "say.word")
    except Exception as error:
        return type(error).__name__
    return ""


if __name__ == "__main__":
    print(json.dumps({"raised": main()}))
