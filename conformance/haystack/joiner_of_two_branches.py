"""A BranchJoiner that gets two values in one run passes on one of them; the other is lost.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.components.joiners import BranchJoiner


@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline()
pipeline.add_component("web", Say())
pipeline.add_component("files", Say())
pipeline.add_component("either", BranchJoiner(str))
pipeline.connect("web.text", "either.value")
pipeline.connect("files.text", "either.value")


def main():
    return pipeline.run({"web": {"text": "web"}, "files": {"text": "files"}})


if __name__ == "__main__":
    print(json.dumps({"values": len(main())}))
