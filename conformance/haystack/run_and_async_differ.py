"""The two ways to run a component take the same inputs.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text}

    @component.output_types(text=str)
    async def run_async(self, text: str, loud: bool = False):
        return {"text": text}


def build():
    pipeline = Pipeline()
    pipeline.add_component("say", Say())
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
