"""A label that a component may give and no condition of a router holds for fails the run.

haystack-ai 3.4.1.
"""

import json
from typing import Literal

from haystack import Pipeline, component
from haystack.components.routers import ConditionalRouter


@component
class Sort:
    @component.output_types(kind=Literal["bill", "praise"])
    def run(self, text: str):
        return {"kind": "bill" if "pay" in text else "praise"}


routes = [{"condition": "{{ kind == 'bill' }}", "output": "{{ kind }}", "output_name": "paid", "output_type": str}]
pipeline = Pipeline()
pipeline.add_component("sort", Sort())
pipeline.add_component("route", ConditionalRouter(routes))
pipeline.connect("sort.kind", "route.kind")


def outcome(text):
    try:
        return pipeline.run({"sort": {"text": text}})
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"bill": outcome("please pay"), "praise": outcome("thank you")}))
