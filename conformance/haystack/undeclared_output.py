"""What a component returns beside its declared outputs is in the result all the same.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}

@component
class Split:
    @component.output_types(head=str)
    def run(self, text: str):
        return {"head": text[:1], "tail": text[1:]}


pipeline = Pipeline()
pipeline.add_component("split", Split())
pipeline.add_component("say", Say())
pipeline.connect("split.head", "say.text")
if __name__ == "__main__":
    print(json.dumps(pipeline.run({"split": {"text": "ab"}})))
