"""The name of a component has no dot.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

def build():
    pipeline = Pipeline()
    pipeline.add_component("say.it", Say())
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
