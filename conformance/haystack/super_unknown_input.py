"""A pipeline that is a component maps inputs to components that it has.

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

from haystack.core.super_component import SuperComponent

inner = Pipeline()
inner.add_component("say", Say())


def build():
    outer = Pipeline()
    outer.add_component("nested", SuperComponent(pipeline=inner, input_mapping={"query": ["shout.text"]}))
    return outer


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
