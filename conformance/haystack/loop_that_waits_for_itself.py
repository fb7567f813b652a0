"""A loop whose first component requires what only the loop itself makes never begins.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.builders import PromptBuilder


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline(max_runs_per_component=3)
pipeline.add_component("prompt", PromptBuilder("{{ topic }} {{ mistake }}", required_variables=["topic", "mistake"]))
pipeline.add_component("say", Say())
pipeline.connect("prompt.prompt", "say.text")
pipeline.connect("say.text", "prompt.mistake")


def main():
    return pipeline.run({"prompt": {"topic": "tea"}})


if __name__ == "__main__":
    try:
        failed = str(main())
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
