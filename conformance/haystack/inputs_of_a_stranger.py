"""A run that passes inputs to a component that the pipeline does not have fails.

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


def main():
    return pipeline.run({"first": {"text": "tea"}, "second": {"text": "milk"}})


if __name__ == "__main__":
    try:
        failed = str(main())
    except ValueError as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
