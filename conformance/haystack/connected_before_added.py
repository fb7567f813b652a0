"""A connection that names a component before it is added is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline()
pipeline.add_component("first", Say())
try:
    pipeline.connect("first.text", "second.text")
    failed = ""
except ValueError as error:
    failed = str(error)
pipeline.add_component("second", Say())
if __name__ == "__main__":
    print(json.dumps({"failed": failed}))
