"""A run may pass inputs by their own names, and what is left over is of no account.

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
pipeline.add_component("second", Say())
pipeline.connect("first.text", "second.text")


def main():
    return pipeline.run({"first": {"text": "tea"}})


if __name__ == "__main__":
    print(json.dumps({"result": main()}))
