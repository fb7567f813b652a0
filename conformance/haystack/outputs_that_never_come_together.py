"""A component that requires two outputs of which a router gives either never runs, and nothing is said.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.routers import ConditionalRouter

ROUTES = [
    {"condition": "{{ n > 0 }}", "output": "{{ n }}", "output_name": "some", "output_type": int},
    {"condition": "{{ n <= 0 }}", "output": "{{ n }}", "output_name": "none", "output_type": int},
]


@component
class Answer:
    @component.output_types(text=str)
    def run(self, found: int, lacking: int):
        return {"text": "answered"}


pipeline = Pipeline()
pipeline.add_component("router", ConditionalRouter(ROUTES))
pipeline.add_component("answer", Answer())
pipeline.connect("router.some", "answer.found")
pipeline.connect("router.none", "answer.lacking")


def main():
    return pipeline.run({"router": {"n": 1}})


if __name__ == "__main__":
    print(json.dumps({"result": main()}))
