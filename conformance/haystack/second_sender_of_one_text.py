"""An input of one text takes one sender: the second connection is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

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


def build():
    pipeline = Pipeline()
    pipeline.add_component("web", Say())
    pipeline.add_component("files", Say())
    pipeline.add_component("more", Say())
    pipeline.connect("web.text", "more.text")
    pipeline.connect("files.text", "more.text")
    return pipeline


if __name__ == "__main__":
    e, r = outcome(build)
    print(json.dumps({"raised": e}))
