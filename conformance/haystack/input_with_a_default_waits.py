"""A component whose connected input has a default waits for what is connected, all the same.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

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


@component
class Greet:
    @component.output_types(text=str)
    def run(self, name: str = "you"):
        ran.append(name)
        return {"text": name}


pipeline = Pipeline()
pipeline.add_component("greet", Greet())
pipeline.add_component("say", Say())
pipeline.connect("say.text", "greet.name")


def main():
    return pipeline.run({"say": {"text": "x"}})


if __name__ == "__main__":
    e, r = outcome(main)
    print(json.dumps({"raised": e, "ran": ran}))
