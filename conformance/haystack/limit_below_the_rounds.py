"""A pipeline ends a loop by its own limit, with an error, before a component that counts its rounds is content.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


@component
class Write:
    @component.output_types(text=str)
    def run(self, wish: str, fault: str = ""):
        return {"text": wish + fault}


@component
class Check:
    def __init__(self, most: int = 5):
        self.most = most
        self.runs = 0

    @component.output_types(fine=str, fault=str)
    def run(self, text: str):
        self.runs += 1
        if "{" in text or self.runs > self.most:
            return {"fine": text}
        return {"fault": text}


pipeline = Pipeline(max_runs_per_component=3)
pipeline.add_component("write", Write())
pipeline.add_component("check", Check())
pipeline.connect("write.text", "check.text")
pipeline.connect("check.fault", "write.fault")
if __name__ == "__main__":
    try:
        pipeline.run({"write": {"wish": "a"}})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
