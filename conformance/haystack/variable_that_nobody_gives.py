"""A prompt builder requires all its variables; with 2.x they are empty unless they are required.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.builders import PromptBuilder

ran = []


@component
class Say:
    def __init__(self, name="say"):
        self.name = name

    @component.output_types(text=str)
    def run(self, text: str):
        ran.append(self.name)
        return {"text": text + "!"}


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


pipeline = Pipeline()
pipeline.add_component("prompt", PromptBuilder(template="About {{ topic }} in {{ style }}"))


def main():
    return pipeline.run({"prompt": {"topic": "tea"}})


if __name__ == "__main__":
    e, r = outcome(main)
    print(json.dumps({"raised": e, "result": r}))
