"""A component that returns something else than a dict fails the run.

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

@component
class Bare:
    @component.output_types(text=str)
    def run(self, text: str):
        return f"{text}!"


pipeline = Pipeline()
pipeline.add_component("bare", Bare())
pipeline.add_component("say", Say())
pipeline.connect("bare.text", "say.text")
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: pipeline.run({"bare": {"text": "a"}}))[0]}))
