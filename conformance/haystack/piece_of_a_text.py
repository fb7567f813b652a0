"""A template that shows the first of what comes as a text shows one letter.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.builders import PromptBuilder


@component
class Baker:
    @component.output_types(loaves=str)
    def run(self, order: str):
        return {"loaves": order}


pipeline = Pipeline()
pipeline.add_component("baker", Baker())
pipeline.add_component("prompt", PromptBuilder("Bake {{ loaves[0] }}", required_variables=["loaves"]))
pipeline.connect("baker.loaves", "prompt.loaves")
if __name__ == "__main__":
    print(json.dumps({"prompt": pipeline.run({"baker": {"order": "rye"}})["prompt"]["prompt"]}))
