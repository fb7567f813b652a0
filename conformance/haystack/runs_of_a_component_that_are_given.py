"""A loop ends with an error after so many runs of a component as the pipeline is given.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner

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
class Judge:
    @component.output_types(again=str)
    def run(self, text: str):
        ran.append("judge")
        return {"again": text}


pipeline = Pipeline(max_runs_per_component=4)
pipeline.add_component("either", BranchJoiner(str))
pipeline.add_component("judge", Judge())
pipeline.connect("either.value", "judge.text")
pipeline.connect("judge.again", "either.value")


def main():
    return pipeline.run({"either": {"value": "x"}})


if __name__ == "__main__":
    e, r = outcome(main)
    print(json.dumps({"raised": e, "ran": len(ran)}))
