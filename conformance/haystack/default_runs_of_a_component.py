"""A component that a loop starts again and again has a hundred runs where the pipeline says nothing; with 2.x one more.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner
from haystack.core.errors import PipelineMaxComponentRuns

ran = []


@component
class Repeat:
    @component.output_types(text=str)
    def run(self, text: str):
        ran.append(text)
        return {"text": text}


@component
class Start:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text}


pipeline = Pipeline()
pipeline.add_component("start", Start())
pipeline.add_component("either", BranchJoiner(str))
pipeline.add_component("repeat", Repeat())
pipeline.connect("start.text", "either.value")
pipeline.connect("either.value", "repeat.text")
pipeline.connect("repeat.text", "either.value")


def main():
    try:
        pipeline.run({"start": {"text": "tea"}})
    except PipelineMaxComponentRuns:
        return {"ended": True, "ran": len(ran)}


if __name__ == "__main__":
    print(json.dumps(main()))
