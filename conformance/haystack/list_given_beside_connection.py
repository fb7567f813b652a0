"""A run may pass one more value to a list that is connected.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.joiners import StringJoiner


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline()
pipeline.add_component("say", Say())
pipeline.add_component("join", StringJoiner())
pipeline.connect("say.text", "join.strings")
if __name__ == "__main__":
    raised, result = outcome(lambda: pipeline.run({"say": {"text": "a"}, "join": {"strings": ["b"]}}))
    print(json.dumps({"raised": raised, "result": result}))
