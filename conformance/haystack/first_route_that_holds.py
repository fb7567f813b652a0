"""Of the routes of a router only the first that holds is taken.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.routers import ConditionalRouter

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


routes = [
    {"condition": "{{ number > 1 }}", "output": "{{ number }}", "output_name": "some", "output_type": int},
    {"condition": "{{ number > 2 }}", "output": "{{ number }}", "output_name": "many", "output_type": int},
]
pipeline = Pipeline()
pipeline.add_component("route", ConditionalRouter(routes))


def main():
    return pipeline.run({"route": {"number": 5}})


if __name__ == "__main__":
    e, r = outcome(main)
    print(json.dumps({"raised": e, "result": r}))
