"""A component says its outputs once: with set_output_types its run has no decorator.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

@component
class Say:
    def __init__(self):
        component.set_output_types(self, text=str)

    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text}


def build():
    pipeline = Pipeline()
    pipeline.add_component("say", Say())
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
