"""A component belongs to one pipeline: a second one refuses it.

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


say = Say()


def build():
    first, second = Pipeline(), Pipeline()
    first.add_component("say", say)
    second.add_component("tell", say)
    return second


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except Exception as error:
        refused = str(error)
    print(json.dumps({"refused": "already been added in another Pipeline" in refused}))
