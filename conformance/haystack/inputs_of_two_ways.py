"""Inputs by component and inputs by their own names do not mix: one of the latter makes all of them such.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Read:
    @component.output_types(word=str)
    def run(self, text: str):
        return {"word": text}


@component
class Count:
    @component.output_types(number=int)
    def run(self, limit: int):
        return {"number": limit}


pipeline = Pipeline()
pipeline.add_component("read", Read())
pipeline.add_component("count", Count())
if __name__ == "__main__":
    try:
        pipeline.run({"read": {"text": "a"}, "limit": 3})
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))
