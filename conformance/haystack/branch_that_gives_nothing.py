"""A component whose only sender leaves the output out does not run; its list takes what the other senders give.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Web:
    @component.output_types(found=list[str], failed=str)
    def run(self, topic: str):
        if topic:
            return {"found": ["page"]}
        return {"failed": "no topic"}


@component
class Files:
    @component.output_types(found=list[str], failed=str)
    def run(self, topic: str):
        if topic == "files":
            return {"found": ["file"]}
        return {"failed": "no file"}


@component
class Join:
    @component.output_types(count=int)
    def run(self, found: list[str]):
        return {"count": len(found)}


pipeline = Pipeline()
pipeline.add_component("web", Web())
pipeline.add_component("files", Files())
pipeline.add_component("join", Join())
pipeline.connect("web.found", "join.found")
pipeline.connect("files.found", "join.found")
if __name__ == "__main__":
    print(json.dumps(pipeline.run({"topic": "books"})["join"]))
