"""A BranchJoiner takes the first value of a run and then what comes back round the loop.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner
from haystack.components.routers import ConditionalRouter


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


ROUTES = [
    {"condition": "{{ text|length < 6 }}", "output": "{{ text }}", "output_name": "again", "output_type": str},
    {"condition": "{{ text|length >= 6 }}", "output": "{{ text }}", "output_name": "done", "output_type": str},
]
pipeline = Pipeline(max_runs_per_component=9)
pipeline.add_component("first", Say())
pipeline.add_component("either", BranchJoiner(str))
pipeline.add_component("say", Say())
pipeline.add_component("route", ConditionalRouter(ROUTES))
pipeline.connect("first.text", "either.value")
pipeline.connect("either.value", "say.text")
pipeline.connect("say.text", "route.text")
pipeline.connect("route.again", "either.value")


def main():
    return pipeline.run({"first": {"text": "tea"}})


if __name__ == "__main__":
    print(json.dumps({"result": main()}))
