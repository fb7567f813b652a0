"""One component cannot be added under two names; two of a class can.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


say = Say()
pipeline = Pipeline()
pipeline.add_component("first", say)
try:
    pipeline.add_component("second", say)
    failed = ""
except Exception as error:
    failed = type(error).__name__
pipeline.add_component("third", Say())
if __name__ == "__main__":
    print(json.dumps({"failed": failed, "added": sorted(pipeline.graph.nodes)}))
