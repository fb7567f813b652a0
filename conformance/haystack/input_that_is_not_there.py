"""A run that passes an input which a component does not have fails.

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
pipeline.add_component("say", Say())


def main():
    return pipeline.run({"say": {"text": "tea", "tone": "warm"}})


if __name__ == "__main__":
    try:
        failed = str(main())
    except ValueError as error:
        failed = str(error)
    print(json.dumps({"failed": failed}))
