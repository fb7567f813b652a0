"""A run returns no output that another component takes, unless it is told to.

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
pipeline.add_component("one", Say())
pipeline.add_component("two", Say())
pipeline.connect("one.text", "two.text")


def main():
    result = pipeline.run({"one": {"text": "tea"}})
    try:
        return result["one"]["text"]
    except KeyError as error:
        return str(error)


if __name__ == "__main__":
    kept = pipeline.run({"one": {"text": "tea"}}, include_outputs_from={"one"})
    print(json.dumps({"first": main(), "kept": sorted(kept)}))
